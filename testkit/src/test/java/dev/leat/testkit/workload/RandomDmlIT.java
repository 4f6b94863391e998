package dev.leat.testkit.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.testkit.compare.TableComparison;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class RandomDmlIT {
  @Test
  void changesRowsInEveryWay() throws SQLException, InterruptedException {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      List<String> tables = createTables(server);
      server.execute("SELECT pg_create_logical_replication_slot('seen', 'test_decoding')");
      DmlSummary summary =
          RandomDml.on(server.jdbcUrl()).tables(tables).seed(1).transactions(250).run();
      assertThat(summary.committed() + summary.rolledBack()).isEqualTo(1000);
      assertThat(summary.rolledBack()).isPositive();
      assertThat(summary.interrupted()).isZero();
      server.execute(
          "CREATE TABLE seen AS SELECT data FROM pg_logical_slot_peek_changes('seen', NULL, NULL)");
      for (String table : tables) {
        for (String change : List.of("INSERT:", "UPDATE:", "UPDATE: old-key:", "DELETE:")) {
          assertThat(changes(server, "table public." + table + ": " + change + "%"))
              .as("%s of %s", change, table)
              .isPositive();
        }
      }
      assertThat(changes(server, "%: TRUNCATE:%")).isPositive();
      assertThat(changes(server, "%unchanged-toast-datum%")).isPositive();
    }
  }

  @Test
  void oneSessionDoesTheSameAgainForTheSameSeed() throws SQLException, InterruptedException {
    try (EmbeddedPostgresServer one = EmbeddedPostgresServer.builder().start();
        EmbeddedPostgresServer other = EmbeddedPostgresServer.builder().start();
        Connection oneConnection = one.connection();
        Connection otherConnection = other.connection()) {
      for (EmbeddedPostgresServer server : List.of(one, other)) {
        List<String> tables = createTables(server);
        RandomDml.on(server.jdbcUrl()).tables(tables).seed(42).sessions(1).transactions(100).run();
      }
      for (String table : List.of("dml_numbers", "dml_texts", "dml_times")) {
        String query = "SELECT * FROM " + table;
        TableComparison.between(oneConnection, query, otherConnection, query)
            .key("id")
            .requireEqual();
      }
    }
  }

  @Test
  void goesOnAfterACrashOfTheServer()
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      RandomDml dml = RandomDml.on(server.jdbcUrl()).tables(createTables(server));
      FutureTask<DmlSummary> running = new FutureTask<>(dml::run);
      Thread.ofVirtual().start(running);
      awaitKeyAbove(server, 20);
      server.crash();
      server.start();
      awaitKeyAbove(server, highestKey(server) + 20);
      dml.stop();
      assertThat(running.get(60, TimeUnit.SECONDS).interrupted()).isBetween(1L, 4L);
    }
  }

  @Test
  void failsWithTheStatementThatFailed() throws SQLException {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      server.execute("CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL CHECK (a = 'never'))");
      RandomDml dml = RandomDml.on(server.jdbcUrl()).tables(List.of("t"));
      assertThatThrownBy(dml::run).rootCause().hasMessageContaining("t_a_check");
      server.execute("CREATE TABLE u (a text)");
      RandomDml withoutKey = RandomDml.on(server.jdbcUrl()).tables(List.of("u"));
      assertThatThrownBy(withoutKey::run).hasMessageContaining("needs a primary key");
    }
  }

  private static void awaitKeyAbove(EmbeddedPostgresServer server, long key) {
    await().atMost(Duration.ofSeconds(60)).until(() -> highestKey(server) > key);
  }

  private static long highestKey(EmbeddedPostgresServer server) throws SQLException {
    return number(server, "SELECT coalesce(max(id), 0) FROM dml_numbers");
  }

  private static List<String> createTables(EmbeddedPostgresServer server) throws SQLException {
    try (Connection connection = server.connection()) {
      return RandomDml.createTables(connection);
    }
  }

  private static long changes(EmbeddedPostgresServer server, String pattern) throws SQLException {
    return number(server, "SELECT count(*) FROM seen WHERE data LIKE '%s'".formatted(pattern));
  }

  private static long number(EmbeddedPostgresServer server, String query) throws SQLException {
    return Long.parseLong(String.valueOf(server.value(query)));
  }
}
