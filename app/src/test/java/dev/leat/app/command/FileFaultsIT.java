package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.app.Main;
import dev.leat.app.output.ExitCode;
import dev.leat.testkit.process.ChildJvm;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, or change while they are read. */
final class FileFaultsIT {
  private static final String ANY =
      """
      [source.any]
      from    = "files"
      path    = "drops/*"
      into    = "bronze.any"
      columns = { id = "bigint", name = "text" }
      """;

  @TempDir private Path folder;
  private Flows flow;

  @BeforeEach
  void setUp() throws Exception {
    flow = new Flows(folder);
    Files.createDirectories(folder.resolve("drops"));
  }

  private Path drop(String name, String text) throws Exception {
    return Files.writeString(folder.resolve("drops").resolve(name), text);
  }

  private void succeed() {
    Cli.Result result = flow.run();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.DONE);
  }

  private static byte[] zstd(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void readsZstdAndNothingOfAPartOfIt() throws Exception {
    flow.write(ANY);
    byte[] whole = zstd("id,name\n" + "1,ann\nx,bob\n".repeat(20_000));
    Path file = folder.resolve("drops/a.csv.zst");
    Files.write(file, Arrays.copyOf(whole, whole.length - 10));
    drop("b.csv", "id,name\n2,bea\n");
    Cli.Result part = flow.run();
    assertThat(part.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(part.err()).contains("a.csv.zst is damaged");
    assertThat(flow.query("SELECT id FROM bronze.any")).containsExactly("2");
    Files.write(file, whole);
    succeed();
    assertThat(flow.query("SELECT id, count(*) FROM bronze.any GROUP BY id ORDER BY id"))
        .containsExactly("1 20000", "2 1");
    assertThat(flow.query("SELECT min(line), max(line), count(*) FROM bronze.any_parked"))
        .containsExactly("3 40001 20000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-stage", "files-staged"})
  void nothingOfAFileThatIsWrittenMeanwhileIsLoadedUntilItIsWhole(String place) throws Exception {
    flow.write(ANY);
    Path file = drop("a.csv", "id,name\n1,ann\nx,bob\n");
    drop("b.csv", "id,name\n2,bea\n");
    Path held = folder.resolve("held");
    try (ChildJvm leat =
        ChildJvm.of(Main.class)
            .holdAt(place, held)
            .arguments("run", flow.file().toString())
            .start()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(held));
      Files.writeString(file, "id,name\n1,ann\nx,bob\n3,cy\n");
      Files.delete(held);
      assertThat(leat.awaitExit(Duration.ofSeconds(60))).isEqualTo(ExitCode.FAILED);
      assertThat(leat.standardError()).anyMatch(line -> line.contains("a.csv changed"));
    }
    assertThat(flow.query("SELECT id FROM bronze.any")).containsExactly("2");
    assertThat(flow.query("FROM bronze.any_parked")).isEmpty();
    assertThat(flow.query("SELECT file FROM bronze.any_files")).containsExactly("b.csv");
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.any ORDER BY id")).containsExactly("1", "2", "3");
    assertThat(flow.query("SELECT line FROM bronze.any_parked")).containsExactly("3");
  }

  @Test
  void loadsNothingOfAnArrayThatIsNotWholeOrHasMoreBehindItsEnd() throws Exception {
    flow.write(ANY);
    drop("a.json", "[{\"id\": 1},\n {\"id\": 2}\n]\n \n and more\n{\"id\": 3}\n");
    drop("b.json", "[{\"id\": 4}][{\"id\": 5}]");
    drop("c.json", "[{\"id\": 6}]\n\n" + " ".repeat(3_000_000) + "\n");
    drop("d.json", "[{\"id\": 7},\n{\"id\": 8}");
    Cli.Result result = flow.run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err())
        .contains("3 of 4 files could not be loaded; a.json is not one array of JSON");
    assertThat(flow.query("SELECT id FROM bronze.any")).containsExactly("6");
    assertThat(flow.query("FROM bronze.any_parked")).isEmpty();
    assertThat(flow.query("SELECT file FROM bronze.any_files")).containsExactly("c.json");
  }

  @Test
  void parksTheRowsOfParquetWithColumnsThatAreNewIfThatIsWanted() throws Exception {
    flow.write(ANY.replace("drops/*", "drops/*.parquet") + "new_columns = \"park\"\n");
    String drops = folder.resolve("drops").toString();
    flow.execute(
        "COPY (SELECT 1 AS id, 'ann' AS name) TO '" + drops + "/a.parquet'",
        "COPY (SELECT id, 'b' AS name, {'x': DATE '2026-05-01'} AS more FROM range(2) r(id)) TO '"
            + drops
            + "/b.parquet'");
    succeed();
    assertThat(flow.query("SELECT id, name FROM bronze.any")).containsExactly("1 ann");
    assertThat(flow.query("SELECT file, line, reason, raw FROM bronze.any_parked ORDER BY line"))
        .containsExactly(
            "b.parquet 1 column more is new in bronze.any"
                + " {\"id\":0,\"name\":\"b\",\"more\":{\"x\":\"2026-05-01\"}}",
            "b.parquet 2 column more is new in bronze.any"
                + " {\"id\":1,\"name\":\"b\",\"more\":{\"x\":\"2026-05-01\"}}");
    flow.write(ANY.replace("drops/*", "drops/*.parquet"));
    Cli.Result retry = flow.leat("parked", "--retry");
    assertThat(retry.exitCode()).as(retry.err()).isEqualTo(ExitCode.DONE);
    assertThat(retry.err()).contains("2 of 2 parked rows are loaded, 0 stay parked");
    assertThat(flow.query("SELECT id, more FROM bronze.any ORDER BY id, more NULLS FIRST"))
        .containsExactly("0 {\"x\":\"2026-05-01\"}", "1 null", "1 {\"x\":\"2026-05-01\"}");
  }
}
