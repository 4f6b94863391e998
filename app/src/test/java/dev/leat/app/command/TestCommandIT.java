package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps with given rows, each in an engine of its own. */
final class TestCommandIT {
  private static final String STEPS =
      """
      [step.orders]
      kind   = "sql"
      into   = "silver.orders"
      write  = { mode = "merge", key = ["id"] }
      dedupe = { key = ["id"], by = "updated_at" }
      sql    = \"""
      SELECT id, LOWER(status) AS status, CAST(amount AS DECIMAL(10, 2)) AS amount, updated_at
      FROM bronze.orders\"""

      [step.dim]
      kind       = "scd2"
      from       = "silver.customers"
      into       = "gold.dim"
      key        = ["id"]
      track      = ["name"]
      valid_from = "updated_at"

      [step.daily]
      kind   = "sql"
      engine = "sqlite"
      into   = "gold.daily"
      sql    = "SELECT status, COUNT(*) AS orders, SUM(amount) AS amount FROM silver.orders GROUP BY status"

      [check."silver.orders"]
      not_null = ["status"]
      accepted = { status = { values = ["new", "paid"], severity = "warn" } }
      """;

  @TempDir private Path folder;
  private Flows flow;

  @BeforeEach
  void prepare() {
    flow = new Flows(folder);
  }

  private Cli.Result test(String tests, String... options) throws Exception {
    return flow.write(STEPS + tests).leat("test", options);
  }

  @Test
  void comparesOnlyTheColumnsThatAreNamedAndTouchesNothing() throws Exception {
    var result =
        test(
            """
            [test.keeps_the_newest]
            step = "orders"
            given."bronze.orders" = [
              { id = 1, status = "NEW",  amount = "1.5", updated_at = 2026-05-01T10:00:00Z },
              { id = 1, status = "Paid", amount = "2",   updated_at = 2026-05-01T12:00:00+01:00 },
              { id = 2, updated_at = 2026-05-01T10:00:00Z },
            ]
            expect = [
              { id = 2, amount = {} },
              { id = 1, status = "paid", amount = 2 },
            ]
            """);
    assertThat(result.out()).containsPattern("^ok      keeps_the_newest  orders, \\d");
    assertThat(result.err()).startsWith("1 test: 1 passed, 0 failed, in ");
    assertThat(result.exitCode()).isZero();
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("flow.toml");
    }
  }

  @Test
  void mergesIntoTheRowsThatAreThere() throws Exception {
    var result =
        test(
            """
            [test.late_rows_take_the_place_of_old_ones]
            step = "orders"
            given."silver.orders" = [
              { id = 1, status = "new", amount = 5, updated_at = 2026-04-01T00:00:00Z },
              { id = 7, status = "new", amount = 7, updated_at = 2026-04-01T00:00:00Z },
            ]
            given."bronze.orders" = [
              { id = 1, status = "PAID", amount = "6", updated_at = 2026-05-01T00:00:00Z },
            ]
            expect = [
              { id = 1, status = "paid", amount = 6.0 },
              { id = 7, status = "new", amount = 7.0 },
            ]

            [test.the_old_name_ends_where_the_new_one_begins]
            step = "dim"
            given."silver.customers" = [
              { id = 1, name = "Ann", updated_at = 2026-05-01T00:00:00Z },
              { id = 1, name = "Anna", updated_at = 2026-05-03T00:00:00Z },
            ]
            expect = [
              { id = 1, name = "Ann", valid_to = 2026-05-03T00:00:00Z, is_current = false },
              { id = 1, name = "Anna", valid_to = {}, is_current = true },
            ]
            """);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  void showsWhichRowsAndValuesAreOther() throws Exception {
    String tests =
        """
        [test.wrong]
        step = "orders"
        given."bronze.orders" = [
          { id = 1, status = "NEW", amount = "1", updated_at = 2026-05-01T10:00:00Z },
          { id = 3, status = "NEW", amount = "1", updated_at = 2026-05-01T10:00:00Z },
        ]
        expect = [{ id = 1, status = "paid" }, { id = 2, status = "new" }]
        """;
    var result = test(tests);
    assertThat(result.out())
        .matches(
            """
            FAILED  wrong  orders, .*
              silver.orders: 1 row differs, 1 is missing, 1 was not expected
              --> flow.toml:35:1
                            id  status
                differs     1   expected paid, is new
                missing     2   new
                unexpected  3   new
            """);
    assertThat(result.err()).startsWith("1 test: 0 passed, 1 failed, in ");
    assertThat(result.exitCode()).isEqualTo(1);

    JsonNode json = new ObjectMapper().readTree(test(tests, "--json").out());
    assertThat(json.path("failed").asInt()).isEqualTo(1);
    JsonNode difference = json.at("/tests/0/differences/0");
    assertThat(difference.at("/differing/0/columns/0").asText()).isEqualTo("status");
    assertThat(difference.at("/missing/0/id").asText()).isEqualTo("2");
    assertThat(difference.at("/unexpected/0/id").asText()).isEqualTo("3");
  }

  @Test
  void runsAStepAtItsOwnEngineAndKnowsWhatOtherStepsMake() throws Exception {
    var result =
        test(
            """
            [test.counts]
            step = "daily"
            columns."bronze.orders" = {}
            columns."silver.orders" = { amount = "decimal(10, 2)" }
            given."silver.orders" = [
              { status = "new", amount = 1.10 }, { status = "new", amount = 2.20 },
              { status = "paid" },
            ]
            expect = [
              { status = "new", orders = 2, amount = 3.3 },
              { status = "paid", orders = 1, amount = {} },
            ]
            """,
            "--json");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(new ObjectMapper().readTree(result.out()).at("/tests/0/engine").asText())
        .isEqualTo("sqlite");
  }

  @Test
  void expectsChecksToFailAndOthersToHold() throws Exception {
    String given =
        """
        step = "orders"
        given."bronze.orders" = [
          { id = 1, status = "lost", amount = "1", updated_at = 2026-05-01T10:00:00Z },
        ]
        """;
    String tests =
        "[test.warned]\n"
            + given
            + "expect_failed_checks = [\"accepted.status\"]\nexpect = [{ id = 1 }]\n[test.held]\n"
            + given
            + "expect_failed_checks = [\"not_null.status\"]\n";
    var result = test(tests);
    assertThat(result.out())
        .containsPattern("ok +warned")
        .containsPattern("FAILED +held")
        .contains("  check not_null.status holds, and was expected to fail\n")
        .contains("  check accepted.status fails: ");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aBlockingCheckKeepsTheDatasetAsItWas() throws Exception {
    var result =
        test(
            """
            [test.blocked]
            step = "orders"
            given."silver.orders" = [{ id = 9, status = "new" }]
            given."bronze.orders" = [{ id = 1, amount = "1", updated_at = 2026-05-01T10:00:00Z }]
            columns."bronze.orders" = { status = "varchar" }
            expect_failed_checks = ["not_null.status"]
            expect = [{ id = 9 }]
            """);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  void tellsWhatATestLacksAndWhere() throws Exception {
    var result =
        test(
            """
            [test.nothing]
            step = "orders"
            expect = []
            [test.other]
            step = "orders"
            given."bronze.customers" = [{ id = 1 }]
            expect = []
            [test.value]
            step = "orders"
            columns."bronze.orders" = { id = "int" }
            given."bronze.orders" = [
              { id = "one" },
            ]
            expect = []
            [test.query]
            step = "orders"
            given."bronze.orders" = [{ id = 1 }]
            expect = []
            """);
    assertThat(result.err())
        .contains("error[TEST_NOT_GIVEN]: step orders reads bronze.orders, of which the test ")
        .contains("\n  --> flow.toml:29:1\n")
        .contains("error[TEST_DATASET]: step orders neither reads nor makes bronze.customers\n")
        .contains("\n  --> flow.toml:34:1\n")
        .contains("error[TEST_VALUE]: the value of column id of bronze.orders does not fit: ")
        .contains("\n  --> flow.toml:40:3\n")
        .containsPattern("error\\[SQL_.*\n  --> flow.toml:9:18\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void selectsTestsByTheirNamesOrSteps() throws Exception {
    String tests =
        """
        [test.one]
        step = "orders"
        given."bronze.orders" = []
        columns."bronze.orders" = { id = "int", status = "varchar", amount = "varchar", updated_at = "timestamp" }
        expect = []
        [test.two]
        step = "dim"
        expect = [{ id = 1 }]
        """;
    assertThat(test(tests, "--select", "o*").err()).startsWith("1 test: 1 passed");
    assertThat(test(tests, "--select", "orders").exitCode()).isZero();
    var none = test(tests, "--select", "three");
    assertThat(none.err()).startsWith("error[TEST_UNKNOWN]: no test or tested step");
    assertThat(none.exitCode()).isEqualTo(2);
  }

  @Test
  void readsStepsInTheLanguageOfTheirEngineAtATimeOfOnesOwn() throws Exception {
    var result =
        test(
            """
            [step.native]
            kind    = "sql"
            dialect = "duckdb"
            into    = "silver.native"
            write   = { mode = "merge", key = ["id"] }
            sql     = "SELECT id, [1, 2] AS marks FROM bronze.x"
            [step.dated]
            kind = "sql"
            into = "silver.dated"
            sql  = "SELECT id, CURRENT_TIMESTAMP AS seen FROM bronze.x"
            [test.native]
            step = "native"
            given."bronze.x" = [{ id = 1 }]
            given."silver.native" = [{ id = 1, marks = [9] }, { id = 2, marks = [3] }]
            expect = [{ id = 1, marks = [1, 2] }, { id = 2, marks = [3] }]
            [test.dated]
            step = "dated"
            now  = 2026-05-01T10:00:00Z
            given."bronze.x" = [{ id = 1 }]
            expect = [{ id = 1, seen = 2026-05-01T10:00:00Z }]
            """);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  void saysThatThereAreNoTests() throws Exception {
    var result = test("");
    assertThat(result.err()).startsWith("flow steps has no tests\n");
    assertThat(result.exitCode()).isZero();
  }
}
