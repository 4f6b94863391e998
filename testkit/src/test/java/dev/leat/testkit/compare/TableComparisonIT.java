package dev.leat.testkit.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TableComparisonIT {
  private static EmbeddedPostgresServer server;
  private Connection postgres;
  private Connection duckDb;

  @BeforeAll
  static void startServer() {
    server = EmbeddedPostgresServer.builder().start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    postgres = server.connection();
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void disconnect() throws SQLException {
    execute(postgres, "DROP TABLE IF EXISTS t");
    postgres.close();
    duckDb.close();
  }

  @Test
  void findsEqualWhatIsWrittenDifferently() throws SQLException {
    execute(
        postgres,
        """
        CREATE TABLE t (id int PRIMARY KEY, flag bool, big int8, amount numeric(12, 3),
          ratio float8, single float4, body text, raw bytea, day date, at_time time, moment timestamp,
          at_zone timestamptz, took interval, token uuid, doc jsonb, src json, list int[],
          words text[], moments timestamptz[], matrix int[][])
        """,
        """
        INSERT INTO t VALUES
          (1, true, 9007199254740993, 1.5, 'NaN', 1.1, 'ü€😀 ''"\\', '\\x00ff61', '2024-02-29',
           '12:30:00.25', '2024-03-31 02:30:00.5', '2024-03-31 02:30:00+02',
           '1 year 2 mons 3 days 04:05:06.7', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
           '{"b": 1, "a": [null, 1.50]}', '{"x":  1}', '{1,NULL,3}',
           '{"a,b","\\"q\\"",NULL,"NULL",""}', '{"2024-01-01 00:00:00+02",infinity}', '{{1,2},{3,4}}'),
          (2, false, -1, -0.001, '-Infinity', 'Infinity', '', '', '0044-03-15 BC', '24:00:00',
           '0044-03-15 12:00:00 BC', '-infinity', '-1 day -02:00:00', NULL, 'null', '[]', '{}',
           '{}', '{}', '{}'),
          (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL, NULL),
          (4, NULL, NULL, NULL, 1e-300, 3e38, 'NULL', NULL, 'infinity', '00:00:00', 'infinity',
           '290000-12-31 23:59:59.999999+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
        """);
    execute(
        duckDb,
        """
        CREATE TABLE t (words VARCHAR[], id INTEGER, flag BOOLEAN, big BIGINT,
          amount DECIMAL(18, 6), ratio DOUBLE, single FLOAT, body VARCHAR, raw BLOB, day DATE,
          at_time TIME, moment TIMESTAMP, at_zone TIMESTAMPTZ, took INTERVAL, token UUID, doc JSON,
          src VARCHAR, list INTEGER[], moments TIMESTAMPTZ[], matrix INTEGER[][])
        """,
        """
        INSERT INTO t VALUES
          (['a,b', '"q"', NULL, 'NULL', ''], 1, true, 9007199254740993, 1.5, 'nan', 1.1,
           'ü€😀 ''"\\', '\\x00\\xFFa', '2024-02-29', '12:30:00.25', '2024-03-31 02:30:00.5',
           '2024-03-31 02:30:00+02', INTERVAL '14 months 3 days 04:05:06.7',
           'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"b": 1, "a": [null, 1.50]}', '{"x":  1}',
           [1, NULL, 3], ['2024-01-01 00:00:00+02'::TIMESTAMPTZ, 'infinity'], [[1, 2], [3, 4]]),
          ([], 2, false, -1, -0.001, '-inf', 'inf', '', '', '0044-03-15 (BC)', '24:00:00',
           '0044-03-15 (BC) 12:00:00', '-infinity', INTERVAL '-1 day -2 hours', NULL, 'null',
           '[]', [], [], []),
          (NULL, 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL, NULL),
          (NULL, 4, NULL, NULL, NULL, 1e-300, 3e38, 'NULL', NULL, 'infinity', '00:00:00',
           'infinity', '290000-12-31 23:59:59.999999+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL)
        """);
    comparison().requireEqual();
    inTimeZone("America/Sao_Paulo", () -> comparison().requireEqual());
    inTimeZone("Europe/Amsterdam", () -> comparison().requireEqual());
  }

  @Test
  void namesRowsThatDiffer() throws SQLException {
    for (Connection connection : new Connection[] {postgres, duckDb}) {
      execute(connection, "CREATE TABLE t (id int, name text, amount numeric(10, 2))");
    }
    execute(
        postgres,
        "INSERT INTO t VALUES (1, 'same', 1), (2, 'old', 2), (3, 'gone', 3), (10, NULL, 4)");
    execute(
        duckDb,
        "INSERT INTO t VALUES (1, 'same', 1), (2, 'new', 2), (4, 'extra', 3), (10, 'NULL', 4),"
            + " (10, 'NULL', 4)");
    TableDifference difference = comparison().difference();
    assertThat(difference.isEmpty()).isFalse();
    assertThat(difference.keys()).isEqualTo(4);
    assertThat(difference.toString())
        .contains("4 keys differ; expected 4 rows", "found 5 rows")
        .contains("changed     id=2: name expected old, found new")
        .contains("missing     id=3: id=3, name=gone, amount=3")
        .contains("unexpected  id=4: id=4, name=extra, amount=3")
        .contains("repeated    id=10: expected 1 times, found 2 times")
        .doesNotContain("id=1:");
    assertThatThrownBy(() -> comparison().requireEqual()).isInstanceOf(AssertionError.class);
  }

  @Test
  void countsDuplicatesOfRowsWithoutAKey() throws SQLException {
    for (Connection connection : new Connection[] {postgres, duckDb}) {
      execute(connection, "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1), (1), (NULL)");
    }
    TableComparison withoutKey =
        TableComparison.between(postgres, "SELECT * FROM t", duckDb, "SELECT * FROM t");
    withoutKey.requireEqual();
    execute(duckDb, "INSERT INTO t VALUES (1)");
    assertThat(withoutKey.difference().toString())
        .contains("repeated    a=1: expected 2 times, found 3 times");
  }

  @Test
  void namesColumnsThatAreOnOneSideOnly() throws SQLException {
    execute(postgres, "CREATE TABLE t (id int, a int)");
    execute(duckDb, "CREATE TABLE t (id int, b int, loaded_at timestamp)");
    TableDifference difference = comparison().ignoring("loaded_at").difference();
    assertThat(difference.toString()).isEqualTo("columns missing: [a], unexpected: [b]");
    assertThat(difference.isEmpty()).isFalse();
  }

  @Test
  void digestsRowsInAnyOrder() throws SQLException {
    String numbers = "SELECT i AS id, 'x' || i AS name FROM generate_series(1, 10000) AS g(i) ";
    TableDigest up = TableDigest.of(postgres, numbers + "ORDER BY i");
    assertThat(up.rows()).isEqualTo(10_000);
    assertThat(up).isEqualTo(TableDigest.of(duckDb, numbers + "ORDER BY i DESC"));
    assertThat(up).isNotEqualTo(TableDigest.of(postgres, numbers + "WHERE i > 1"));
    assertThat(postgres.getAutoCommit()).isTrue();
  }

  private TableComparison comparison() throws SQLException {
    return TableComparison.between(postgres, "SELECT * FROM t", duckDb, "SELECT * FROM t")
        .key("id");
  }

  private interface Check {
    void run() throws SQLException;
  }

  private static void inTimeZone(String id, Check check) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(id));
    try {
      check.run();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
