package dev.leat.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.LeatException;
import dev.leat.testkit.junit.PostgresVersions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresServerIT {
  @PostgresVersions
  void startsEachVersionReadyForLogicalReplication(PostgresVersion version) throws SQLException {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder()
            .version(version)
            .setting("logical_decoding_work_mem", "64kB")
            .start()) {
      assertThat(server.version()).isEqualTo(version);
      assertThat(server.value("SHOW server_version")).startsWith(version.major() + ".");
      assertThat(server.value("SHOW wal_level")).isEqualTo("logical");
      assertThat(server.value("SHOW logical_decoding_work_mem")).isEqualTo("64kB");
      assertThat(
              server.value(
                  "SELECT slot_name FROM pg_create_logical_replication_slot('s', 'pgoutput')"))
          .isEqualTo("s");
    }
  }

  @Test
  void keepsItsPortAndDataOverEveryKindOfEnd() throws SQLException {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      int port = server.port();
      server.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      server.restart();
      server.execute("INSERT INTO t VALUES (2)");
      server.stopImmediate();
      assertThat(server.running()).isFalse();
      server.start();
      server.execute("INSERT INTO t VALUES (3)");
      server.crash();
      assertThatThrownBy(server::connection).isInstanceOf(SQLException.class);
      server.start();
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.value("SELECT count(*) FROM t")).isEqualTo("3");
      assertThat(server.log()).contains("automatic recovery in progress");
    }
  }

  @Test
  void runsSeveralServersSideBySide() throws SQLException {
    try (EmbeddedPostgresServer one = EmbeddedPostgresServer.builder().start();
        EmbeddedPostgresServer other = EmbeddedPostgresServer.builder().start()) {
      one.execute("CREATE TABLE t (id int)");
      assertThat(other.value("SELECT to_regclass('t')")).isNull();
      assertThat(one.value("SELECT system_identifier FROM pg_control_system()"))
          .isNotEqualTo(other.value("SELECT system_identifier FROM pg_control_system()"));
    }
  }

  @Test
  void removesItsFilesAndProcessesWhenClosed() {
    EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start();
    Path files = server.dataDirectory().getParent();
    assertThat(files).isDirectory();
    server.close();
    assertThat(files).doesNotExist();
    assertThat(server.running()).isFalse();
    server.close();
    assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void goesOnInADirectoryThatWasGiven(@TempDir Path directory) throws SQLException {
    EmbeddedPostgresBuilder builder = EmbeddedPostgresServer.builder().directory(directory);
    try (EmbeddedPostgresServer server = builder.start()) {
      server.execute("CREATE TABLE t AS SELECT 1 AS id");
    }
    try (EmbeddedPostgresServer server = builder.start()) {
      assertThat(server.value("SELECT id FROM t")).isEqualTo("1");
    }
  }

  @Test
  void asksForThePasswordThatWasSet() throws SQLException {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().password("s3cret").start()) {
      assertThat(server.url()).contains("postgres:s3cret@127.0.0.1");
      try (Connection connection = server.connection()) {
        assertThat(connection.isValid(5)).isTrue();
      }
      String withoutPassword = server.jdbcUrl().replaceAll("&password=.*", "");
      assertThatThrownBy(() -> java.sql.DriverManager.getConnection(withoutPassword))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void failsWithTheLogOfAServerThatDoesNotStart() {
    EmbeddedPostgresBuilder builder =
        EmbeddedPostgresServer.builder().setting("wal_level", "surely not");
    assertThatThrownBy(builder::start)
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("invalid value for parameter \"wal_level\"");
  }

  @Test
  void namesTheBinariesThatAreMissing() {
    EmbeddedPostgresBuilder builder = EmbeddedPostgresServer.builder().version(99);
    assertThatThrownBy(builder::start)
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("postgres/99/");
  }
}
