package dev.leat.flow.steptest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.flow.Place;
import dev.leat.flow.steptest.RowsDifference.Differing;
import dev.leat.flow.steptest.RowsDifference.Row;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RowsComparisonTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", Primitive.INT64, true, ""),
          new Column("name", Primitive.TEXT, true, ""),
          new Column("share", Primitive.FLOAT64, true, ""));

  private static List<@Nullable String> row(@Nullable String... values) {
    return Arrays.asList(values);
  }

  @SafeVarargs
  private static List<List<@Nullable String>> rows(List<@Nullable String>... rows) {
    List<List<@Nullable String>> all = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      all.add(row);
    }
    return all;
  }

  private static Optional<RowsDifference> compare(
      List<String> key,
      List<List<@Nullable String>> expected,
      List<List<@Nullable String>> actual) {
    return new RowsComparison(COLUMNS, key)
        .compare(new TableId("silver", "x"), expected, actual, Place.UNKNOWN);
  }

  @Test
  void theOrderOfRowsDoesNotCount() {
    assertThat(
            compare(
                List.of(),
                rows(row("1", "a", null), row("2", "b", null)),
                rows(row("2", "b", null), row("1", "a", null))))
        .isEmpty();
  }

  @Test
  void howOftenARowIsThereCounts() {
    RowsDifference difference =
        compare(
                List.of(),
                rows(row("1", "a", null)),
                rows(row("1", "a", null), row("1", "a", null)))
            .orElseThrow();
    assertThat(difference.unexpected()).containsExactly(new Row(row("1", "a", null)));
    assertThat(difference.missing()).isEmpty();
  }

  @Test
  void numbersWithoutExactValuesMayDifferInTheirLastDigits() {
    assertThat(
            compare(
                List.of(), rows(row("1", "a", "0.3")), rows(row("1", "a", "0.30000000000000004"))))
        .isEmpty();
    assertThat(compare(List.of(), rows(row("1", "a", "0.3")), rows(row("1", "a", "0.31"))))
        .isPresent();
    assertThat(compare(List.of(), rows(row("1", "a", "0.3")), rows(row("1", "a", null))))
        .isPresent();
  }

  @Test
  void rowsWithTheSameKeyArePaired() {
    RowsDifference difference =
        compare(
                List.of("id"),
                rows(row("1", "a", "1"), row("2", "b", "2")),
                rows(row("3", "a", "1"), row("1", "c", "5")))
            .orElseThrow();
    assertThat(difference.differing())
        .containsExactly(new Differing(row("1", "a", "1"), row("1", "c", "5")));
    assertThat(difference.missing()).containsExactly(new Row(row("2", "b", "2")));
    assertThat(difference.unexpected()).containsExactly(new Row(row("3", "a", "1")));
  }

  @Test
  void withoutAKeyTheMostSimilarRowsArePaired() {
    RowsDifference difference =
        compare(List.of(), rows(row("1", "a", "1")), rows(row("1", "x", "7"), row("1", "a", "2")))
            .orElseThrow();
    assertThat(difference.differing())
        .containsExactly(new Differing(row("1", "a", "1"), row("1", "a", "2")));
    assertThat(difference.unexpected()).containsExactly(new Row(row("1", "x", "7")));
  }
}
