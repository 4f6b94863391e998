package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets to read when a server is not as it should be. */
final class BadInputIT {
  @TempDir private Path folder;

  @Test
  void wrongPassword() throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().password("correct").start()) {
      String url = server.url().replace("correct", "mistaken");

      requireProblem(url, "public.*", "PG_");
    }
  }

  @Test
  void missingTable() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      requireProblem(server.url(), "public.no_such_table", "no_such_table");
    }
  }

  @Test
  void walLevelReplica() throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().setting("wal_level", "replica").start()) {
      server.execute("CREATE TABLE t (id int PRIMARY KEY)");

      requireProblem(server.url(), "public.*", "wal_level");
    }
  }

  @Test
  void missingPrivilege() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
      server.execute(
          "CREATE TABLE t (id int PRIMARY KEY)", "CREATE ROLE reader LOGIN", "CHECKPOINT");
      String url = server.url().replace("postgres@", "reader@");

      requireProblem(url, "public.t", "GRANT");
    }
  }

  /** Both commands say it, in one sentence with a fix, and nothing is left behind. */
  private void requireProblem(String url, String tables, String text) throws IOException {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "env:SHOP_URL"
        tables     = ["%s"]

        [destination.main]
        to = "nowhere"
        """
            .formatted(tables));
    Cli leat = new Cli(folder, Map.of("SHOP_URL", url));

    var checked = leat.run("check");
    assertThat(checked.err()).startsWith("error[PG_").contains(text).contains("  fix: ");
    assertThat(checked.exitCode()).isEqualTo(1);

    var ran = leat.run("run");
    assertThat(ran.err()).startsWith("error[PG_").contains(text).contains("  fix: ");
    assertThat(ran.err()).doesNotContain("\tat ", "mistaken");
    assertThat(ran.exitCode()).isIn(1, 2);
    assertThat(folder.resolve(".leat")).doesNotExist();
  }
}
