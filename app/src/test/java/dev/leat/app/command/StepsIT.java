package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.app.Main;
import dev.leat.app.output.ExitCode;
import dev.leat.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code leat run} and {@code leat plan} of steps: what is done, what is not, and what is shown.
 */
final class StepsIT {
  private static final String CHAIN =
      """
      [step.a]
      kind = "sql"
      into = "silver.a"
      sql  = "SELECT 1 AS id, 10 AS amount UNION ALL SELECT 2, 20"

      [step.b]
      kind = "sql"
      into = "silver.b"
      sql  = "SELECT id, amount * 2 AS amount FROM silver.a"

      [step.c]
      kind = "sql"
      into = "gold.c"
      sql  = "SELECT SUM(amount) AS amount FROM silver.b"

      [step.other]
      kind = "sql"
      into = "gold.other"
      sql  = "SELECT 7 AS seven"

      [env.dev]
      """;

  @TempDir private Path folder;
  private Flows flow;

  @BeforeEach
  void setUp() {
    flow = new Flows(folder);
  }

  @Test
  void leavesOutWhatIsUpToDate() throws Exception {
    flow.write(CHAIN);
    assertThat(flow.leat("plan").exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
    succeed();
    assertThat(flow.query("FROM gold.c")).containsExactly("60");
    assertThat(Flows.states(succeed("--json")).values()).containsOnly("up_to_date");
    assertThat(flow.leat("plan").exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void doesAChangedQueryAgainWithAllThatDependsOnIt() throws Exception {
    flow.write(CHAIN);
    succeed();
    flow.write(CHAIN.replace("amount * 2", "amount * 3"));
    Cli.Result plan = flow.leat("plan");
    assertThat(plan.exitCode()).isEqualTo(ExitCode.CHANGES_PENDING);
    assertThat(plan.out().lines().filter(line -> line.contains("silver.b")).findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("changed"));
    assertThat(Flows.states(succeed("--json")))
        .contains(
            entry("a", "up_to_date"),
            entry("b", "succeeded"),
            entry("c", "succeeded"),
            entry("other", "up_to_date"));
    assertThat(flow.query("FROM gold.c")).containsExactly("90");
  }

  @Test
  void countsTheRowsThatAChangedQueryWouldChange() throws Exception {
    String more =
        """

        [step.keyed]
        kind  = "sql"
        into  = "silver.keyed"
        write = { mode = "merge", key = ["id"] }
        sql   = "SELECT id, amount FROM silver.a"
        """;
    flow.write(CHAIN + more);
    succeed();
    String changed = "SELECT id, amount + id - 1 AS amount FROM silver.a UNION ALL SELECT 3, NULL";
    flow.write(
        CHAIN.replace("amount * 2", "id")
            + more.replace("SELECT id, amount FROM silver.a", changed));
    Cli.Result plan = flow.leat("plan", "--rows", "--json");
    assertThat(plan.exitCode()).as(plan.err()).isEqualTo(ExitCode.CHANGES_PENDING);
    assertThat(rows(plan, "b")).isEqualTo("{\"changed\":0,\"new\":2,\"removed\":2}");
    assertThat(rows(plan, "keyed")).isEqualTo("{\"changed\":1,\"new\":1,\"removed\":0}");
    assertThat(rows(plan, "a")).isEmpty();
    assertThat(flow.leat("plan", "--rows").out()).contains("2 new, 0 changed and 2 removed rows");
  }

  private static String rows(Cli.Result plan, String step) throws Exception {
    for (JsonNode node : Flows.steps(plan)) {
      if (node.path("step").asText().equals(step)) {
        return node.path("rows").toString();
      }
    }
    return "no step " + step;
  }

  @Test
  void sendsNothingThatIsThereAsItIs() throws Exception {
    String publish =
        """

        [publish.dwh]
        to     = "duckdb"
        path   = "warehouse.duckdb"
        tables = { "gold.c" = "dwh.c", "gold.other" = "dwh.other" }
        """;
    flow.write(CHAIN + publish);
    succeed();
    assertThat(Flows.states(succeed("--json")).values()).containsOnly("up_to_date");
    flow.write(CHAIN.replace("7 AS seven", "8 AS seven") + publish);
    assertThat(published(succeed("--json")))
        .containsExactly("gold.c up_to_date", "gold.other succeeded");
    assertThat(published(succeed("--json", "--full-refresh")))
        .containsExactly("gold.c succeeded", "gold.other succeeded");
  }

  @Test
  void tellsWhyAFileCannotHaveTheNameOfASchema() throws Exception {
    flow.write(
        CHAIN
            + """

            [publish.dwh]
            to     = "duckdb"
            path   = "dwh.duckdb"
            tables = { "gold.c" = "dwh.c" }
            """);
    Cli.Result result = flow.run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("DUCKDB_FILE_NAME").contains("another name");
  }

  private static List<String> published(Cli.Result result) throws Exception {
    List<String> published = new ArrayList<>();
    for (JsonNode step : Flows.steps(result)) {
      if (step.path("step").asText().contains("dwh")) {
        published.add(step.path("dataset").asText() + " " + step.path("state").asText());
      }
    }
    return published;
  }

  @Test
  void doesNothingAgainForAnotherLayoutOfTheSameText() throws Exception {
    flow.write(CHAIN);
    succeed();
    flow.write("# a word before\n\n" + CHAIN.replace("kind = \"sql\"", "kind   =   'sql'"));
    assertThat(Flows.states(succeed("--json")).values()).containsOnly("up_to_date");
  }

  @Test
  void answersQueriesWhileItsStepsRun() throws Exception {
    flow.write(CHAIN);
    succeed();
    flow.write(CHAIN.replace("amount * 2", "amount * 3"));
    Path held = folder.resolve("held");
    try (ChildJvm leat =
        ChildJvm.of(Main.class)
            .holdAt("before-publish", held)
            .arguments("run", flow.file().toString())
            .start()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(held));
      Cli.Result rows = flow.leat("sql", "FROM gold.c", "--csv");
      assertThat(rows.out().lines()).as(rows.err()).containsExactly("amount", "60");
      Cli.Result preview = flow.leat("preview", "gold.c");
      assertThat(preview.out()).as(preview.err()).contains("60");
      Files.delete(held);
      assertThat(leat.awaitExit(Duration.ofSeconds(60))).as("%s", leat.output()).isZero();
    }
    assertThat(flow.query("FROM gold.c")).containsExactly("90");
  }

  @Test
  void doesOnlyTheStepsThatAreSelected() throws Exception {
    flow.write(CHAIN);
    succeed();
    assertThat(Flows.states(succeed("--json", "--full-refresh", "--select", "b+")))
        .containsOnly(entry("b", "succeeded"), entry("c", "succeeded"));
    assertThat(Flows.states(succeed("--json", "--full-refresh", "--select", "+b")))
        .containsOnly(entry("a", "succeeded"), entry("b", "succeeded"));
    assertThat(Flows.states(succeed("--json", "--full-refresh", "--exclude", "c,other")))
        .containsOnly(entry("a", "succeeded"), entry("b", "succeeded"));
    Cli.Result unknown = flow.run("--select", "nothing_such");
    assertThat(unknown.exitCode()).as(unknown.err()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void keepsTheTableAsItWasIfACheckFails() throws Exception {
    String check = "\n[check.\"silver.a\"]\nrange = { amount = { max = 50 } }\n";
    flow.write(CHAIN + check);
    succeed();
    flow.write(CHAIN.replace("SELECT 2, 20", "SELECT 2, 99") + check);
    Cli.Result result = flow.run("--json");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.CHECKS_FAILED);
    assertThat(Flows.states(result))
        .contains(entry("a", "checks_failed"), entry("b", "skipped"), entry("c", "skipped"));
    assertThat(flow.query("FROM silver.a ORDER BY id")).containsExactly("1 10", "2 20");
    String sample = "";
    for (JsonNode step : Flows.steps(result)) {
      for (JsonNode one : step.path("checks")) {
        sample = one.path("sample").asText();
      }
    }
    Cli.Result rows = flow.leat("sql", "SELECT id, amount FROM " + sample, "--csv");
    assertThat(rows.exitCode()).as(rows.err()).isZero();
    assertThat(rows.out().lines()).containsExactly("id,amount", "2,99");
    assertThat(result.err()).contains("leat sql flow.toml");
  }

  @Test
  void onlyTellsOfAWarning() throws Exception {
    flow.write(
        CHAIN + "\n[check.\"silver.a\"]\nrange = { amount = { max = 15, severity = \"warn\" } }\n");
    Cli.Result result = succeed();
    assertThat(result.err()).contains("warning").contains("range.amount");
    assertThat(flow.query("FROM gold.c")).containsExactly("60");
  }

  @Test
  void writesNothingButItsOwnSchemasInAnEnvironment() throws Exception {
    flow.write(CHAIN);
    succeed();
    List<String> before = production();
    flow.write(CHAIN.replace("amount * 2", "amount * 5"));
    succeed("--env", "dev");
    assertThat(production()).isEqualTo(before);
    assertThat(flow.query("FROM dev_gold.c")).containsExactly("150");
    assertThat(flow.query("FROM gold.c")).containsExactly("60");
    assertThat(flow.run("--env", "none").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  /** All rows of all real tables with their marks, apart from the ones of the environment. */
  private List<String> production() throws Exception {
    return flow.query(
        """
        SELECT 'a', hash(list(t ORDER BY id)) FROM silver.a t
        UNION ALL SELECT 'b', hash(list(t ORDER BY id)) FROM silver.b t
        UNION ALL SELECT 'c', hash(list(t)) FROM gold.c t
        UNION ALL SELECT 'other', hash(list(t)) FROM gold.other t
        ORDER BY ALL""");
  }

  @Test
  void goesOnAtTheStepThatFailed() throws Exception {
    flow.execute(
        "CREATE SCHEMA raw", "CREATE TABLE raw.t AS SELECT '1' AS n", "CREATE TABLE raw.m (x int)");
    flow.write(
        """
        [step.a]
        kind = "sql"
        into = "silver.a"
        sql  = "SELECT n FROM raw.t"

        [step.b]
        kind = "sql"
        into = "silver.b"
        sql  = "SELECT CAST(t.n AS INTEGER) AS n FROM raw.t t JOIN silver.a a ON a.n <> 'x'"

        [step.c]
        kind = "sql"
        into = "gold.c"
        sql  = "SELECT SUM(n) AS n FROM silver.b"
        """);
    flow.execute("UPDATE raw.t SET n = 'one'");
    Cli.Result failed = flow.run("--json");
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(ExitCode.FAILED);
    assertThat(Flows.states(failed))
        .contains(entry("a", "succeeded"), entry("b", "failed"), entry("c", "skipped"));
    assertThat(failed.err()).contains("--resume").doesNotContain("'one'");
    flow.execute("UPDATE raw.t SET n = '5'");
    assertThat(Flows.states(succeed("--json", "--resume")))
        .contains(entry("a", "up_to_date"), entry("b", "succeeded"), entry("c", "succeeded"));
    assertThat(flow.query("FROM silver.a")).containsExactly("one");
    assertThat(flow.query("FROM gold.c")).containsExactly("5");
  }

  @Test
  void saysWhereAColumnIsThatThereIsNot() throws Exception {
    flow.write(CHAIN.replace("SELECT id, amount * 2", "SELECT id, amuont * 2"));
    int line = 0;
    List<String> lines = Files.readAllLines(flow.file());
    while (!lines.get(line).contains("amuont")) {
      line++;
    }
    String place = "flow.toml:" + (line + 1) + ":" + (lines.get(line).indexOf("amuont") + 1);
    for (String command : List.of("plan", "run", "check")) {
      Cli.Result result = flow.leat(command);
      assertThat(result.exitCode()).as(command + result.err()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).as(command).contains(place).contains("amuont");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "check", "run"})
  void tellsOfAllQueriesThatCannotBeRead(String command) throws Exception {
    flow.write(
        """
        [step.one]
        kind = "sql"
        into = "gold.one"
        sql  = "SELECT 1 AS id,"

        [step.fine]
        kind = "sql"
        into = "gold.fine"
        sql  = "SELECT 1 AS id"

        [step.two]
        kind = "sql"
        into = "gold.two"
        sql  = \"""
        SELECT id
        FRM gold.fine\"""
        """);

    Cli.Result result = flow.leat(command);

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .contains("--> flow.toml:6:24", "step: one")
        .contains("--> flow.toml:18:5", "step: two")
        .doesNotContain("fine");
    assertThat(new ObjectMapper().readTree(flow.leat(command, "--json").out()).path("problems"))
        .hasSize(2);
  }

  @Test
  void doesTheSidesOfADiamondAtTheSameTime() throws Exception {
    // Each side ends only once the other one has begun.
    String side =
        """
        [step.%1$s]
        kind    = "task"
        after   = ["top"]
        retry   = { times = 0 }
        timeout = "20s"
        command = ["sh", "-c", "touch %1$s; until [ -e %2$s ]; do sleep 0.05; done"]

        """;
    flow.write(
        """
        [step.top]
        kind = "sql"
        into = "silver.top"
        sql  = "SELECT 1 AS n"

        [step.bottom]
        kind  = "sql"
        into  = "gold.bottom"
        after = ["left", "right"]
        sql   = "SELECT n + 1 AS n FROM silver.top"

        """
            + side.formatted("left", "right")
            + side.formatted("right", "left"));
    Cli.Result result = succeed("--json");
    assertThat(Flows.states(result).keySet()).startsWith("top").endsWith("bottom").hasSize(4);
    assertThat(flow.query("FROM gold.bottom")).containsExactly("2");
  }

  @Test
  void triesAProgramAgainThatFailed() throws Exception {
    String task =
        """
        [step.tell]
        kind    = "task"
        retry   = { times = %d, wait = "10ms" }
        command = ["sh", "-c", "test -e tried || { touch tried; echo not yet; exit 3; }"]
        """;
    flow.write(task.formatted(0));
    Cli.Result failed = flow.run();
    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.err()).contains("ended with code 3").contains("not yet");
    Files.delete(folder.resolve("tried"));
    flow.write(task.formatted(2));
    Cli.Result result = succeed("--json");
    assertThat(Flows.steps(result).get(0).path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void endsAQueryThatTakesTooLong() throws Exception {
    flow.execute(
        "CREATE SCHEMA raw", "CREATE TABLE raw.big AS SELECT range AS n FROM range(200000)");
    flow.write(
        """
        [step.slow]
        kind    = "sql"
        into    = "gold.slow"
        retry   = { times = 0 }
        timeout = "500ms"
        sql     = "SELECT SUM(MOD(a.n * b.n, 7)) AS s FROM raw.big a CROSS JOIN raw.big b"
        """);
    Cli.Result result = flow.run("--json");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FAILED);
    assertThat(Flows.steps(result).get(0).path("error").toString()).contains("STEP_TIMEOUT");
    assertThat(flow.query("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'gold'"))
        .containsExactly("0");
  }

  @Test
  void showsWhatStepsMadeWithoutASource() throws Exception {
    flow.write(CHAIN);
    Cli.Result early = flow.leat("sql", "SELECT 1");
    assertThat(early.exitCode()).as(early.err()).isNotZero();
    succeed();
    assertThat(flow.leat("sql", "SELECT sum(amount) AS s FROM silver.b", "--csv").out().lines())
        .containsExactly("s", "60");
    for (String name : List.of("b", "silver.b")) {
      Cli.Result preview = flow.leat("preview", name);
      assertThat(preview.exitCode()).as(preview.err()).isZero();
      assertThat(preview.out()).contains("amount").contains("40");
    }
    assertThat(flow.leat("preview", "nothing_such").err()).contains("silver.a");
  }

  private Cli.Result succeed(String... options) {
    Cli.Result result = flow.run(options);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }
}
