package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.app.Main;
import dev.leat.app.output.ExitCode;
import dev.leat.flow.model.StorageModel;
import dev.leat.library.FlowStorages;
import dev.leat.library.PluginCatalog;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StoredFile;
import dev.leat.testkit.process.ChildJvm;
import dev.leat.testkit.s3.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of files in a bucket of a real server that speaks S3's API. */
final class FilesOnS3IT {
  private static final String ANY =
      """
      [source.any]
      from    = "files"
      path    = "s3://acme/drops/{day:yyyy-MM-dd}/*"
      into    = "bronze.any"
      columns = { id = "bigint", name = "text" }
      """;

  @TempDir private Path folder;
  private Flows flow;
  private S3Server server;
  private FlowStorages storages;
  private Storage bucket;

  @BeforeEach
  void setUp() throws Exception {
    server = S3Server.start(folder.resolve("s3"));
    server.createBucket("acme");
    Files.writeString(folder.resolve("access"), S3Server.ACCESS_KEY);
    Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY);
    flow = new Flows(folder);
    OptionValues options =
        new OptionValues(
            Map.of(
                "endpoint", server.endpoint().toString(),
                "access_key", new Secret(S3Server.ACCESS_KEY),
                "secret_key", new Secret(S3Server.SECRET_KEY)));
    storages =
        new FlowStorages(
            folder,
            List.of(new StorageModel("lake", "s3", "s3://acme", options)),
            PluginCatalog.installed());
    bucket = storages.open(storages.folder("s3://acme"));
  }

  @AfterEach
  void stop() {
    storages.close();
    server.close();
  }

  private void write(String source) throws Exception {
    flow.write(
        """
        [storage.lake]
        type       = "s3"
        scope      = "s3://acme"
        endpoint   = "%s"
        access_key = "file:access"
        secret_key = "file:secret"

        """
                .formatted(server.endpoint())
            + source);
  }

  private void put(String name, String text) throws Exception {
    StoredFile stored =
        bucket.put(
            Files.writeString(Files.createTempFile(folder, "put", ""), text),
            name,
            Cancellation.never());
    assertThat(stored.size()).isPositive();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    bucket.list("", file -> names.add(file.name()));
    return names;
  }

  private Cli.Result succeed(String... options) {
    Cli.Result result = flow.run(options);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.DONE);
    return result;
  }

  @Test
  void loadsEachObjectOnceAndAgainWhenItsContentChanged() throws Exception {
    write(ANY);
    put("drops/2026-05-01/a.csv", "id,name\n1,ann\nx,bob\n");
    put("drops/2026-05-01/b.jsonl", "{\"id\": 2, \"name\": \"bea\"}\n");
    put("other/2026-05-01/c.csv", "id,name\n9,no\n");
    assertThat(flow.leat("plan").out()).contains("2 new files of s3://acme/drops");
    succeed();
    put("drops/2026-05-02/a.csv", "id,name\n3,cy\n");
    succeed();
    assertThat(flow.query("SELECT id, name, day, _leat_file FROM bronze.any ORDER BY id"))
        .containsExactly(
            "1 ann 2026-05-01 2026-05-01/a.csv",
            "2 bea 2026-05-01 2026-05-01/b.jsonl",
            "3 cy 2026-05-02 2026-05-02/a.csv");
    assertThat(flow.query("SELECT file, line, raw FROM bronze.any_parked"))
        .containsExactly("2026-05-01/a.csv 3 x,bob");
    // Of the same size, within the same second: only the ETag tells.
    put("drops/2026-05-02/a.csv", "id,name\n4,cy\n");
    assertThat(flow.leat("plan").out()).contains("1 whose rows are replaced");
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.any ORDER BY id")).containsExactly("1", "2", "4");
    assertThat(Flows.states(succeed("--json")).values()).containsOnly("up_to_date");
    assertThat(flow.leat("infer", "flow.toml:any").out()).contains("name = \"text\"");
  }

  @Test
  void archivesWithinTheBucket() throws Exception {
    write(ANY + "after   = \"archive\"\narchive = \"s3://acme/done/{date:yyyy}\"\n");
    put("drops/2026-05-01/a.csv", "id,name\n1,ann\n");
    put("drops/2026-05-01/broken.parquet", "no Parquet");
    Cli.Result result = flow.run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("broken.parquet is no Parquet file");
    assertThat(flow.query("SELECT id FROM bronze.any")).containsExactly("1");
    assertThat(names())
        .containsExactly(
            "done/" + LocalDate.now(ZoneOffset.UTC).getYear() + "/2026-05-01/a.csv",
            "drops/2026-05-01/broken.parquet");
  }

  @Test
  void anObjectThatChangesAfterItWasListedIsNotLoadedInPart() throws Exception {
    write(ANY);
    put("drops/2026-05-01/a.csv", "id,name\n1,ann\n");
    put("drops/2026-05-01/b.csv", "id,name\n2,bob\n");
    Path held = folder.resolve("held");
    try (ChildJvm leat =
        ChildJvm.of(Main.class)
            .holdAt("before-stage", held)
            .arguments("run", flow.file().toString())
            .start()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(held));
      put("drops/2026-05-01/b.csv", "id,name\n3,bob\n4,bea\n");
      Files.delete(held);
      assertThat(leat.awaitExit(Duration.ofSeconds(60))).isEqualTo(ExitCode.FAILED);
      assertThat(leat.standardError())
          .anyMatch(line -> line.contains("b.csv") && line.contains("changed"));
    }
    assertThat(flow.query("SELECT id FROM bronze.any ORDER BY id")).containsExactly("1");
    succeed();
    assertThat(flow.query("SELECT id FROM bronze.any ORDER BY id")).containsExactly("1", "3", "4");
  }
}
