package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be generated is said at once; what comes of the rest is compared by conformance. */
final class GenerateCommandIT {
  private static final String FLOW =
      """
      [source.orders]
      from    = "files"
      path    = "drops/*.csv"
      into    = "bronze.orders"
      columns = { id = "bigint" }

      [step.clean]
      kind = "sql"
      into = "silver.orders"
      sql  = "SELECT id FROM bronze.orders"

      [step.out]
      kind = "export"
      from = "silver.orders"
      path = "out/orders.csv"

      [publish.lake]
      to     = "files"
      path   = "lake"
      tables = { "silver.orders" = "sales.orders" }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sql", "dbt"})
  void namesAllThatMakesNoTable(String target) throws Exception {
    Flows flow = flow();
    Cli.Result refused = flow.leat("generate", target, "--out", "generated");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .contains("source.orders loads files", "step out of kind export makes no table")
        .contains("publish.lake writes to another system")
        .contains("--exclude source.orders,out,publish.lake, and have leat run --select")
        .contains("leat generate airflow");
    assertThat(folder.resolve("generated")).doesNotExist();
    Cli.Result done =
        flow.leat(
            "generate",
            target,
            "--out",
            "generated",
            "--exclude",
            "source.orders,out,publish.lake");
    assertThat(done.exitCode()).as(done.err()).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("generated/.leat-generated")).exists();
  }

  @Test
  void airflowRunsEverything() throws Exception {
    Cli.Result done = flow().leat("generate", "airflow", "--out", "dags");
    assertThat(done.exitCode()).as(done.err()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(folder.resolve("dags/steps.py")))
        .contains("source.orders", "clean", "publish.lake");
  }

  private Flows flow() throws Exception {
    Flows flow = new Flows(folder);
    Files.createDirectories(folder.resolve("drops"));
    Files.writeString(folder.resolve("drops/a.csv"), "id\n1\n");
    flow.write(FLOW);
    assertThat(flow.run("--select", "source.orders").exitCode()).isEqualTo(ExitCode.DONE);
    return flow;
  }
}
