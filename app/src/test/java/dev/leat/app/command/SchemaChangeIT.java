package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.testkit.compare.TableComparison;
import dev.leat.testkit.junit.PostgresVersionArguments;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import dev.leat.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Tables change their columns while they are replicated. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(PostgresVersionArguments.class)
final class SchemaChangeIT {
  @TempDir private Path folder;
  private final PostgresVersion version;
  private EmbeddedPostgresServer server;
  private Cli leat;

  SchemaChangeIT(PostgresVersion version) {
    this.version = version;
  }

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedPostgresServer.builder().version(version).start();
    server.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a text, n smallint, doc text)",
        "ALTER TABLE t ALTER doc SET STORAGE EXTERNAL",
        "INSERT INTO t SELECT i, 'a' || i, i, repeat('d', 3000) FROM generate_series(1, 100) AS i");
    leat = new Cli(folder, Map.of("SHOP_URL", server.url()));
    flow("mirror");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void flow(String mode) throws IOException {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "env:SHOP_URL"
        tables     = ["public.*"]
        mode       = "%s"

        [destination.main]
        to   = "duckdb"
        path = "shop.duckdb"
        """
            .formatted(mode));
  }

  @Test
  void followsColumnsAddedDroppedRenamedAndWidened() throws Exception {
    run();
    server.execute(
        "UPDATE t SET a = 'before' WHERE id = 1",
        "ALTER TABLE t ALTER n TYPE bigint",
        "UPDATE t SET n = 5000000000 WHERE id = 3",
        "ALTER TABLE t ADD COLUMN b int DEFAULT 7",
        "INSERT INTO t VALUES (101, 'x', 1, 'd', 8)",
        "ALTER TABLE t RENAME COLUMN a TO aa",
        "ALTER TABLE t DROP COLUMN doc",
        "ALTER TABLE t ADD COLUMN doc jsonb",
        "UPDATE t SET doc = '{\"x\": 1}', b = NULL WHERE id = 4",
        "ALTER TABLE t ADD COLUMN \"Ünï\"\"x\" numeric(10,2) DEFAULT 1.5 NOT NULL, ADD COLUMN s varchar(5) DEFAULT 'ä''b'",
        "DELETE FROM t WHERE id = 5",
        "ALTER TABLE t ALTER s TYPE varchar(10), ALTER \"Ünï\"\"x\" TYPE numeric(12,2)",
        "INSERT INTO t (id, s) VALUES (102, '1234567890')");
    run();
    requireEqual("id", "aa", "n", "b", "doc", "\"Ünï\"\"x\"", "s");
  }

  @Test
  void followsThemBetweenTwoRowsOfOneTransaction() throws Exception {
    run();
    server.execute(
        "BEGIN; INSERT INTO t VALUES (201, 'p', 1, 'd'); ALTER TABLE t ADD COLUMN c timestamptz DEFAULT"
            + " '2024-02-29 12:00+02'; INSERT INTO t VALUES (202, 'q', 2, 'd', now()); ALTER TABLE t"
            + " RENAME a TO z; UPDATE t SET z = 'r' WHERE id = 201; ALTER TABLE t DROP COLUMN n;"
            + " INSERT INTO t VALUES (203, 's', 'd', NULL); COMMIT");
    run();
    requireEqual("id", "z", "doc", "c");
  }

  @Test
  void missesNoneOfTwoColumnsAddedWithDataChangesOnlyInBetween() throws Exception {
    run();
    server.execute(
        "ALTER TABLE t ADD COLUMN b int",
        "UPDATE t SET b = id WHERE id < 50",
        "ALTER TABLE t ADD COLUMN c int",
        "UPDATE t SET c = id WHERE id BETWEEN 40 AND 60");
    run();
    requireEqual("id", "a", "n", "doc", "b", "c");
  }

  @Test
  void tellsExchangedNamesFromOtherColumns() throws Exception {
    run();
    server.execute(
        "ALTER TABLE t ADD COLUMN b text DEFAULT 'b'",
        "UPDATE t SET b = 'b' || id",
        "BEGIN; ALTER TABLE t RENAME a TO x; ALTER TABLE t RENAME b TO a; ALTER TABLE t RENAME x TO b; COMMIT",
        "UPDATE t SET a = 'now' WHERE id = 9");
    run();
    requireEqual("id", "a", "n", "doc", "b");
    server.execute(
        "ALTER TABLE t DROP COLUMN b",
        "ALTER TABLE t ADD COLUMN b text",
        "UPDATE t SET b = 'new' WHERE id = 8");
    run();
    requireEqual("id", "a", "n", "doc", "b");
  }

  @Test
  void keepsValuesThatDidNotComeWithAChange() throws Exception {
    run();
    server.execute(
        "ALTER TABLE t ADD COLUMN b text DEFAULT repeat('default', 600)",
        "ALTER TABLE t ALTER b SET STORAGE EXTERNAL",
        "UPDATE t SET n = n + 1 WHERE id % 2 = 0",
        "ALTER TABLE t RENAME doc TO words",
        "UPDATE t SET id = id + 1000 WHERE id % 3 = 0");
    run();
    requireEqual("id", "a", "n", "words", "b");
  }

  @Test
  void losesNothingWhenKilledWhileItFollows() throws Exception {
    for (String failpoint :
        List.of("table-altered", "before-destination-commit", "after-destination-commit")) {
      run();
      String column = "c_" + failpoint.replace('-', '_');
      server.execute(
          "UPDATE t SET a = 'x' WHERE id = 2",
          "ALTER TABLE t ADD COLUMN " + column + " int DEFAULT 3",
          "UPDATE t SET " + column + " = 4 WHERE id % 5 = 0");
      try (ChildJvm child =
          ChildJvm.of(Main.class)
              .failpoint(failpoint)
              .environment("SHOP_URL", server.url())
              .arguments("run", folder.resolve("flow.toml").toString(), "--until-caught-up")
              .start()) {
        assertThat(child.awaitExit(Duration.ofSeconds(60)))
            .as("%s", child.output())
            .isEqualTo(ChildJvm.KILLED);
      }
      server.execute("ALTER TABLE t RENAME " + column + " TO " + column + "2");
      server.execute("UPDATE t SET " + column + "2 = 5 WHERE id = 7");
    }
    run();
    requireEqual(
        "id",
        "a",
        "n",
        "doc",
        "c_table_altered2",
        "c_before_destination_commit2",
        "c_after_destination_commit2");
  }

  @Test
  void keepsInAHistoryWhatWasDropped() throws Exception {
    flow("history");
    run();
    server.execute(
        "ALTER TABLE t DROP COLUMN a",
        "UPDATE t SET n = 0 WHERE id = 1",
        "ALTER TABLE t ADD COLUMN a int DEFAULT 4",
        "UPDATE t SET n = 1 WHERE id = 1",
        "ALTER TABLE t RENAME n TO number",
        "DELETE FROM t WHERE id = 1");
    run();
    assertThat(
            rows(
                "SELECT _leat_op, a_leat_dropped, number, a FROM public.t WHERE id = 1 ORDER BY _leat_lsn NULLS FIRST,"
                    + " _leat_ordinal"))
        .containsExactly("R a1 1 null", "U null 0 null", "U null 1 4", "D null null null");
  }

  @Test
  void stopsATableThatItCannotFollow() throws Exception {
    server.execute("CREATE TABLE other (id int PRIMARY KEY)");
    for (String change :
        List.of(
            "ALTER TABLE t ALTER n TYPE text USING 'n' || n",
            "ALTER TABLE t ADD COLUMN b float8 DEFAULT random()",
            "ALTER TABLE t ADD COLUMN c serial",
            "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (id, a)")) {
      run();
      server.execute(
          change,
          "UPDATE t SET a = a || '.' WHERE id = 2",
          "INSERT INTO other SELECT count(*) FROM other");

      var result = leat.run("run", "--until-caught-up");

      assertThat(result.exitCode()).as(change + result.err()).isEqualTo(1);
      assertThat(leat.run("status").out()).as(change).contains("leat resync public.t");
      assertThat(rows("SELECT count(*) FROM public.other"))
          .containsExactly(server.value("SELECT count(*) FROM other"));
      assertThat(leat.run("resync", "t").exitCode()).isZero();
    }
    run();
    requireEqual("id", "a", "n", "doc", "b", "c");
  }

  private void run() {
    var result = leat.run("run", "--until-caught-up", "--verbose");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection copy =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"));
        Statement statement = copy.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join(" ", values));
      }
    }
    return rows;
  }

  /** All columns, and nothing but those, are the same on both sides. */
  private void requireEqual(String... columns) throws Exception {
    String list = String.join(", ", columns);
    try (Connection source = server.connection();
        Connection copy =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"))) {
      TableComparison.between(
              source, "SELECT " + list + " FROM t", copy, "SELECT " + list + " FROM public.t")
          .key("id")
          .requireEqual();
    }
    assertThat(
            rows(
                "SELECT count(*) FROM duckdb_columns() WHERE schema_name = 'public' AND table_name = 't'"))
        .containsExactly(Integer.toString(columns.length));
  }
}
