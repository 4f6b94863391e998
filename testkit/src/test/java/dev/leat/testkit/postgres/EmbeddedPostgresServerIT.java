package dev.leat.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.spi.error.LeatException;
import dev.leat.testkit.junit.PostgresVersions;
import dev.leat.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresServerIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

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
      assertThatThrownBy(() -> DriverManager.getConnection(withoutPassword))
          .isInstanceOf(SQLException.class);
    }
  }

  @PostgresVersions
  void followsAPrimaryAndTakesItsPlace(PostgresVersion version) throws SQLException {
    try (EmbeddedPostgresServer primary =
        EmbeddedPostgresServer.builder().version(version).password("s3cret").start()) {
      primary.execute("CREATE TABLE t AS SELECT 1 AS id");
      try (EmbeddedPostgresServer standby =
          EmbeddedPostgresServer.builder().standbyOf(primary).start()) {
        assertThat(standby.value("SELECT pg_is_in_recovery()")).isEqualTo("t");
        primary.execute("INSERT INTO t VALUES (2)");
        await().until(() -> "2".equals(standby.value("SELECT count(*) FROM t")));
        primary.crash();
        assertThat(standby.value("SELECT pg_promote()")).isEqualTo("t");
        standby.execute("INSERT INTO t VALUES (3)");
        standby.restart();
        assertThat(standby.value("SELECT count(*) FROM t")).isEqualTo("3");
      }
    }
  }

  @Test
  void servesTlsWithItsOwnCertificate() throws SQLException {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().tls().start()) {
      String url =
          server.jdbcUrl() + "&sslmode=verify-full&sslrootcert=" + server.certificate().toString();
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getBoolean(1)).isTrue();
      }
    }
  }

  @Test
  void closesItsServersWhenTheJvmEnds() {
    try (ChildJvm child = ChildJvm.of(ServerProgram.class).start()) {
      Path files = serverFiles(child);
      assertThat(files).isDirectory();
      child.terminate();
      child.awaitExit(LIMIT);
      assertThat(files).doesNotExist();
    }
  }

  @Test
  void removesTheServersOfAKilledProcess() throws IOException {
    try (ChildJvm child = ChildJvm.of(ServerProgram.class).start()) {
      Path files = serverFiles(child);
      PidFile orphan = PidFile.read(files.resolve("data")).orElseThrow();
      child.kill9();
      assertThat(orphan.process()).isPresent();
      EmbeddedPostgresServer.builder().start().close();
      assertThat(orphan.process()).isEmpty();
      assertThat(files).doesNotExist();
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

  private static Path serverFiles(ChildJvm child) {
    return Path.of(child.awaitLine("^files ", LIMIT).substring("files ".length()));
  }
}
