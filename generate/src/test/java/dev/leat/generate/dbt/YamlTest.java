package dev.leat.generate.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlTest {
  private static String scalar(Object value) {
    return Yaml.write(Map.of("k", value));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "orders, orders",
        "gold.fact_order, gold.fact_order",
        "no, \"no\"",
        "Null, \"Null\"",
        "1.5, \"1.5\"",
        "2026-05-01, \"2026-05-01\"",
        "a: b, \"a: b\"",
        "# none, \"# none\"",
        "it's, \"it's\"",
        "{{ x }}, \"{{ x }}\"",
        "say \"so\", \"say \\\"so\\\"\"",
        "C:\\new, \"C:\\\\new\"",
        "*, \"*\"",
        "``, \"\""
      })
  void quotesEveryTextThatMeansSomethingElse(String text, String written) {
    assertThat(scalar(text)).isEqualTo("k: " + written + "\n");
  }

  @Test
  void escapesWhatEndsALine() {
    assertThat(scalar("a\nb\tc\rd\u0085e\u2028f\u0007"))
        .isEqualTo("k: \"a\\nb\\tc\\u000dd\\u0085e\\u2028f\\u0007\"\n");
    assertThat(scalar("Käthe 日本")).isEqualTo("k: \"Käthe 日本\"\n");
  }

  @Test
  void leavesNumbersAndTruthValuesAsTheyAre() {
    assertThat(scalar(5)).isEqualTo("k: 5\n");
    assertThat(scalar(true)).isEqualTo("k: true\n");
    assertThat(scalar(List.of())).isEqualTo("k: []\n");
    assertThat(scalar(Map.of())).isEqualTo("k: {}\n");
  }

  @Test
  void nestsMapsAndLists() {
    Map<String, Object> column = new LinkedHashMap<>();
    column.put("name", "or\"der");
    column.put(
        "tests", List.of("unique", Map.of("accepted_values", Map.of("values", List.of("a", "1")))));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("version", 2);
    content.put("models", List.of(Map.of("columns", List.of(column))));
    assertThat(Yaml.write(content))
        .isEqualTo(
            """
            version: 2
            models:
              - columns:
                  - name: "or\\"der"
                    tests:
                      - unique
                      - accepted_values:
                          values:
                            - a
                            - "1"
            """);
  }
}
