package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.app.output.Json;
import dev.leat.app.output.Terminal;
import dev.leat.testkit.junit.PostgresVersionArguments;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A comparison finds every difference, and none that is not there. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(PostgresVersionArguments.class)
final class DiffIT {
  @TempDir private Path folder;
  private final PostgresVersion version;
  private EmbeddedPostgresServer server;
  private Cli leat;

  DiffIT(PostgresVersion version) {
    this.version = version;
  }

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedPostgresServer.builder().version(version).start();
    leat = new Cli(folder, Map.of("SHOP_URL", server.url()));
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "env:SHOP_URL"
        tables     = ["public.*"]

        [destination.main]
        to   = "duckdb"
        path = "shop.duckdb"
        """);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void findsValuesOfEveryTypeEqual() throws Exception {
    server.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'o''k')",
        "CREATE DOMAIN cents AS numeric(10,2)",
        "CREATE TABLE t (id int PRIMARY KEY, b bool, i2 int2, i8 int8, f4 float4, f8 float8, d"
            + " numeric(20,4), n numeric, s text, v varchar(9), c char(6), j json, jb jsonb, by bytea, u"
            + " uuid, da date, ti time, ts timestamp, tz timestamptz, iv interval, m mood, dom cents, ip"
            + " inet, r int4range, ia int[], ta text[], tsa timestamp[], xa float8[], bi bit(3), mo"
            + " money, \"Ünï\"\"x\" text)",
        "INSERT INTO t (id) VALUES (0)",
        "INSERT INTO t VALUES (1, true, -1, 9007199254740993, 'NaN', '-Infinity', -0.5, 'NaN', '', '', '',"
            + " '{\"a\" :1}', '{\"a\": [1,2]}', '\\x00ff', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'infinity',"
            + " '24:00:00', '-infinity', 'infinity', '-14 mon 3 days -01:30:00.5', 'o''k', 1.5, '10.0.0.1/8',"
            + " '[1,5)', '{1,NULL,3}', '{\"a,b\",NULL,\"\"}', '{infinity,2020-01-01}', '{1.5,NULL,-0}', '101',"
            + " '12.34', 'ü')",
        "INSERT INTO t VALUES (2, false, 32767, -9223372036854775808, 1e-20, 1e300, 12345678901234.5678,"
            + " 12345678901234567890.123456789, 'ä''b\\c🤦🏼‍♂️', '123456789', 'ab', '[]', '\"x\"', '',"
            + " '00000000-0000-0000-0000-000000000000', '0044-03-15 BC', '00:00:00.000001', '1582-10-15 12:00',"
            + " '0001-01-01 00:00+00 BC', '1 year 2 mons 3 days 30:00', 'sad', -0.01, '::1', 'empty', '{}',"
            + " '{}', '{}', '{}', '000', '-1', '')",
        "CREATE TABLE none ()",
        "INSERT INTO none DEFAULT VALUES",
        "CREATE TABLE empty (id int PRIMARY KEY)",
        "CREATE TABLE keyless (a int, b text)",
        "ALTER TABLE keyless REPLICA IDENTITY FULL",
        "ALTER TABLE none REPLICA IDENTITY FULL",
        "INSERT INTO keyless SELECT i % 10, NULL FROM generate_series(1, 100) AS i");
    run();

    Cli.Result result = leat.run("diff");

    assertThat(result.out() + result.err()).doesNotContain("differ", "not compared");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  void namesEveryKindOfDifference() throws Exception {
    server.execute(
        "CREATE TABLE t (id int, part text, total numeric(10,2), note text, PRIMARY KEY (id, part))",
        "INSERT INTO t SELECT i, 'p''' || i, i, 'n' FROM generate_series(1, 20000) AS i",
        "CREATE TABLE keyless (a int, b text)",
        "ALTER TABLE keyless REPLICA IDENTITY FULL",
        "INSERT INTO keyless SELECT i % 10, 'b' FROM generate_series(1, 100) AS i");
    run();
    atCopy(
        "UPDATE public.t SET total = total + 1, note = NULL WHERE id = 17",
        "DELETE FROM public.t WHERE id = 4711",
        "INSERT INTO public.t VALUES (30000, 'x', 1, 'n')",
        "DELETE FROM public.keyless WHERE rowid IN (SELECT rowid FROM public.keyless WHERE a = 3 LIMIT 1)");

    Cli.Result result = leat.run("diff");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .contains(
            "different                   (id=17, part=p'17): total, note",
            "missing at the destination  (id=4711, part=p'4711)",
            "only at the destination     (id=30000, part=x)",
            "3 rows differ",
            "(3, b)");
    var json = Json.read(leat.run("diff", "t", "--json").out()).path("tables").path(0);
    assertThat(json.path("rows").size()).isEqualTo(3);
    assertThat(json.path("source_rows").asInt()).isEqualTo(20000);
    // Two sides, 4,096 buckets each, and a few rows.
    assertThat(json.path("moved").asInt()).isLessThan(2 * 4096 + 500);
    assertThat(leat.run("diff", "t", "--limit", "1").out()).contains("more than 1 row");
  }

  @Test
  void isNotMisledByChangesUnderWay() throws Exception {
    server.execute(
        "CREATE TABLE t (id int PRIMARY KEY, n int)",
        "INSERT INTO t SELECT i, 0 FROM generate_series(1, 5000) AS i");
    run();
    atCopy("UPDATE public.t SET n = -1 WHERE id = 4321");
    FlowRun run =
        new FlowRun(
            FlowReader.read(folder.resolve("flow.toml"), Map.of("SHOP_URL", server.url()))
                .requireReplication(),
            Terminal.plain(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
    Thread running = Thread.ofPlatform().start(() -> run.run(false));
    AtomicBoolean enough = new AtomicBoolean();
    Thread work =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Connection session = server.connection();
                      Statement statement = session.createStatement()) {
                    for (int i = 0; !enough.get(); i++) {
                      statement.execute(
                          "UPDATE t SET n = n + 1 WHERE id % 50 = " + i % 50 + " AND id <> 4321");
                      statement.execute("INSERT INTO t VALUES (" + (10000 + i) + ", 0)");
                      statement.execute("DELETE FROM t WHERE id = " + (9990 + i));
                    }
                  } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> leat.run("status").out().contains("streaming at"));
      for (int i = 0; i < 3; i++) {
        Cli.Result result = leat.run("diff");
        assertThat(result.out()).contains("1 row differs", "(id=4321): n");
      }
    } finally {
      enough.set(true);
      work.join();
      run.stop();
      running.join();
    }
  }

  private void run() {
    Cli.Result result = leat.run("run", "--until-caught-up");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private void atCopy(String... statements) throws Exception {
    try (Connection copy =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"));
        Statement statement = copy.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
