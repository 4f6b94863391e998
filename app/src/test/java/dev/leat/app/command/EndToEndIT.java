package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.app.output.Terminal;
import dev.leat.testkit.compare.TableComparison;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a real PostgreSQL into a DuckDB file, by the commands that a user types. */
final class EndToEndIT {
  @TempDir private Path folder;
  private EmbeddedPostgresServer server;
  private Cli leat;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedPostgresServer.builder().start();
    server.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, total numeric(10,2), note text)",
        "INSERT INTO orders SELECT i, i / 4.0, 'note ' || i FROM generate_series(1, 20000) AS i");
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
  void copiesThenGoesOnWhereItStopped() throws Exception {
    assertThat(leat.run("run", "--until-caught-up").exitCode()).isZero();
    requireEqual();

    server.execute(
        "UPDATE orders SET total = -total WHERE id % 7 = 0",
        "DELETE FROM orders WHERE id % 5 = 0",
        "INSERT INTO orders VALUES (0, NULL, '')",
        "UPDATE orders SET id = id + 100000 WHERE id < 10");
    assertThat(leat.run("run", "--until-caught-up").exitCode()).isZero();
    requireEqual();

    assertThat(leat.run("status").out()).contains("public.orders", "streaming");
    assertThat(leat.run("preview", "orders", "--limit", "3").out()).startsWith("id ");
  }

  @Test
  void goesOnWithAStateFromAnotherMachine() throws Exception {
    assertThat(leat.run("run", "--until-caught-up").exitCode()).isZero();
    server.execute(
        "ALTER TABLE orders ADD COLUMN extra int DEFAULT 5", "DELETE FROM orders WHERE id = 1");
    assertThat(leat.run("run", "--until-caught-up").exitCode()).isZero();
    assertThat(leat.run("state", "show").out())
        .contains("shop_main", "public.orders → public.orders  streaming", "extra integer");
    String exported = leat.run("state", "export").out();
    assertThat(exported).doesNotContain("postgres://");
    Path document = Files.writeString(folder.resolve("state.json"), exported);
    Cli.Result refused = leat.run("state", "import", "--input", "state.json");
    assertThat(refused.err()).startsWith("error[STATE_EXISTS]").contains("--replace");
    for (String name : new String[] {"shop.db", "shop.lock", "shop.holder"}) {
      Files.deleteIfExists(folder.resolve(".leat").resolve(name));
    }
    assertThat(leat.run("run", "--until-caught-up").err()).startsWith("error[");
    for (String name : new String[] {"shop.db", "shop.lock", "shop.holder"}) {
      Files.deleteIfExists(folder.resolve(".leat").resolve(name));
    }

    assertThat(leat.run("state", "import", "--input", "state.json").exitCode()).isZero();
    assertThat(leat.run("state", "export").out()).isEqualTo(exported);
    server.execute("UPDATE orders SET extra = 6 WHERE id = 2");
    Cli.Result result = leat.run("run", "--until-caught-up", "--json");
    assertThat(result.out()).contains("\"rows_copied\":0", "\"changes_applied\":1");
    requireEqual();

    Files.writeString(document, exported.replace("\"leat_state\":1", "\"leat_state\":9"));
    assertThat(leat.run("state", "import", "--input", "state.json", "--replace").err())
        .contains("newer");
    Files.writeString(document, exported.replace("shop_main", "other_main"));
    assertThat(leat.run("state", "import", "--input", "state.json", "--replace").err())
        .contains("STATE_OTHER_FLOW");
    assertThat(leat.run("state").exitCode()).isEqualTo(2);
  }

  @Test
  void writesAFlowFromWhatItFinds() throws Exception {
    server.execute(
        "CREATE SCHEMA \"Sales\"",
        "CREATE TABLE \"Sales\".\"we\"\"ird\" (id int PRIMARY KEY)",
        "CREATE TABLE keyless (id int)",
        "ANALYZE");
    Cli.Result result = leat.run("init", "found", "--from", "env:SHOP_URL");

    assertThat(result.exitCode()).as(result.err()).isZero();
    String written = Files.readString(folder.resolve("found/flow.toml"));
    assertThat(written)
        .contains(
            "tables     = [\"Sales.*\", \"public.*\"]",
            "\"public.keyless\"",
            "REPLICA IDENTITY",
            "public.orders: about 20,000 rows",
            "key (id)")
        .doesNotContain(server.url());
    assertThat(leat.run("check", "found/flow.toml").err()).contains("is ready: 2 tables");
    assertThat(leat.run("run", "found/flow.toml", "--until-caught-up").exitCode()).isZero();
    assertThat(leat.run("init", "nowhere", "--from", "postgres://leat@127.0.0.1:1/shop").exitCode())
        .isEqualTo(1);
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void needsNoFile() throws Exception {
    String[] flow = {"--from", server.url(), "--to", "out.duckdb", "--tables", "public.orders"};
    assertThat(leat.run("plan", flow[0], flow[1], flow[2], flow[3]).exitCode()).isEqualTo(4);
    for (int i = 0; i < 2; i++) {
      Cli.Result result =
          leat.run(
              "run", flow[0], flow[1], flow[2], flow[3], flow[4], flow[5], "--until-caught-up");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out() + result.err()).doesNotContain(server.url());
      server.execute("DELETE FROM orders WHERE id = " + (i + 1));
    }
    assertThat(leat.run("status", "--from", "env:SHOP_URL", "--to", "out.duckdb").out())
        .contains("public.orders", "streaming");
    assertThat(folder.resolve(".leat/out.db")).exists();
    try (Connection copy =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("out.duckdb"));
        ResultSet count =
            copy.createStatement().executeQuery("SELECT count(*) FROM public.orders")) {
      assertThat(count.next()).isTrue();
      assertThat(count.getInt(1)).isEqualTo(19999);
    }
    assertThat(leat.run("run", "flow.toml", "--from", "env:SHOP_URL").exitCode()).isEqualTo(2);
  }

  @Test
  void countsEveryChangeOfALargeTransaction() throws Exception {
    assertThat(leat.run("run", "--until-caught-up").exitCode()).isZero();
    server.execute(
        "INSERT INTO orders SELECT i, i, 'large' FROM generate_series(100001, 350000) AS i");

    var result = leat.run("run", "--until-caught-up", "--json");

    assertThat(result.out()).contains("\"changes_applied\":250000");
    requireEqual();
  }

  @Test
  void queriesTheDestinationAndChangesNothing() throws Exception {
    assertThat(leat.run("run", "--until-caught-up").exitCode()).isZero();

    assertThat(
            leat.run(
                    "sql",
                    "SELECT NULL AS a, '' AS b, 'x,\"y' AS c, note FROM public.orders WHERE id = 7;",
                    "--csv")
                .out())
        .isEqualTo("a,b,c,note\n,\"\",\"x,\"\"y\",note 7\n");
    assertThat(
            leat.run("sql", "SELECT id FROM public.orders ORDER BY id", "--limit", "2", "--json")
                .out())
        .contains("[[\"1\"],[\"2\"]]");
    for (String write :
        new String[] {
          "DELETE FROM orders",
          "SELECT 1; DROP TABLE orders",
          "COMMIT; DROP TABLE orders",
          "COPY orders TO '" + folder.resolve("out.csv") + "'",
          "SELECT 1) ; DROP TABLE orders; SELECT * FROM (SELECT 1"
        }) {
      var result = leat.run("sql", write);
      assertThat(result.err()).as(write).startsWith("error[DUCKDB_QUERY]").contains("  fix: ");
      assertThat(result.exitCode()).isEqualTo(2);
    }
    assertThat(leat.run("sql", "SELECT nothing FROM public.orders").err()).contains("nothing");
    assertThat(folder.resolve("out.csv")).doesNotExist();
    requireEqual();
  }

  @Test
  void refusesASecondProcessAndNamesTheFirst() throws Exception {
    assertThat(leat.run("run", "--until-caught-up").exitCode()).isZero();
    FlowRun run =
        new FlowRun(
            FlowReader.read(folder.resolve("flow.toml"), Map.of("SHOP_URL", server.url()))
                .requireReplication(),
            Terminal.plain(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
    Thread running = Thread.ofPlatform().start(() -> run.run(false));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> leat.run("status").out().contains("running in process"));

    var second = leat.run("run", "--until-caught-up");

    assertThat(second.exitCode()).isNotZero();
    assertThat(second.err()).contains(Long.toString(ProcessHandle.current().pid()));
    assertThat(leat.run("preview", "orders", "--limit", "1").out()).startsWith("id ");
    assertThat(leat.run("sql", "SELECT count(*) AS n FROM public.orders", "--csv").out())
        .isEqualTo("n\n20000\n");
    run.stop();
    running.join();
  }

  @Test
  void refusesAFileOfAnotherProgram() throws Exception {
    Path file = Files.writeString(folder.resolve("shop.duckdb"), "not a database");

    var result = leat.run("run", "--until-caught-up");

    assertThat(result.exitCode()).isIn(1, 2);
    assertThat(result.err()).startsWith("error[").contains("shop.duckdb", "  fix: ");
    assertThat(file).hasContent("not a database");
  }

  private void requireEqual() throws Exception {
    try (Connection source = server.connection();
        Connection copy =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"))) {
      TableComparison.between(source, "SELECT * FROM orders", copy, "SELECT * FROM public.orders")
          .key("id")
          .requireEqual();
    }
  }
}
