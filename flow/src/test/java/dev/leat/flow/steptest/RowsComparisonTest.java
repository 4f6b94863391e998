package dev.leat.flow.steptest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.flow.Place;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
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

  private static List<@Nullable String> row(String line) {
    List<@Nullable String> row = new ArrayList<>();
    for (String value : line.split(" ", -1)) {
      row.add(value.equals("NULL") ? null : value);
    }
    return row;
  }

  private static List<List<@Nullable String>> rows(String... lines) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (String line : lines) {
      rows.add(row(line));
    }
    return rows;
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
    assertThat(compare(List.of(), rows("1 a NULL", "2 b NULL"), rows("2 b NULL", "1 a NULL")))
        .isEmpty();
  }

  @Test
  void howOftenARowIsThereCounts() {
    RowsDifference difference =
        compare(List.of(), rows("1 a NULL"), rows("1 a NULL", "1 a NULL")).orElseThrow();
    assertThat(difference.unexpected()).hasToString("[Row[values=[1, a, null]]]");
    assertThat(difference.missing()).isEmpty();
  }

  @Test
  void numbersWithoutExactValuesMayDifferInTheirLastDigits() {
    assertThat(compare(List.of(), rows("1 a 0.3"), rows("1 a 0.30000000000000004"))).isEmpty();
    assertThat(compare(List.of(), rows("1 a 0.3"), rows("1 a 0.31"))).isPresent();
    assertThat(compare(List.of(), rows("1 a 0.3"), rows("1 a NULL"))).isPresent();
  }

  @Test
  void rowsWithTheSameKeyArePaired() {
    RowsDifference difference =
        compare(List.of("id"), rows("1 a 1", "2 b 2"), rows("3 a 1", "1 c 5")).orElseThrow();
    assertThat(difference.differing())
        .hasToString("[Differing[expected=[1, a, 1], actual=[1, c, 5]]]");
    assertThat(difference.missing()).hasToString("[Row[values=[2, b, 2]]]");
    assertThat(difference.unexpected()).hasToString("[Row[values=[3, a, 1]]]");
  }

  @Test
  void withoutAKeyTheMostSimilarRowsArePaired() {
    RowsDifference difference =
        compare(List.of(), rows("1 a 1"), rows("1 x 7", "1 a 2")).orElseThrow();
    assertThat(difference.differing())
        .hasToString("[Differing[expected=[1, a, 1], actual=[1, a, 2]]]");
    assertThat(difference.unexpected()).hasToString("[Row[values=[1, x, 7]]]");
  }
}
