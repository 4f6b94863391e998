package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.leat.app.Main;
import dev.leat.app.output.ExitCode;
import dev.leat.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables that are added to, merged into and replaced in part, exactly, also when a run is killed.
 */
final class StepWritesIT {
  private static final String FLOW =
      """
      [step.log]
      kind        = "sql"
      into        = "silver.log"
      write       = { mode = "append" }
      incremental = { column = "seq" }
      sql         = "SELECT seq, id, day, amount, gone FROM raw.sales"

      [step.latest]
      kind        = "sql"
      into        = "silver.latest"
      write       = { mode = "merge", key = ["id"], deleted = "gone" }
      dedupe      = { key = ["id"], by = "seq" }
      incremental = { column = "seq" }
      sql         = "SELECT seq, id, day, amount, gone FROM silver.log"

      [step.days]
      kind  = "sql"
      into  = "gold.days"
      write = { mode = "replace_partition", partition = "day" }
      sql   = "SELECT day, COUNT(*) AS sales, SUM(amount) AS amount FROM silver.latest GROUP BY day"
      """;

  private static final String MORE =
      """
      INSERT INTO raw.sales VALUES
        (4, 2, '2026-05-01', 25, false), (5, 3, '2026-05-02', NULL, true),
        (6, 4, '2026-05-03', 40, false)""";

  @TempDir private Path folder;
  private Flows flow;

  @BeforeEach
  void setUp() throws Exception {
    flow = new Flows(folder);
    flow.execute(
        "CREATE SCHEMA raw",
        "CREATE TABLE raw.sales (seq bigint, id bigint, day date, amount bigint, gone boolean)",
        """
        INSERT INTO raw.sales VALUES
          (1, 1, '2026-05-01', 10, false), (2, 2, '2026-05-01', 20, false),
          (3, 3, '2026-05-02', 30, false)""");
  }

  @Test
  void addsMergesAndReplacesExactlyWhatIsNew() throws Exception {
    flow.write(FLOW);
    succeed();
    succeed();
    requireFirst();
    flow.execute(MORE);
    succeed();
    succeed();
    requireSecond();
    succeed("--full-refresh");
    assertThat(flow.query("SELECT seq FROM silver.log ORDER BY seq"))
        .containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(latest()).containsExactly("1 10", "2 25", "4 40");
    assertThat(days()).containsExactly("2026-05-01 2 35", "2026-05-03 1 40");
  }

  private void requireFirst() throws Exception {
    assertThat(flow.query("SELECT seq FROM silver.log ORDER BY seq"))
        .containsExactly("1", "2", "3");
    assertThat(latest()).containsExactly("1 10", "2 20", "3 30");
    assertThat(days()).containsExactly("2026-05-01 2 30", "2026-05-02 1 30");
  }

  /** A partition without rows any more is not among those that the query gives, and stays. */
  private void requireSecond() throws Exception {
    assertThat(flow.query("SELECT seq FROM silver.log ORDER BY seq"))
        .containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(latest()).containsExactly("1 10", "2 25", "4 40");
    assertThat(days()).containsExactly("2026-05-01 2 35", "2026-05-02 1 30", "2026-05-03 1 40");
  }

  private List<String> latest() throws Exception {
    return flow.query("SELECT id, amount FROM silver.latest ORDER BY id");
  }

  private List<String> days() throws Exception {
    return flow.query("SELECT day, sales, amount FROM gold.days ORDER BY day");
  }

  @Test
  void makesOnlyThePartitionsAgainThatAreAskedFor() throws Exception {
    flow.write(
        """
        [step.days]
        kind  = "sql"
        into  = "gold.days"
        write = { mode = "replace_partition", partition = "day" }
        sql   = "SELECT day, COUNT(*) AS sales, SUM(amount) AS amount FROM raw.sales GROUP BY day"

        [step.total]
        kind = "sql"
        into = "gold.total"
        sql  = "SELECT SUM(amount) AS amount FROM gold.days"
        """);
    flow.execute("INSERT INTO raw.sales VALUES (4, 4, '2026-05-03', 40, false)");
    succeed();
    flow.execute("UPDATE raw.sales SET amount = amount + 1", "DELETE FROM raw.sales WHERE id = 3");
    Cli.Result result = succeed("--json", "--from", "2026-05-01", "--to", "2026-05-02");
    assertThat(Flows.states(result))
        .containsOnly(
            entry("days 2026-05-01", "succeeded"),
            entry("days 2026-05-02", "succeeded"),
            entry("total", "succeeded"));
    assertThat(flow.query("FROM gold.total")).containsExactly("72");
    assertThat(days()).containsExactly("2026-05-01 2 32", "2026-05-03 1 40");
    assertThat(flow.run("--from", "2026-05-41").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-publish", "after-publish", "before-publish:2", "after-publish:2"})
  void losesAndDoublesNothingWhenKilled(String failpoint) throws Exception {
    flow.write(FLOW);
    succeed();
    flow.execute(MORE);
    try (ChildJvm leat =
        ChildJvm.of(Main.class)
            .failpoint(failpoint)
            .arguments("run", flow.file().toString())
            .start()) {
      assertThat(leat.awaitExit(Duration.ofSeconds(60)))
          .as("%s", leat.output())
          .isEqualTo(ChildJvm.KILLED);
    }
    succeed("--resume");
    requireSecond();
    succeed();
    requireSecond();
  }

  private Cli.Result succeed(String... options) {
    Cli.Result result = flow.run(options);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }
}
