package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user gets to read when something is not as it should be: by both commands one sentence
 * with its fix, and nothing half-made is left behind, neither here nor at the server.
 */
final class BadInputIT {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY)";

  @TempDir private Path folder;

  @Test
  void wrongPassword() throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().password("correct").start()) {
      server.execute(TABLE);
      String url = server.url().replace("correct", "mistaken");

      requireProblem(url, "public.*", "PG_AUTH", "password");
      requireNothingLeft(server);
    }
  }

  @Test
  void hostDown() throws Exception {
    String url;
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      url = server.url();
    }

    requireProblem(url, "public.*", "PG_UNREACHABLE", "127.0.0.1");
  }

  @Test
  void serverTooOld() throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().version(PostgresVersion.TOO_OLD).start()) {
      server.execute(TABLE);

      requireProblem(server.url(), "public.*", "PG_VERSION", "14 is the oldest");
      requireNothingLeft(server);
    }
  }

  @Test
  void walLevelReplica() throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().setting("wal_level", "replica").start()) {
      server.execute(TABLE);

      requireProblem(server.url(), "public.*", "PG_WAL_LEVEL", "ALTER SYSTEM SET wal_level");
      requireNothingLeft(server);
    }
  }

  @Test
  void missingPrivilege() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      server.execute(TABLE, "CREATE ROLE reader LOGIN");
      String url = server.url().replace("postgres@", "reader@");

      requireProblem(url, "public.t", "PG_", "GRANT");
      requireNothingLeft(server);
    }
  }

  @Test
  void missingTable() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      requireProblem(server.url(), "public.no_such_table", "PG_TABLE_MISSING", "no_such_table");
      requireNothingLeft(server);
    }
  }

  @Test
  void aDestinationOfAnotherProgram() throws Exception {
    Path file = Files.writeString(folder.resolve("copy.duckdb"), "not a database");
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      server.execute(TABLE);

      requireProblem(server.url(), "public.t", "DUCKDB_NOT_A_DATABASE", "copy.duckdb");
      requireNothingLeft(server);
    }
    assertThat(file).hasContent("not a database");
  }

  @Test
  void aSchemaThatIsNamedAsTheFile() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      server.execute("CREATE SCHEMA copy", "CREATE TABLE copy.t (id int PRIMARY KEY)");
      Files.writeString(
          folder.resolve("flow.toml"),
          """
          flow = "shop"

          [source.main]
          from       = "postgres"
          connection = "env:SHOP_URL"
          tables     = ["copy.t"]

          [destination.main]
          to   = "duckdb"
          path = "copy.duckdb"
          """);

      var result = new Cli(folder, Map.of("SHOP_URL", server.url())).run("run");

      assertThat(result.err()).startsWith("error[DUCKDB_NAMES_COLLIDE").contains("  fix: ");
      requireNothingLeft(server);
    }
  }

  @Test
  void aTableOfAnotherProgram() throws Exception {
    try (Connection other =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("copy.duckdb"));
        Statement statement = other.createStatement()) {
      statement.execute("CREATE SCHEMA public");
      statement.execute("CREATE TABLE public.t AS SELECT 'mine' AS words");
    }
    byte[] before = Files.readAllBytes(folder.resolve("copy.duckdb"));
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      server.execute(TABLE);

      requireProblem(server.url(), "public.t", "DUCKDB_TABLE_EXISTS", "public.t");
      requireNothingLeft(server);
    }
    assertThat(folder.resolve("copy.duckdb")).hasBinaryContent(before);
  }

  @Test
  void anUnknownKeyAndAWrongType() throws Exception {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from        = "postgres"
        conection   = "env:SHOP_URL"
        connection  = "env:SHOP_URL"
        tables      = 5

        [destination.main]
        to   = "duckdb"
        path = "copy.duckdb"
        """);
    for (String command : List.of("check", "run")) {
      var result =
          new Cli(folder, Map.of("SHOP_URL", "postgres://nobody@127.0.0.1:1/x")).run(command);

      assertThat(result.err())
          .contains("flow.toml:5:1", "connection", "flow.toml:7:", "tables", "  fix: ")
          .doesNotContain("\tat ");
      assertThat(result.exitCode()).isEqualTo(2);
    }
    requireNothingHere();
  }

  private void requireProblem(String url, String tables, String code, String text)
      throws IOException {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from            = "postgres"
        connection      = "env:SHOP_URL"
        connect_timeout = "3s"
        tables          = ["%s"]

        [destination.main]
        to   = "duckdb"
        path = "copy.duckdb"
        """
            .formatted(tables));
    Cli leat = new Cli(folder, Map.of("SHOP_URL", url));
    boolean ownFile = !Files.exists(folder.resolve("copy.duckdb"));
    Set<Integer> exitCodes = new TreeSet<>();
    for (String command : List.of("check", "run")) {
      var result = leat.run(command);

      assertThat(result.err()).startsWith("error[" + code).contains(text).contains("  fix: ");
      assertThat(result.err()).doesNotContain("\tat ", "mistaken");
      exitCodes.add(result.exitCode());
      if (ownFile) {
        requireNothingHere();
      } else {
        assertThat(folder.resolve(".leat")).doesNotExist();
      }
    }
    assertThat(exitCodes).hasSize(1).isSubsetOf(1, 2);
  }

  private void requireNothingHere() {
    assertThat(folder.toFile().list()).containsExactly("flow.toml");
  }

  private static void requireNothingLeft(EmbeddedPostgresServer server) throws Exception {
    assertThat(server.value("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    assertThat(server.value("SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");
  }
}
