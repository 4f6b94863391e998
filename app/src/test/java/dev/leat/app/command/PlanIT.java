package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what a run then does, and changes nothing. */
final class PlanIT {
  @TempDir private Path folder;
  private EmbeddedPostgresServer server;
  private Cli leat;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedPostgresServer.builder().start();
    server.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, total numeric(10,2) NOT NULL, note text)",
        "INSERT INTO orders SELECT i, i, 'n' FROM generate_series(1, 100) AS i",
        "ANALYZE orders");
    leat = new Cli(folder, Map.of("SHOP_URL", server.url()));
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "env:SHOP_URL"
        tables     = ["public.*"]
        into       = "bronze"

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
  void saysWhatAFirstRunWouldDo() throws Exception {
    Cli.Result plan = plan();

    assertThat(plan.exitCode()).isEqualTo(4);
    assertThat(plan.out())
        .contains(
            "would be run for the first time",
            "public.orders  bronze.orders  copy  ~100",
            "total   numeric(10,2)  DECIMAL(10,2)  not null",
            "id      integer        INTEGER        key",
            "CREATE SCHEMA IF NOT EXISTS \"bronze\"",
            "CREATE TABLE \"bronze\".\"orders\" (\"id\" INTEGER, \"total\" DECIMAL(10,2), \"note\" VARCHAR)",
            "CREATE PUBLICATION \"leat_shop_main\" FOR TABLE ONLY \"public\".\"orders\"",
            "CREATE_REPLICATION_SLOT \"leat_shop_main\" LOGICAL pgoutput");
    assertThat(folder.toFile().list()).containsExactly("flow.toml");
  }

  @Test
  void saysWhatALaterRunWouldDo() throws Exception {
    run();
    Cli.Result nothing = plan();
    assertThat(nothing.out()).contains("bronze.orders  follow", "nothing to do but follow");
    assertThat(nothing.exitCode()).isZero();

    server.execute(
        "ALTER TABLE orders DROP COLUMN note",
        "ALTER TABLE orders ADD COLUMN words text",
        "ALTER TABLE orders RENAME total TO amount",
        "CREATE TABLE items (id int PRIMARY KEY)");
    Cli.Result changes = plan();
    assertThat(changes.exitCode()).isEqualTo(4);
    assertThat(changes.out())
        .contains(
            "follow, columns change",
            "column words (text) is new",
            "column note is gone",
            "column total is called amount",
            "public.items   bronze.items   copy",
            "ALTER PUBLICATION \"leat_shop_main\" SET TABLE",
            "cannot be undone",
            "column note of bronze.orders is dropped");
    assertThat(leat.run("plan", "--json").out())
        .contains("\"action\":\"follow\"", "\"action\":\"copy\"", "\"changes\":true");
    server.execute("UPDATE orders SET words = 'w' WHERE id = 1");
    run();
    assertThat(plan().exitCode()).isZero();

    assertThat(leat.run("resync", "orders").exitCode()).isZero();
    assertThat(plan().out()).contains("copy anew", "bronze.orders is dropped at the destination");
    assertThat(leat.run("pause", "items").exitCode()).isZero();
    server.execute("DROP TABLE items");
    assertThat(plan().out()).contains("public.items is gone at the source");
  }

  private void run() {
    Cli.Result result = leat.run("run", "--until-caught-up");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** Nothing is different afterwards, byte for byte. */
  private Cli.Result plan() throws Exception {
    Map<String, Integer> files = files();
    String source = source();
    Cli.Result result = leat.run("plan");
    assertThat(files()).isEqualTo(files);
    assertThat(source()).isEqualTo(source);
    return result;
  }

  private Map<String, Integer> files() throws IOException {
    Map<String, Integer> hashes = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(path).toString(), Arrays.hashCode(Files.readAllBytes(path)));
      }
    }
    return hashes;
  }

  private String source() throws Exception {
    return server.value(
            "SELECT string_agg(slot_name || restart_lsn || confirmed_flush_lsn, ';') FROM"
                + " pg_replication_slots")
        + server.value(
            "SELECT string_agg(p::text || coalesce(t.tables, ''), ';') FROM pg_publication p LEFT JOIN"
                + " (SELECT pubname, string_agg(tablename, ',' ORDER BY tablename) AS tables FROM"
                + " pg_publication_tables GROUP BY pubname) t USING (pubname)")
        + server.value("SELECT count(*) FROM pg_class");
  }
}
