package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.Finding;
import dev.leat.spi.source.Finding.Severity;
import dev.leat.spi.source.Snapshot;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import dev.leat.spi.source.TableSelection;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConnectIT {
  private static final TableSelection ALL = new TableSelection(List.of("public.*"), List.of());

  private static void assertFails(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> {
              assertThat(e.code().name()).isEqualTo(code);
              assertThat(e.message()).endsWith(".").doesNotContain("hunter2");
              assertThat(e.fix()).isNotEmpty();
            });
  }

  private static List<String> codes(List<Finding> findings, Severity severity) {
    return findings.stream()
        .filter(finding -> finding.severity() == severity)
        .map(finding -> finding.problem().code().name())
        .toList();
  }

  private static List<TableSchema> schemas(Source source) {
    return source.discover(ALL).stream().map(SourceTable::schema).toList();
  }

  @Test
  void tellsWhatIsWrongWithALogin() throws Exception {
    try (EmbeddedPostgresServer server =
            EmbeddedPostgresServer.builder().password("right").start();
        TestDatabase database = TestDatabase.on(server)) {
      String address = "127.0.0.1:" + server.port();
      try (Source source =
          database.source("postgres://postgres:hunter2@" + address + "/postgres", Map.of())) {
        assertFails("PG_AUTH", () -> source.discover(ALL));
      }
      try (Source source =
          database.source("postgres://postgres@" + address + "/postgres", Map.of())) {
        assertFails("PG_AUTH", () -> source.discover(ALL));
      }
      try (Source source =
          database.source(
              "postgres://postgres@" + address + "/postgres",
              Map.of("password", new Secret("right")))) {
        assertThat(source.discover(ALL)).isEmpty();
      }
      try (Source source =
          database.source("postgres://nobody:hunter2@" + address + "/postgres", Map.of())) {
        assertFails("PG_AUTH", () -> source.discover(ALL));
      }
      try (Source source =
          database.source("postgres://postgres:right@" + address + "/nothing", Map.of())) {
        assertFails("PG_DATABASE_UNKNOWN", () -> source.discover(ALL));
      }
      try (Source source =
          database.source(
              "postgres://postgres:right@" + address + "/postgres?sslmode=require", Map.of())) {
        assertFails("PG_TLS", () -> source.discover(ALL));
      }
      Files.writeString(
          server.dataDirectory().resolve("pg_hba.conf"),
          "local all all trust\nhost " + database.name() + " all 127.0.0.1/32 scram-sha-256\n",
          StandardOpenOption.TRUNCATE_EXISTING);
      database.execute("SELECT pg_reload_conf()");
      try (Source source =
          database.source("postgres://postgres:right@" + address + "/template1", Map.of())) {
        org.awaitility.Awaitility.await()
            .untilAsserted(() -> assertFails("PG_NO_HBA_ENTRY", () -> source.discover(ALL)));
      }
      Files.writeString(
          server.dataDirectory().resolve("pg_hba.conf"),
          "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n",
          StandardOpenOption.TRUNCATE_EXISTING);
      database.execute("SELECT pg_reload_conf()");
    }
  }

  @Test
  void tellsThatTheServerIsDownAndComesBackWithIt() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start();
        TestDatabase database = TestDatabase.on(server);
        Source source = database.source()) {
      database.execute("CREATE TABLE t (id int PRIMARY KEY)");
      assertThat(source.discover(ALL)).hasSize(1);
      server.stopImmediate();
      assertFails("PG_UNREACHABLE", () -> source.discover(ALL));
      server.start();
      assertThat(source.discover(ALL)).hasSize(1);
      database.reconnect();
    }
  }

  @Test
  void refusesToStreamFromAServerThatCannot() throws Exception {
    try (EmbeddedPostgresServer server =
            EmbeddedPostgresServer.builder().setting("wal_level", "replica").start();
        TestDatabase database = TestDatabase.on(server);
        Source source = database.source()) {
      database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      List<Finding> findings = source.check(schemas(source), true);
      assertThat(codes(findings, Severity.ERROR)).containsExactly("PG_WAL_LEVEL");
      assertThat(findings.getFirst().problem().fix())
          .startsWith("ALTER SYSTEM SET wal_level = logical;");
      assertThat(source.check(schemas(source), false)).isEmpty();
      assertFails(
          "PG_WAL_LEVEL",
          () -> source.startStream("r", List.of(new TableId("public", "t")), false));
      assertThat(database.value("SELECT count(*) FROM pg_publication")).isEqualTo("0");
      try (Snapshot snapshot = source.openSnapshot("r", false)) {
        assertThat(snapshot.plan(schemas(source).getFirst(), 1).ranges()).hasSize(1);
      }
    }
  }

  @Test
  void namesMissingPrivileges() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      String role = "reader_" + database.name();
      database.execute(
          "CREATE TABLE t (id int PRIMARY KEY)",
          "CREATE TABLE hidden (id int PRIMARY KEY)",
          "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
          "CREATE ROLE " + role + " LOGIN",
          "GRANT SELECT ON hidden TO " + role);
      String url = database.url().replace("postgres@", role + "@");
      try (Source source = database.source(url, Map.of())) {
        List<Finding> findings = source.check(schemas(source), true);
        assertThat(codes(findings, Severity.ERROR))
            .containsExactlyInAnyOrder(
                "PG_PRIVILEGE", "PG_ROW_SECURITY", "PG_PRIVILEGE", "PG_PRIVILEGE");
        assertThat(findings.stream().map(finding -> finding.problem().fix()))
            .anyMatch(fix -> fix.contains("GRANT SELECT ON \"public\".\"t\" TO \"" + role + "\""))
            .anyMatch(fix -> fix.contains("ALTER ROLE \"" + role + "\" REPLICATION"))
            .anyMatch(fix -> fix.contains("CREATE PUBLICATION"));
        assertFails(
            "PG_PRIVILEGE",
            () -> source.startStream("r", List.of(new TableId("public", "t")), false));
        assertFails(
            "PG_PRIVILEGE",
            () -> {
              try (Snapshot snapshot = source.openSnapshot("r", false)) {
                TableSchema table = schemas(source).getLast();
                snapshot.read(table, snapshot.plan(table, 1).ranges().getFirst()).close();
              }
            });
      }
      database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }
  }

  @Test
  void warnsAndRefusesBeforeHarmIsDone() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Source source = database.source()) {
      database.execute(
          "CREATE TABLE nothing (id int)",
          "CREATE TABLE generated (id int PRIMARY KEY, g int GENERATED ALWAYS AS (id * 2) STORED)",
          "CREATE TABLE root (id int PRIMARY KEY) PARTITION BY RANGE (id)",
          "CREATE TABLE leaf PARTITION OF root FOR VALUES FROM (0) TO (9)",
          "ALTER TABLE leaf REPLICA IDENTITY NOTHING");
      List<Finding> findings = source.check(schemas(source), true);
      assertThat(codes(findings, Severity.ERROR))
          .containsExactly("PG_NO_IDENTITY", "PG_NO_IDENTITY");
      assertThat(codes(findings, Severity.WARNING)).hasSize(database.major() >= 18 ? 0 : 1);
      assertThat(source.check(schemas(source), false)).isEmpty();
    }
  }

  @Test
  void checksAPublicationOfAPerson() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Source source = database.source(Map.of("publication", "mine"))) {
      database.execute(
          "CREATE TABLE a (id int PRIMARY KEY)",
          "CREATE TABLE b (id int PRIMARY KEY) PARTITION BY RANGE (id)");
      assertThat(codes(source.check(schemas(source), true), Severity.ERROR))
          .containsExactly("PG_PUBLICATION_MISSING");
      database.execute("CREATE PUBLICATION mine FOR TABLE a WITH (publish = 'insert')");
      List<Finding> findings = source.check(schemas(source), true);
      assertThat(codes(findings, Severity.ERROR))
          .containsExactly("PG_PUBLICATION_TABLES", "PG_PUBLICATION_OPTIONS");
      assertThat(codes(findings, Severity.WARNING)).containsExactly("PG_PUBLICATION_OPTIONS");
      assertThat(findings.getFirst().problem().fix())
          .isEqualTo("ALTER PUBLICATION \"mine\" ADD TABLE \"public\".\"b\";");
      assertFails(
          "PG_PUBLICATION_TABLES",
          () ->
              source.startStream(
                  "r", List.of(new TableId("public", "a"), new TableId("public", "b")), false));
    }
  }
}
