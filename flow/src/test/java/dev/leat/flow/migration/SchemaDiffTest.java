package dev.leat.flow.migration;

import static dev.leat.flow.migration.Shapes.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaDiffTest {
  private static final DatasetShape BEFORE =
      shape("id INT32 !, total DECIMAL(10,2), note TEXT", "id");

  private static List<String> differences(
      DatasetShape before, DatasetShape after, Map<String, String> renamed) {
    return SchemaDiff.between(before, after, renamed).differences().stream()
        .map(SchemaDifference::describe)
        .toList();
  }

  @Test
  void theOrderOfColumnsIsNoDifference() {
    assertThat(
            differences(
                BEFORE, shape("note TEXT, id INT32 !, total DECIMAL(10,2)", "id"), Map.of()))
        .isEmpty();
  }

  @Test
  void everyDifferenceIsNamed() {
    assertThat(
            differences(
                BEFORE,
                shape("nr INT64 !, total DECIMAL(10,2) !, day DATE", "nr", "day"),
                Map.of("id", "nr")))
        .containsExactly(
            "column id is called nr",
            "column nr is INT64, was INT32",
            "column total may not be NULL",
            "column day (DATE) is new",
            "column note is gone",
            "the key is nr, day, was nr");
  }

  @Test
  void withoutADeclarationAnotherNameIsAnotherColumn() {
    assertThat(
            differences(BEFORE, shape("id INT32 !, sum DECIMAL(10,2), note TEXT", "id"), Map.of()))
        .containsExactly("column sum (DECIMAL(10,2)) is new", "column total is gone");
  }

  @Test
  void namesMoveAlongAChain() {
    assertThat(
            differences(
                shape("a TEXT, b TEXT"), shape("b TEXT, c TEXT"), Map.of("a", "b", "b", "c")))
        .containsExactly("column a is called b", "column b is called c");
  }

  @Test
  void aRenameThatWasCarriedOutDoesNotCountAgain() {
    assertThat(
            differences(
                shape("b TEXT, c TEXT"), shape("b TEXT, c TEXT"), Map.of("a", "b", "b", "c")))
        .isEmpty();
    assertThat(differences(shape("a TEXT, b TEXT"), shape("a TEXT, b TEXT"), Map.of("a", "b")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a TEXT | a TEXT | a | b | there is to be no column b",
        "a TEXT | b TEXT | x | b | there is no column x",
        "a TEXT, b TEXT | b TEXT | a | b | there is a column b already",
        "a TEXT | a TEXT | a | a | would come back",
      })
  void aRenameThatCannotBeIsRefused(
      String before, String after, String old, String name, String message) {
    assertThatThrownBy(() -> SchemaDiff.between(shape(before), shape(after), Map.of(old, name)))
        .hasMessageContaining("silver.orders")
        .hasMessageContaining(message);
  }

  @Test
  void namesThatAreExchangedAreRefused() {
    assertThatThrownBy(
            () ->
                SchemaDiff.between(
                    shape("a TEXT, b TEXT"), shape("a TEXT, b TEXT"), Map.of("a", "b", "b", "a")))
        .hasMessageContaining("would come back");
  }
}
