package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.app.output.Terminal;
import dev.leat.testkit.junit.PostgresVersionArguments;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Tables come, are paused, resumed and copied anew while the flow runs. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(PostgresVersionArguments.class)
final class RunningTablesIT {
  @TempDir private Path folder;
  private final PostgresVersion version;
  private EmbeddedPostgresServer server;
  private Cli leat;
  private FlowRun run;
  private Thread running;

  RunningTablesIT(PostgresVersion version) {
    this.version = version;
  }

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedPostgresServer.builder().version(version).start();
    server.execute(
        "CREATE TABLE first (id int PRIMARY KEY, note text)",
        "INSERT INTO first SELECT i, 'n' FROM generate_series(1, 10) AS i");
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "env:SHOP_URL"
        tables     = ["public.*"]
        heartbeat  = "1s"

        [destination.main]
        to   = "duckdb"
        path = "shop.duckdb"
        """);
    Map<String, String> environment = Map.of("SHOP_URL", server.url());
    leat = new Cli(folder, environment);
    run =
        new FlowRun(
            FlowReader.read(folder.resolve("flow.toml"), environment).requireReplication(),
            Terminal.plain(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
    running = Thread.ofPlatform().start(() -> run.run(false));
    eventually(() -> count("first").equals("10"));
  }

  @AfterEach
  void stop() throws Exception {
    run.stop();
    running.join();
    server.close();
  }

  @Test
  void copiesAndFollowsATableMadeMeanwhile() throws Exception {
    try (Connection open = server.connection();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      server.execute("CREATE TABLE second (id int PRIMARY KEY, note text)");
      statement.execute("INSERT INTO second VALUES (1, 'within a transaction under way')");
      statement.execute("INSERT INTO first VALUES (11, 'the same one')");
      server.execute(
          "INSERT INTO second SELECT i, 'committed' FROM generate_series(100, 199) AS i",
          "CREATE TABLE keyless (note text)");
      // The publication has it while the transaction goes on.
      eventually(
          () ->
              "1"
                  .equals(
                      server.value(
                          "SELECT count(*) FROM pg_publication_tables WHERE tablename = 'second'")));
      statement.execute("INSERT INTO second VALUES (2, 'later')");
      open.commit();
    }
    server.execute("INSERT INTO second VALUES (3, 'after')", "DELETE FROM second WHERE id = 100");

    eventually(() -> count("second").equals("102"));
    eventually(() -> count("first").equals("11"));
    assertThat(leat.run("status").out())
        .contains("public.second", "keyless", "REPLICA IDENTITY")
        .doesNotContain("public.keyless  streaming");
    server.execute("UPDATE second SET note = 'followed' WHERE id = 3");
    eventually(() -> sql("SELECT note FROM public.second WHERE id = 3").equals("note\nfollowed\n"));
  }

  @Test
  void pausesResumesAndCopiesAnewOnRequest() throws Exception {
    assertThat(leat.run("pause", "first").err()).contains("is paused");
    eventually(() -> leat.run("status").out().contains("paused"));
    server.execute(
        "INSERT INTO first VALUES (11, 'not followed')", "CREATE TABLE other (id int PRIMARY KEY)");
    eventually(() -> leat.run("status").out().contains("public.other"));
    assertThat(count("first")).isEqualTo("10");

    assertThat(leat.run("resume", "first").err()).contains("copied anew");
    eventually(() -> count("first").equals("11"));

    server.execute(
        "ALTER TABLE first ADD COLUMN r float8 DEFAULT random()",
        "UPDATE first SET note = '' WHERE id = 1");
    eventually(() -> leat.run("status").out().contains("leat resync public.first"));
    assertThat(leat.run("resync", "first").exitCode()).isZero();
    eventually(() -> sql("SELECT count(r) AS n FROM public.first").equals("n\n11\n"));
    server.execute("DELETE FROM first WHERE id = 1");
    eventually(() -> count("first").equals("10"));
  }

  @Test
  void doesNotHoldTheLogOfOthersBackWhileItsTablesAreIdle() throws Exception {
    server.execute("CREATE DATABASE busy");
    try (Connection other = server.connection("busy");
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE t (note text)");
      for (int i = 0; i < 5; i++) {
        statement.execute("INSERT INTO t SELECT repeat('x', 1000) FROM generate_series(1, 10000)");
      }
    }
    eventually(() -> heldBack("confirmed_flush_lsn") < 5_000_000);
    server.execute("CHECKPOINT");
    eventually(() -> heldBack("restart_lsn") < 20_000_000);
  }

  private long heldBack(String position) throws Exception {
    return Long.parseLong(
        String.valueOf(
            server.value(
                "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), "
                    + position
                    + ")::bigint FROM pg_replication_slots WHERE slot_name = 'leat_shop_main'")));
  }

  private String count(String table) {
    return sql("SELECT count(*) AS n FROM public." + table).replace("n\n", "").strip();
  }

  private String sql(String query) {
    return leat.run("sql", query, "--csv").out();
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100)).until(condition);
  }
}
