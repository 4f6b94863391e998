package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testkit.junit.PostgresVersions;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a close look at a server finds. */
final class DoctorIT {
  @TempDir private Path folder;

  private Cli cli(EmbeddedPostgresServer server) throws Exception {
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
    return new Cli(folder, Map.of("SHOP_URL", server.url()));
  }

  @PostgresVersions
  void findsWhatIsWorthKnowing(PostgresVersion version) throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder()
            .version(version)
            .setting("max_replication_slots", "3")
            .setting("wal_sender_timeout", "2s")
            .start()) {
      server.execute(
          "CREATE TABLE good (id int PRIMARY KEY)",
          "CREATE TABLE full_rows (id int PRIMARY KEY)",
          "ALTER TABLE full_rows REPLICA IDENTITY FULL",
          "CREATE TABLE keyless (id int)",
          "ALTER TABLE keyless REPLICA IDENTITY FULL",
          "CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE)",
          "ALTER TABLE deferred REPLICA IDENTITY FULL",
          "CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY)",
          "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
          "CREATE VIEW words AS SELECT 1 AS one",
          "CREATE TABLE computed (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)",
          "SELECT pg_create_physical_replication_slot('left_behind', true)",
          "SELECT pg_create_logical_replication_slot('left', 'pgoutput')");

      Cli.Result result = cli(server).run("doctor");

      assertThat(result.err()).isEmpty();
      assertThat(result.out().replaceAll("\\s+", " "))
          .contains(
              "2 of 3 replication slots are in use",
              "ALTER SYSTEM SET max_replication_slots = 7",
              "wal_sender_timeout is 2000 ms",
              "without limit",
              "ALTER TABLE \"public\".\"full_rows\" REPLICA IDENTITY DEFAULT;",
              "public.keyless note has no key",
              "its primary key deferred_pkey is deferrable",
              "ALTER TABLE \"public\".\"unlogged\" SET LOGGED;",
              "public.parts note is partitioned",
              "leat resync public.parts",
              "public.words note is a view and left out",
              "0 problems");
      assertThat(result.out().contains("Generated columns of public.computed"))
          .isEqualTo(!version.atLeast(18));
      assertThat(result.exitCode()).isZero();
      assertThat(cli(server).run("doctor", "--all").out())
          .contains("wal_level is logical", "slot left keeps 0 MB of log");
      assertThat(cli(server).run("doctor", "--json").out())
          .contains("\"level\":\"warning\"", "\"area\":\"public.unlogged\"");
    }
  }

  @Test
  void saysWhatPreventsAReplication() throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().setting("wal_level", "replica").start()) {
      server.execute("CREATE TABLE keyless (id int)");

      Cli.Result result = cli(server).run("doctor");

      assertThat(result.out())
          .contains("problem", "ALTER SYSTEM SET wal_level = logical", "REPLICA IDENTITY");
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }
}
