package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.testkit.compare.TableComparison;
import dev.leat.testkit.junit.PostgresVersionArguments;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import dev.leat.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code leat run} killed with SIGKILL at every place where something could be lost or doubled,
 * then run again.
 */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(PostgresVersionArguments.class)
final class KillIT {
  private static final List<String> CHANGES =
      List.of(
          // Leave the TOASTed document as it is: its value is not sent.
          "UPDATE orders SET total = total + 1 WHERE id % 3 = 0",
          "UPDATE orders SET id = id + 50000 WHERE id % 10 = 1 AND id < 3000",
          "DELETE FROM orders WHERE id % 11 = 0",
          "BEGIN; INSERT INTO orders VALUES (1000001, 1, 'a'); DELETE FROM orders WHERE id = 1000001;"
              + " INSERT INTO orders VALUES (1000001, 2, 'b'); COMMIT",
          "DELETE FROM log WHERE n % 4 = 0",
          "INSERT INTO log SELECT n, 'again' FROM generate_series(5000, 5100) AS n");

  @TempDir private Path folder;
  private final PostgresVersion version;
  private EmbeddedPostgresServer server;

  KillIT(PostgresVersion version) {
    this.version = version;
  }

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedPostgresServer.builder().version(version).start();
    server.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, total int, doc text) PARTITION BY RANGE (id)",
        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (1000)",
        "CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (1000) TO (2000)",
        "CREATE TABLE orders_3 PARTITION OF orders FOR VALUES FROM (2000) TO (3000)",
        "CREATE TABLE orders_4 PARTITION OF orders DEFAULT",
        "ALTER TABLE orders_1 ALTER doc SET STORAGE EXTERNAL",
        "ALTER TABLE orders_2 ALTER doc SET STORAGE EXTERNAL",
        "INSERT INTO orders SELECT i, i, repeat(md5(i::text), 100) FROM generate_series(0, 3999) AS i",
        "CREATE TABLE log (n int, note text)",
        "ALTER TABLE log REPLICA IDENTITY FULL",
        "INSERT INTO log SELECT i % 500, 'note' FROM generate_series(1, 3000) AS i");
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "env:SHOP_URL"
        tables     = ["public.*"]
        exclude    = ["public.orders_*"]

        [destination.main]
        to   = "duckdb"
        path = "shop.duckdb"
        """);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before-stream-start",
        "after-stream-start",
        "copy-batch-read:3",
        "copy-range-written:2",
        "copy-range-committed:2",
        "copy-range-finished:3",
        "copy-finished",
        "before-confirm"
      })
  void losesAndDoublesNothingWhenKilledOnTheFirstRun(String failpoint) throws Exception {
    killAt(failpoint);
    change();
    runToTheEnd();
    requireEqual();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transaction-partly-written",
        "before-destination-commit",
        "after-destination-commit",
        "before-confirm"
      })
  void losesAndDoublesNothingWhenKilledWhileItFollows(String failpoint) throws Exception {
    runToTheEnd();
    change();
    server.execute("INSERT INTO log SELECT i, 'large' FROM generate_series(10000, 260000) AS i");
    killAt(failpoint);
    server.execute("UPDATE orders SET total = -total WHERE id % 2 = 0");
    runToTheEnd();
    requireEqual();
  }

  private void change() throws Exception {
    server.execute(CHANGES.toArray(String[]::new));
  }

  private void killAt(String failpoint) throws Exception {
    try (ChildJvm leat = leat(failpoint)) {
      assertThat(leat.awaitExit(Duration.ofSeconds(60)))
          .as("%s", leat.output())
          .isEqualTo(ChildJvm.KILLED);
    }
  }

  private void runToTheEnd() {
    var result =
        new Cli(folder, Map.of("SHOP_URL", server.url()))
            .run("run", "--until-caught-up", "--verbose");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private ChildJvm leat(String failpoint) throws Exception {
    return ChildJvm.of(Main.class)
        .failpoint(failpoint)
        .environment("SHOP_URL", server.url())
        .arguments("run", folder.resolve("flow.toml").toString(), "--until-caught-up")
        .start();
  }

  private void requireEqual() throws Exception {
    try (Connection source = server.connection();
        Connection copy =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"))) {
      TableComparison.between(source, "SELECT * FROM orders", copy, "SELECT * FROM public.orders")
          .key("id")
          .requireEqual();
      String rows = "SELECT n, note, count(*) AS copies FROM %s GROUP BY n, note";
      TableComparison.between(source, rows.formatted("log"), copy, rows.formatted("public.log"))
          .key("n", "note")
          .requireEqual();
    }
  }
}
