package dev.leat.flow.migration;

import static dev.leat.flow.migration.Shapes.shape;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompatibilityTest {
  /** The last column has what is allowed besides {@code none}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a INT32 | a INT32 | backward forward full",
        "a INT32 | a INT32, b TEXT | backward forward full",
        "a INT32 | a INT32, b TEXT ! | forward",
        "a INT32, b TEXT | a INT32 | backward forward full",
        "a INT32, b TEXT ! | a INT32 | backward",
        "a INT32 | a INT64 | backward",
        "a INT64 | a INT32 | forward",
        "a INT64 | a TEXT | ''",
        "a INT32 | a DATE | ''",
        "a INT32 ! | a INT32 | backward",
        "a INT32 | a INT32 ! | forward",
        "a INT32, old TEXT | a INT32, new TEXT | backward",
      })
  void saysWhichChangesOfColumnsAreAllowed(String before, String after, String allowed) {
    assertAllowed(
        SchemaDiff.between(
            shape(before), shape(after), before.contains("old") ? Map.of("old", "new") : Map.of()),
        allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | a | backward forward full",
        "a | a,b | backward",
        "a,b | a | forward",
        "a | '' | backward",
        "'' | a | forward",
        "a | b | ''",
        "a,b | b,a | backward forward full",
      })
  void saysWhichChangesOfKeysAreAllowed(String before, String after, String allowed) {
    String columns = "a INT32 !, b INT32 !";
    assertAllowed(
        SchemaDiff.between(shape(columns, key(before)), shape(columns, key(after)), Map.of()),
        allowed);
  }

  private static String[] key(String text) {
    return Arrays.stream(text.split(","))
        .filter(column -> !column.isEmpty())
        .toArray(String[]::new);
  }

  private static void assertAllowed(SchemaDiff diff, String allowed) {
    for (Compatibility mode : Compatibility.values()) {
      boolean expected =
          mode == Compatibility.NONE
              || Arrays.asList(allowed.split(" "))
                  .contains(mode.name().toLowerCase(java.util.Locale.ROOT));
      assertThat(diff.differences())
          .as("%s", mode)
          .satisfies(
              all ->
                  assertThat(all.stream().allMatch(each -> mode.refuses(each).isEmpty()))
                      .isEqualTo(expected));
    }
  }
}
