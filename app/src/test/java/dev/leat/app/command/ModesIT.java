package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.app.Main;
import dev.leat.testkit.compare.TableComparison;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a table can be at the destination, and a table whose shape changes while another one goes
 * on.
 */
final class ModesIT {
  @TempDir private Path folder;
  private EmbeddedPostgresServer server;
  private Cli leat;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedPostgresServer.builder().start();
    server.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, note text, doc text)",
        "ALTER TABLE orders ALTER doc SET STORAGE EXTERNAL",
        "INSERT INTO orders SELECT i, 'n' || i, repeat('x', 5000) FROM generate_series(1, 5) AS i",
        "CREATE TABLE other (id int PRIMARY KEY)");
    leat = new Cli(folder, Map.of("SHOP_URL", server.url()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void flow(String settings) throws IOException {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "env:SHOP_URL"
        tables     = ["public.*"]
        into       = "bronze"
        %s

        [destination.main]
        to   = "duckdb"
        path = "shop.duckdb"
        """
            .formatted(settings));
  }

  @Test
  void keepsEveryChangeInAHistory() throws Exception {
    flow("mode = \"history\"\nrename = { \"public.orders\" = \"log.order_changes\" }");
    run();
    server.execute(
        "UPDATE orders SET note = 'new' WHERE id = 1",
        "DELETE FROM orders WHERE id = 2",
        "TRUNCATE orders");
    run();
    assertThat(
            rows(
                "SELECT id, note, doc IS NULL, _leat_op, _leat_unchanged FROM log.order_changes WHERE _leat_op <> 'R'"
                    + " ORDER BY _leat_lsn, _leat_ordinal"))
        .containsExactly("1 new true U [\"doc\"]", "2 null true D null", "null null true T null");
    assertThat(rows("SELECT count(*) FROM log.order_changes WHERE _leat_op = 'R'"))
        .containsExactly("5");
  }

  @Test
  void marksDeletedRowsWhenAskedTo() throws Exception {
    flow("deletes = \"soft\"");
    run();
    server.execute("DELETE FROM orders WHERE id = 2", "UPDATE orders SET note = 'x' WHERE id = 3");
    run();
    assertThat(
            rows(
                "SELECT id, note, length(doc), _leat_deleted FROM bronze.orders WHERE id < 4 ORDER BY id"))
        .containsExactly("1 n1 5000 false", "2 n2 5000 true", "3 x 5000 false");
  }

  @Test
  void copiesATableAnewThatChangedBeforeItWasRead() throws Exception {
    flow("");
    Path held = folder.resolve("held");
    try (ChildJvm leat =
        ChildJvm.of(Main.class)
            .environment("SHOP_URL", server.url())
            .holdAt("copy-planned", held)
            .arguments("run", folder.resolve("flow.toml").toString(), "--until-caught-up")
            .start()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(held));
      server.execute(
          "ALTER TABLE orders ADD COLUMN extra int DEFAULT 7",
          "ALTER TABLE orders DROP COLUMN note",
          "INSERT INTO orders (id, extra) VALUES (6, 8)");
      Files.delete(held);
      assertThat(leat.awaitExit(Duration.ofSeconds(60))).as("%s", leat.output()).isZero();
    }
    assertThat(rows("SELECT id, extra FROM bronze.orders ORDER BY id"))
        .containsExactly("1 7", "2 7", "3 7", "4 7", "5 7", "6 8");
    run();
    assertThat(rows("SELECT count(*) FROM bronze.orders")).containsExactly("6");
  }

  @Test
  void copiesOnlyOrStreamsOnly() throws Exception {
    flow("initial = \"copy\"");
    run();
    assertThat(rows("SELECT count(*) FROM bronze.orders")).containsExactly("5");
    assertThat(server.value("SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");

    Files.delete(folder.resolve("shop.duckdb"));
    Files.delete(folder.resolve(".leat/shop.db"));
    flow("initial = \"stream\"");
    run();
    server.execute("INSERT INTO orders VALUES (6, 'six', NULL)");
    run();
    assertThat(rows("SELECT id FROM bronze.orders")).containsExactly("6");
  }

  @Test
  void stopsATableWhoseShapeChangedAndCopiesItAnewOnRequest() throws Exception {
    flow("");
    run();
    server.execute(
        "ALTER TABLE orders ADD COLUMN extra float8 DEFAULT random()",
        "INSERT INTO orders VALUES (6, 'six', NULL, 8)",
        "INSERT INTO other VALUES (1)");
    var stopped = leat.run("run", "--until-caught-up");
    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(leat.run("status").out()).contains("leat resync public.orders");
    assertThat(rows("SELECT count(*) FROM bronze.other")).containsExactly("1");

    assertThat(leat.run("resync", "orders").exitCode()).isZero();
    server.execute("UPDATE orders SET extra = 9 WHERE id = 1");
    run();
    try (Connection source = server.connection();
        Connection copy = copy()) {
      TableComparison.between(source, "SELECT * FROM orders", copy, "SELECT * FROM bronze.orders")
          .key("id")
          .requireEqual();
    }
  }

  @Test
  void neverStartsFromZeroByItself() throws Exception {
    flow("");
    run();
    Path file = folder.resolve("shop.duckdb");
    Path aside = Files.move(file, folder.resolve("aside.duckdb"));
    var lost = leat.run("run", "--until-caught-up");
    assertThat(lost.exitCode()).isNotZero();
    assertThat(lost.err()).contains("DESTINATION_LOST");
    Files.deleteIfExists(file);
    Files.move(aside, file);
    server.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    var slotGone = leat.run("run", "--until-caught-up");
    assertThat(slotGone.exitCode()).isNotZero();
    assertThat(slotGone.err()).contains("slot");
  }

  private void run() {
    var result = leat.run("run", "--until-caught-up");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private Connection copy() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"));
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection copy = copy();
        Statement statement = copy.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : " ").append(result.getString(i));
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }
}
