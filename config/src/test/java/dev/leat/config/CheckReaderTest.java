package dev.leat.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.check.CheckModel.Tolerance;
import dev.leat.flow.check.Rule;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

class CheckReaderTest {
  private static final TableId DIM = new TableId("gold", "dim");

  private final List<FlowProblem> problems = new ArrayList<>();

  @Test
  void readsEveryRule() {
    List<CheckModel> checks =
        good(
            """
            not_null     = ["a", "b"]
            unique       = ["order_id"]
            accepted     = { status = ["new", "paid"], level = [1, 2] }
            range        = { amount = { min = 0, max = 99.5 }, day = { min = 2024-05-01 } }
            pattern      = { email = "^[^@]+@" }
            reference    = { customer_sk = "gold.dim.sk" }
            rows         = { min = 1, change_max = "50%" }
            freshness    = { column = "updated_at", max_age = "1d" }
            columns      = { order_id = "BIGINT", amount = "decimal(10, 2)", exact = true }
            distribution = { amount = { nulls_max = "1%", mean_change_max = "20 %", mean_min = 3 } }
            sql.negative = "SELECT 1"
            reconcile    = { with = "bronze.o", where = "x > 1", measures = { t = "SUM(a)" }, tolerance = "0.1%" }
            """);
    assertThat(checks)
        .extracting(CheckModel::name)
        .containsExactly(
            "not_null.a",
            "not_null.b",
            "unique.order_id",
            "accepted.status",
            "accepted.level",
            "range.amount",
            "range.day",
            "pattern.email",
            "reference.customer_sk",
            "rows",
            "freshness.updated_at",
            "columns",
            "distribution.amount",
            "sql.negative",
            "reconcile.bronze.o");
    assertThat(checks)
        .extracting(CheckModel::rule)
        .containsExactly(
            new Rule.NotNull("a"),
            new Rule.NotNull("b"),
            new Rule.Unique(List.of("order_id")),
            new Rule.Accepted("status", List.of("new", "paid")),
            new Rule.Accepted("level", List.of("1", "2")),
            new Rule.Range("amount", "0", "99.5"),
            new Rule.Range("day", "2024-05-01", null),
            new Rule.Pattern("email", "^[^@]+@"),
            new Rule.Reference(List.of("customer_sk"), DIM, List.of("sk")),
            new Rule.RowCount(1L, null, 0.5),
            new Rule.Freshness("updated_at", Duration.ofDays(1)),
            new Rule.Contract(Map.of("order_id", "BIGINT", "amount", "decimal(10, 2)"), true),
            new Rule.Distribution("amount", 0.01, null, 3.0, null, 0.2),
            new Rule.Custom("SELECT 1"),
            new Rule.Reconcile(new TableId("bronze", "o"), "x > 1", Map.of("t", "SUM(a)"), 0.001));
    assertThat(checks)
        .allMatch(check -> check.severity() == Severity.ERROR)
        .allMatch(check -> check.tolerance().equals(Tolerance.NONE))
        .allMatch(check -> check.dataset().equals(new TableId("gold", "fact")));
  }

  @Test
  void takesWhatTheSectionSaysForRulesThatSayNothing() {
    List<CheckModel> checks =
        good(
            """
            severity = "warn"
            max      = "0.1 %"
            sample   = 5
            not_null = ["a", { columns = ["b", "c"], severity = "error", max = 3, sample = 0 }]
            range    = { d = { min = 0, max = 7, max_failed = 9 } }
            rows     = { min = 1, max = 10 }
            """);
    assertThat(checks)
        .extracting(CheckModel::severity)
        .containsExactly(
            Severity.WARN, Severity.ERROR, Severity.ERROR, Severity.WARN, Severity.WARN);
    assertThat(checks)
        .extracting(CheckModel::tolerance)
        .containsExactly(
            new Tolerance(0, 0.001),
            new Tolerance(3, 0),
            new Tolerance(3, 0),
            new Tolerance(9, 0),
            Tolerance.NONE);
    assertThat(checks).extracting(CheckModel::sample).containsExactly(5, 0, 0, 5, 0);
  }

  @Test
  void readsKeysOfSeveralColumns() {
    assertThat(good("unique = [[\"a\", \"b\"], [\"c\"]]"))
        .extracting(CheckModel::rule)
        .containsExactly(new Rule.Unique(List.of("a", "b")), new Rule.Unique(List.of("c")));
    assertThat(
            good(
                "reference.customer = { columns = [\"t\", \"c\"], table = \"gold.dim\","
                    + " key = [\"t\", \"id\"], severity = \"warn\" }"))
        .extracting(CheckModel::rule)
        .containsExactly(new Rule.Reference(List.of("t", "c"), DIM, List.of("t", "id")));
  }

  @Test
  void readsTablesWithSettingsOfTheirOwn() {
    List<CheckModel> checks =
        good(
            """
            unique       = { columns = ["id"], severity = "warn" }
            accepted.s   = { values = ["x"], max = 1 }
            pattern.p    = { regex = "x+", max = 1 }
            reference.r  = { to = "gold.dim.sk", max = 1 }
            columns      = { types = { exact = "TEXT" }, severity = "warn" }
            sql.q        = { query = "SELECT 1", max = 1 }
            distribution = { d = { nulls_max = "0%", severity = "warn" } }
            """);
    assertThat(checks).hasSize(7);
    assertThat(checks)
        .allMatch(
            check ->
                check.severity() == Severity.WARN || check.tolerance().equals(new Tolerance(1, 0)));
    assertThat(checks)
        .extracting(CheckModel::rule)
        .contains(new Rule.Contract(Map.of("exact", "TEXT"), false));
  }

  @Test
  void comparesNumbersOfRowsWhereAReconciliationNamesNoMeasures() {
    assertThat(good("reconcile = { with = \"bronze.o\" }"))
        .extracting(CheckModel::rule)
        .containsExactly(
            new Rule.Reconcile(new TableId("bronze", "o"), null, Map.of("rows", "COUNT(*)"), 0));
  }

  @Test
  void knowsWhereEachCheckStands() {
    List<CheckModel> checks =
        good("not_null = [\n  \"a\",\n  \"b\"]\nrange.x = { min = 1 }\nrows = { min = 1 }");
    assertThat(checks).extracting(check -> check.place().line()).containsExactly(3, 4, 5, 6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not_nul = [\"a\"]                    | CONFIG_UNKNOWN_KEY     | did you mean not_null?",
        "not_null = 3                         | CONFIG_WRONG_TYPE      | not_null = [",
        "not_null = []                        | CONFIG_WRONG_TYPE      | not_null = [",
        "not_null = [1]                       | CONFIG_WRONG_TYPE      | not_null = [",
        "not_null = { colums = [\"a\"] }      | CONFIG_UNKNOWN_KEY     | did you mean columns?",
        "not_null = [\"a\", \"a\"]            | CONFIG_DUPLICATE_CHECK | remove one",
        "unique = [[]]                        | CONFIG_WRONG_TYPE      | unique = [",
        "accepted = [\"a\"]                   | CONFIG_WRONG_TYPE      | accepted = {",
        "accepted.a = []                      | CONFIG_WRONG_TYPE      | a = [",
        "accepted.a = [[1]]                   | CONFIG_WRONG_TYPE      | a = [",
        "range.a = 3                          | CONFIG_WRONG_TYPE      | min",
        "range.a = { severity = \"warn\" }    | CONFIG_WRONG_TYPE      | min",
        "range.a = { mim = 1, max = 2 }       | CONFIG_UNKNOWN_KEY     | did you mean min?",
        "pattern.a = \"(\"                    | CONFIG_PATTERN         | RE2",
        "pattern.a = \"(?=x)\"                | CONFIG_PATTERN         | RE2",
        "pattern.a = 3                        | CONFIG_WRONG_TYPE      | a =",
        "reference.a = \"dim.sk\"             | CONFIG_WRONG_TYPE      | gold.dim_customer",
        "reference.a = { columns = [\"a\"] }  | CONFIG_WRONG_TYPE      | gold.dim_customer",
        "rows = {}                            | CONFIG_WRONG_TYPE      | min = 1",
        "rows = { severity = \"warn\" }       | CONFIG_MISSING_KEY     | min",
        "rows = { min = \"1\" }               | CONFIG_WRONG_TYPE      | min = 1",
        "rows = { change_max = 0.5 }          | CONFIG_WRONG_TYPE      | change_max = \"50%\"",
        "freshness = { column = \"a\" }       | CONFIG_MISSING_KEY     | max_age",
        "columns = { a = \"BIGNT\" }          | CONFIG_COLUMN_TYPE     | did you mean BIGINT?",
        "columns = { a = 3 }                  | CONFIG_WRONG_TYPE      | BIGINT",
        "distribution.a = {}                  | CONFIG_WRONG_TYPE      | nulls_max",
        "distribution.a = { nulls_max = 1 }   | CONFIG_WRONG_TYPE      | nulls_max",
        "sql.a = \" \"                        | CONFIG_WRONG_TYPE      | SELECT",
        "sql.a = { max = 1 }                  | CONFIG_MISSING_KEY     | query",
        "reconcile = { with = \"orders\" }    | CONFIG_TABLE_NAME      | schema",
        "reconcile = { where = \"x\" }        | CONFIG_MISSING_KEY     | with",
        "severity = \"fatal\"                 | CONFIG_WRONG_TYPE      | severity =",
        "max = \"0.1\"                        | CONFIG_WRONG_TYPE      | max =",
        "max = -1                             | CONFIG_WRONG_TYPE      | max ="
      })
  void reportsWhatCannotBeRead(String line, String code, String fix) {
    List<CheckModel> checks = read("[check.\"gold.fact\"]\n" + line);
    assertThat(problems).as("%s", checks).isNotEmpty();
    assertThat(problems.getFirst().code()).isEqualTo(code);
    assertThat(problems.getFirst().fix()).contains(fix);
    assertThat(problems.getFirst().line()).isEqualTo(2);
    assertThat(problems.getFirst().column()).isPositive();
  }

  @Test
  void saysHowADatasetIsNamed() {
    read("[check.gold.fact]\nunique = [\"a\"]");
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> assertThat(problem.fix()).contains("[check.\"gold.fact\"]"));
  }

  @Test
  void reportsAValueWhereADatasetIsExpected() {
    read("[check]\nunique = [\"a\"]");
    assertThat(problems).singleElement().extracting(FlowProblem::code).isEqualTo("CONFIG_SECTIONS");
  }

  @Test
  void describesEveryKeyForEditorsAndForPeople() {
    String markdown = String.join("\n", CheckSchema.markdown());
    assertThat(CheckSchema.json().toString()).contains(keys());
    assertThat(markdown).contains(keys());
    assertThat(CheckSchema.json().get("type")).isEqualTo("object");
  }

  @Test
  void showsExamplesThatAreRight() {
    for (CheckOptions.Form form : CheckOptions.FORMS) {
      for (String example : form.examples()) {
        assertThat(good(form.key() + " = " + example))
            .as("%s = %s", form.key(), example)
            .isNotEmpty();
      }
    }
  }

  private static List<String> keys() {
    return CheckOptions.section().stream().map(option -> option.key()).toList();
  }

  private List<CheckModel> good(String lines) {
    List<CheckModel> checks = read("[check.\"gold.fact\"]\n" + lines);
    assertThat(problems).isEmpty();
    return checks;
  }

  private List<CheckModel> read(String text) {
    TomlParseResult toml = Toml.parse(text);
    assertThat(toml.errors()).isEmpty();
    return CheckReader.read(toml.getTableOrEmpty("check"), problems);
  }
}
