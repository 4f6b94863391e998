package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.Position;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.ChangeStream;
import dev.leat.spi.source.Snapshot;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.source.StreamStart;
import dev.leat.spi.source.TableSelection;
import dev.leat.testkit.net.Direction;
import dev.leat.testkit.net.FaultyProxy;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Networks and servers that do not do what they should. */
class FaultsIT {
  private static final List<TableId> T = List.of(new TableId("public", "t"));

  private static TableSchema table(Source source) {
    return source.discover(new TableSelection(List.of("public.t"), List.of())).getFirst().schema();
  }

  private static long count(Source source, TableSchema table) {
    try (Snapshot snapshot = source.openSnapshot("faults", false);
        BatchReader reader = snapshot.read(table, snapshot.plan(table, 1).ranges().getFirst())) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        batch.close();
      }
      return reader.rowsRead();
    }
  }

  private static String through(TestDatabase database, FaultyProxy proxy) {
    return database.url().replace(":" + database.server().port(), ":" + proxy.port());
  }

  @Test
  void noticesAConnectionThatBreaksInTheMiddleOfACopy() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        FaultyProxy proxy = FaultyProxy.to("127.0.0.1", database.server().port());
        Source source = database.source(through(database, proxy), Map.of())) {
      database.execute(
          "CREATE TABLE t (id int PRIMARY KEY, filler text)",
          "INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(1, 50000) i");
      TableSchema table = table(source);
      assertThat(count(source, table)).isEqualTo(50000);
      proxy.cutAfter(Direction.TO_CLIENT, 2_000_000);
      assertThatThrownBy(() -> count(source, table))
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.category().retryable()).isTrue());
      proxy.pass();
      assertThat(count(source, table)).isEqualTo(50000);
    }
  }

  @Test
  void givesUpAStreamWhoseServerIsSilent() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        FaultyProxy proxy = FaultyProxy.to("127.0.0.1", database.server().port());
        Source source = database.source(through(database, proxy), Map.of())) {
      database.execute(
          "CREATE TABLE t (id int PRIMARY KEY)",
          "ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '2s'");
      StreamStart start = source.startStream(database.name(), T, false);
      start.snapshot().close();
      RecordingSink sink = new RecordingSink(database.allocator);
      try (ChangeStream stream =
          source.resumeStream(
              start.identity(), start.snapshot().position(), TestDatabase.unknown(T))) {
        database.execute("INSERT INTO t VALUES (1)");
        Awaitility.await()
            .pollInSameThread()
            .until(
                () -> {
                  boolean unused = stream.receive(sink, Duration.ofMillis(50));
                  return sink.commits == 1;
                });
        proxy.swallow();
        assertThatThrownBy(
                () -> {
                  while (true) {
                    boolean unused = stream.receive(sink, Duration.ofMillis(100));
                  }
                })
            .isInstanceOfSatisfying(
                LeatException.class,
                e -> assertThat(e.code().name()).isEqualTo("PG_CONNECTION_LOST"));
      }
      proxy.pass();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !source.lag(start.identity()).active());
      source
          .resumeStream(start.identity(), start.snapshot().position(), TestDatabase.unknown(T))
          .close();
    }
  }

  @Test
  void replicatesOverTls() throws Exception {
    try (EmbeddedPostgresServer server =
            EmbeddedPostgresServer.builder().password("right").tls().start();
        TestDatabase database = TestDatabase.on(server)) {
      database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
      String url = database.url();
      String secure =
          url
              + (url.contains("?") ? "&" : "?")
              + "sslmode=verify-ca&sslrootcert="
              + server.certificate();
      try (Source source = database.source(secure, Map.of())) {
        assertThat(count(source, table(source))).isEqualTo(2);
        StreamStart start = source.startStream(database.name(), T, false);
        start.snapshot().close();
        database.execute("INSERT INTO t SELECT generate_series(10, 5000)", "DELETE FROM t");
        RecordingSink sink = new RecordingSink(database.allocator);
        try (ChangeStream stream =
            source.resumeStream(
                start.identity(), start.snapshot().position(), TestDatabase.unknown(T))) {
          Awaitility.await()
              .pollInSameThread()
              .until(
                  () -> {
                    boolean unused = stream.receive(sink, Duration.ofMillis(50));
                    return sink.commits == 2;
                  });
        }
        assertThat(sink.changes).isEqualTo(4991 + 4993);
        assertThat(
                database.value(
                    "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                        + " WHERE ssl AND application_name = 'leat'"))
            .isNotEqualTo("0");
      }
      try (Source source =
          database.source(
              url + (url.contains("?") ? "&" : "?") + "sslmode=verify-full&sslrootcert=/dev/null",
              Map.of())) {
        assertThatThrownBy(() -> table(source))
            .isInstanceOfSatisfying(
                LeatException.class, e -> assertThat(e.code().name()).isEqualTo("PG_TLS"));
      }
    }
  }

  @Test
  void refusesASlotThatTheServerHasGivenUp() throws Exception {
    try (EmbeddedPostgresServer server =
            EmbeddedPostgresServer.builder()
                .setting("max_slot_wal_keep_size", "1MB")
                .setting("min_wal_size", "32MB")
                .setting("max_wal_size", "32MB")
                .start();
        TestDatabase database = TestDatabase.on(server);
        Source source = database.source()) {
      database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE other (filler text)");
      StreamStart start = source.startStream(database.name(), T, false);
      start.snapshot().close();
      StreamIdentity identity = start.identity();
      Position from = start.snapshot().position();
      for (int i = 0; i < 4; i++) {
        database.execute(
            "INSERT INTO other SELECT repeat('x', 1000) FROM generate_series(1, 20000)",
            "SELECT pg_switch_wal()",
            "CHECKPOINT");
      }
      assertThatThrownBy(() -> source.resumeStream(identity, from, TestDatabase.unknown(T)))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.code().name()).isEqualTo("PG_SLOT_INVALIDATED");
                assertThat(e.fix()).contains("leat resync").contains("max_slot_wal_keep_size");
              });
    }
  }

  @Test
  void copiesFromAStandbyAndRefusesToFollowIt() throws Exception {
    try (EmbeddedPostgresServer primary = EmbeddedPostgresServer.builder().start();
        TestDatabase database = TestDatabase.on(primary)) {
      database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      try (EmbeddedPostgresServer standby =
              EmbeddedPostgresServer.builder().standbyOf(primary).start();
          Source source = database.source(standby.url(database.name()), Map.of())) {
        Awaitility.await()
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(count(source, table(source))).isEqualTo(1));
        assertThat(source.check(List.of(table(source)), true))
            .extracting(finding -> finding.problem().code().name())
            .contains("PG_STANDBY");
        assertThatThrownBy(() -> source.startStream("r", T, false))
            .isInstanceOfSatisfying(
                LeatException.class, e -> assertThat(e.code().name()).isEqualTo("PG_STANDBY"));
      }
    }
  }
}
