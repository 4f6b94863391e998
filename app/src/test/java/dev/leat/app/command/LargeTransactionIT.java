package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction of ten million rows needs no more memory than one of a thousand. */
@Tag("soak")
final class LargeTransactionIT {
  private static final int ROWS = 10_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir private Path folder;

  @Test
  void fitsInASmallHeap() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      server.execute(
          "CREATE TABLE big (id bigint PRIMARY KEY, note text, amount numeric(10,2), at timestamptz)");
      Files.writeString(
          folder.resolve("flow.toml"),
          """
          flow = "big"

          [source.main]
          from       = "postgres"
          connection = "env:BIG_URL"
          tables     = ["public.big"]

          [destination.main]
          to   = "duckdb"
          path = "big.duckdb"
          """);
      run(server);
      server.execute(
          "INSERT INTO big SELECT i, md5(i::text), i % 1000, now() FROM generate_series(1, "
              + ROWS
              + ") AS i");
      run(server);
      Cli leat = new Cli(folder, Map.of("BIG_URL", server.url()));
      assertThat(leat.run("diff").exitCode()).isZero();
      assertThat(leat.run("sql", "SELECT 'rows ' || count(*) FROM public.big").out())
          .contains("rows " + ROWS);
    }
  }

  private void run(EmbeddedPostgresServer server) throws Exception {
    try (ChildJvm leat =
        ChildJvm.of(Main.class)
            .environment("BIG_URL", server.url())
            .jvmFlags("-Xmx256m")
            .directory(folder)
            .arguments("run", "--until-caught-up")
            .start()) {
      assertThat(leat.awaitExit(LIMIT)).as("%s", leat.output()).isZero();
    }
  }
}
