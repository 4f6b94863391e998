package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.app.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that could not be loaded. */
final class ParkedCommandIT {
  private static final String BOTH =
      """
      [source.orders]
      from    = "files"
      path    = "drops/orders*.csv"
      into    = "bronze.orders"
      columns = { id = "bigint", name = "text" }

      [source.lines]
      from    = "files"
      path    = "drops/lines*.csv"
      into    = "bronze.lines"
      columns = { id = "bigint" }
      engine  = "sqlite"
      """;

  @TempDir private Path folder;
  private Flows flow;

  @BeforeEach
  void setUp() throws Exception {
    flow = new Flows(folder);
    Files.createDirectories(folder.resolve("drops"));
    flow.write(BOTH);
    drop("orders_1.csv", "id,name\n1,ann\nx,bob\ny,cy\n");
    drop("orders_2.csv", "id,name\n2,bea\nz,\"dan, \"\"d\"\"\"\n");
    drop("lines_1.csv", "id\n1\nq\n");
    assertThat(flow.run().exitCode()).isEqualTo(ExitCode.DONE);
  }

  private Path drop(String name, String text) throws Exception {
    return Files.writeString(folder.resolve("drops").resolve(name), text);
  }

  private Cli.Result parked(int exitCode, String... arguments) {
    Cli.Result result = flow.leat("parked", arguments);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    return result;
  }

  @Test
  void readsFilesAgainAndSaysHowManyRowsAreLoadedNow() throws Exception {
    assertThat(parked(ExitCode.DONE).err()).contains("leat parked flow.toml --retry");
    drop("orders_1.csv", "id,name\n1,ann\n2,bob\ny,cy\n");
    drop("lines_1.csv", "id\n1\n2\n");
    Cli.Result all = parked(ExitCode.DONE, "--retry");
    assertThat(all.out().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "bronze.orders orders_1.csv 2 1",
            "bronze.orders orders_2.csv 1 1",
            "bronze.lines lines_1.csv 1 0");
    assertThat(all.err()).contains("2 of 4 parked rows are loaded, 2 stay parked");
    assertThat(flow.query("SELECT id, count(*) FROM bronze.orders GROUP BY id ORDER BY id"))
        .containsExactly("1 1", "2 2");
    drop("orders_1.csv", "id,name\n1,ann\n");
    drop("orders_2.csv", "id,name\n2,bea\n");
    JsonNode one =
        new ObjectMapper()
            .readTree(
                parked(ExitCode.DONE, "bronze.orders", "--file", "*_2.csv", "--retry", "--json")
                    .out());
    assertThat(one.path("files").size()).isEqualTo(1);
    assertThat(one.path("files").path(0).path("parked_before").asInt()).isEqualTo(1);
    assertThat(one.path("files").path(0).path("parked").asInt()).isZero();
    assertThat(flow.query("SELECT file FROM bronze.orders_parked")).containsExactly("orders_1.csv");
    parked(ExitCode.DONE, "source.orders", "--retry");
    assertThat(parked(ExitCode.DONE, "--retry").err()).contains("no rows are parked");
  }

  @Test
  void saysWhichFilesAreNotThereAnyMoreAndReadsTheOthers() throws Exception {
    Files.delete(folder.resolve("drops/orders_1.csv"));
    drop("orders_2.csv", "id,name\n2,bea\n3,dan\n");
    Cli.Result result = parked(ExitCode.FAILED, "bronze.orders", "--retry");
    assertThat(result.err())
        .contains("orders_1.csv of source.orders is not there any more; its 2 rows stay parked")
        .contains("drops/orders*.csv")
        .contains("1 of 1 parked row is loaded, 0 stay parked");
    assertThat(flow.query("SELECT id FROM bronze.orders ORDER BY id"))
        .containsExactly("1", "2", "3");
    assertThat(flow.query("SELECT count(*) FROM bronze.orders_parked")).containsExactly("2");
  }

  @Test
  void aRetryThatFailsLeavesEverythingAsItWas() throws Exception {
    flow.write(BOTH + "\n[check.\"bronze.orders\"]\nunique = [\"id\"]\n");
    drop("orders_1.csv", "id,name\n2,ann\n");
    Cli.Result result = parked(ExitCode.CHECKS_FAILED, "bronze.orders", "--retry");
    assertThat(result.err()).contains("0 of 3 parked rows are loaded, 3 stay parked");
    assertThat(flow.query("SELECT id FROM bronze.orders ORDER BY id")).containsExactly("1", "2");
  }

  @Test
  void writesTheRowsOfADatasetIntoAFile() throws Exception {
    assertThat(parked(ExitCode.USAGE, "--export", "bad.csv").err())
        .contains("rows of 2 datasets are parked", "bronze.orders, bronze.lines");
    assertThat(parked(ExitCode.USAGE, "bronze.orders", "--export", "bad.txt").err())
        .contains(".parquet");
    Cli.Result result = parked(ExitCode.DONE, "bronze.orders", "--export", "bad.csv");
    assertThat(result.err()).contains("3 parked rows of bronze.orders in bad.csv");
    assertThat(Files.readString(folder.resolve("bad.csv")))
        .startsWith("file,line,reason,raw,run,parked_at\n");
    assertThat(
            flow.query(
                "SELECT file, line, reason, raw, run <> '' FROM read_csv('"
                    + folder.resolve("bad.csv")
                    + "')"))
        .containsExactly(
            "orders_1.csv 3 column id: not a whole number of bigint x,bob true",
            "orders_1.csv 4 column id: not a whole number of bigint y,cy true",
            "orders_2.csv 3 column id: not a whole number of bigint z,\"dan, \"\"d\"\"\" true");
    parked(ExitCode.DONE, "bronze.orders", "--file", "orders_2.csv", "--export", "bad.csv");
    assertThat(Files.readAllLines(folder.resolve("bad.csv"))).hasSize(2);
    parked(ExitCode.DONE, "bronze.lines", "--export", "lines.parquet");
    assertThat(flow.query("SELECT file, raw FROM '" + folder.resolve("lines.parquet") + "'"))
        .containsExactly("lines_1.csv q");
  }

  @Test
  void refusesWhatMeansNothing() {
    assertThat(parked(ExitCode.USAGE, "bronze.nothing").err())
        .contains("no source of the flow loads files into bronze.nothing", "bronze.lines");
    assertThat(parked(ExitCode.USAGE, "--retry", "--show").err()).contains("mutually exclusive");
    assertThat(parked(ExitCode.DONE, "--file", "none*", "--retry").err())
        .contains("no rows are parked of such files");
  }
}
