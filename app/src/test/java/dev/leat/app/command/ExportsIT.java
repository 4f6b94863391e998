package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.app.Main;
import dev.leat.app.output.ExitCode;
import dev.leat.testkit.process.ChildJvm;
import dev.leat.testkit.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports and publishes to files, as their users run them, to a folder and to an S3 server. */
final class ExportsIT {
  @TempDir private Path folder;
  private Flows flow;
  private S3Server server;

  @BeforeEach
  void setUp() throws Exception {
    server = S3Server.start(folder.resolve("s3"));
    server.createBucket("acme");
    Files.writeString(folder.resolve("access"), S3Server.ACCESS_KEY);
    Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY);
    flow = new Flows(folder);
    flow.execute(
        "CREATE SCHEMA raw",
        "CREATE TABLE raw.orders (id bigint, day date, amount decimal(10, 2), seq bigint)",
        "INSERT INTO raw.orders SELECT i, DATE '2026-05-01' + CAST(i % 2 AS INTEGER), i, i"
            + " FROM range(100) r(i)");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String storage() {
    return """
    [storage.lake]
    type       = "s3"
    scope      = "s3://acme"
    endpoint   = "%s"
    access_key = "file:access"
    secret_key = "file:secret"

    """
        .formatted(server.endpoint());
  }

  private void succeed(String... options) {
    Cli.Result result = flow.run(options);
    assertThat(result.exitCode()).as("%s", result).isEqualTo(ExitCode.DONE);
  }

  /** The server keeps its buckets as folders. */
  private JsonNode manifest(Path out) throws IOException {
    return new ObjectMapper().readTree(Files.readString(out.resolve("_manifest.json")));
  }

  private List<String> rows(Path out, String format, String what) throws Exception {
    List<String> files = new ArrayList<>();
    for (JsonNode file : manifest(out).path("files")) {
      files.add("'" + out.resolve(file.path("name").asText()) + "'");
    }
    return flow.query(
        "SELECT %s FROM read_%s(%s, hive_partitioning = true)".formatted(what, format, files));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out/orders", "s3://acme/out/orders"})
  void exportsAllRowsInPartitionsAndSaysWhichFilesTheyAre(String path) throws Exception {
    Path out = folder.resolve(path.replace("s3://", "s3/"));
    flow.write(
        storage()
            + """
            [step.orders]
            kind      = "export"
            from      = "raw.orders"
            path      = "%s"
            format    = "parquet"
            partition = ["day"]
            """
                .formatted(path));
    succeed();
    assertThat(rows(out, "parquet", "count(*), count(DISTINCT day), sum(amount)"))
        .containsExactly("100 2 4950.00");
    assertThat(manifest(out).path("rows").asLong()).isEqualTo(100);
    assertThat(manifest(out).path("columns").path("amount").asText()).isEqualTo("DECIMAL(10,2)");
    flow.execute("DELETE FROM raw.orders WHERE id >= 50");
    succeed();
    assertThat(rows(out, "parquet", "count(*)")).containsExactly("50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"out/changed", "s3://acme/out/changed"})
  void exportsChangedRowsOnceEachAlsoWhenKilled(String path) throws Exception {
    Path out = folder.resolve(path.replace("s3://", "s3/"));
    flow.write(
        storage()
            + """
            [step.orders]
            kind        = "export"
            from        = "raw.orders"
            path        = "%s"
            format      = "csv"
            compression = "gzip"
            only        = "changed"
            incremental = { column = "seq" }
            """
                .formatted(path));
    succeed();
    succeed();
    assertThat(rows(out, "csv", "count(*)")).containsExactly("100");
    int seq = 100;
    for (String failpoint : List.of("before-export-visible", "after-export-visible")) {
      JsonNode before = manifest(out);
      flow.execute("INSERT INTO raw.orders VALUES (1, DATE '2026-05-01', 1, %d)".formatted(seq++));
      try (ChildJvm leat =
          ChildJvm.of(Main.class)
              .failpoint(failpoint)
              .arguments("run", flow.file().toString())
              .start()) {
        assertThat(leat.awaitExit(Duration.ofSeconds(60)))
            .as("%s", leat.output())
            .isEqualTo(ChildJvm.KILLED);
      }
      if (failpoint.startsWith("before")) {
        assertThat(manifest(out)).isEqualTo(before);
      }
      succeed();
      assertThat(rows(out, "csv", "count(*), count(DISTINCT seq)"))
          .containsExactly(seq + " " + seq);
    }
    try (var files = Files.walk(out)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(manifest(out).path("files").size() + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"out", "s3://acme/out"})
  void publishesDatasetsToFilesWhenTheyChanged(String path) throws Exception {
    Path out = folder.resolve(path.replace("s3://", "s3/")).resolve("marts/orders");
    flow.write(
        storage()
            + """
            [step.orders]
            kind = "sql"
            into = "gold.orders"
            sql  = "SELECT id, amount FROM raw.orders"

            [publish.lake]
            to     = "files"
            path   = "%s"
            tables = { "gold.orders" = "marts.orders" }
            """
                .formatted(path));
    succeed();
    assertThat(rows(out, "parquet", "count(*), sum(amount)")).containsExactly("100 4950.00");
    flow.execute("DELETE FROM raw.orders WHERE id > 9");
    succeed("--full-refresh");
    assertThat(rows(out, "parquet", "count(*), sum(amount)")).containsExactly("10 45.00");
  }

  @Test
  void anEnvironmentExportsBesideTheRealFiles() throws Exception {
    flow.write(
        storage()
            + """
            [step.one]
            kind = "export"
            from = "raw.orders"
            path = "out/orders.csv"

            [step.all]
            kind   = "export"
            from   = "raw.orders"
            path   = "s3://acme"
            format = "csv"
            target_size = "1 MB"

            [env.dev]
            """);
    assertThat(flow.run("--env", "dev").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("out/dev_orders.csv")).exists();
    assertThat(folder.resolve("out/orders.csv")).doesNotExist();
    assertThat(folder.resolve("s3/acme/dev_/_manifest.json")).exists();
    assertThat(folder.resolve("s3/acme/_manifest.json")).doesNotExist();
  }

  @Test
  void saysWhatIsWrongWithAnAddress() throws Exception {
    String export =
        """
        [step.orders]
        kind = "export"
        from = "raw.orders"
        path = "%s"
        """;
    flow.write(export.formatted("ftp://acme/o.csv"));
    Cli.Result ftp = flow.run();
    assertThat(ftp.out() + ftp.err()).contains("nothing that is installed reaches ftp://acme");
    flow.write(
        storage().replace("file:secret", "file:access") + export.formatted("s3://acme/o.csv"));
    Cli.Result wrong = flow.run();
    assertThat(wrong.out() + wrong.err())
        .contains("does not know the credentials")
        .doesNotContain(S3Server.ACCESS_KEY);
  }

  @Test
  void readsTheFlowsKeysOfStoragesAndFiles() throws Exception {
    flow.write(
        storage().replace("endpoint ", "endpont ")
            + "[publish.x]\nto = \"files\"\ntables = { \"raw.orders\" = \"x.orders\" }\n"
            + "mode = \"merge\"\nkey = [\"id\"]\npath = \"out\"\n");
    Cli.Result result = flow.leat("check", "--offline");
    assertThat(result.out() + result.err())
        .contains("did you mean endpoint?")
        .contains("neither merged nor indexed");
  }
}
