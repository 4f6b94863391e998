package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.Position;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.ChangeStream;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.source.StreamStart;
import dev.leat.spi.source.TableSelection;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamIT {
  private static final Duration WAIT = Duration.ofMillis(100);

  private TestDatabase database;
  private Source source;
  private RecordingSink sink;
  private Position start = Position.START;

  @BeforeEach
  void create() throws Exception {
    database = TestDatabase.create();
    source = database.source();
    sink = new RecordingSink(database.allocator);
  }

  @AfterEach
  void close() throws Exception {
    source.close();
    database.close();
  }

  private List<TableId> tables() {
    return source.discover(new TableSelection(List.of("public.*"), List.of())).stream()
        .map(table -> table.schema().table())
        .toList();
  }

  private StreamIdentity makeStream() {
    StreamStart made = source.startStream(database.name(), tables(), false);
    start = made.snapshot().position();
    made.snapshot().close();
    return made.identity();
  }

  private ChangeStream resume(StreamIdentity identity, Position from) {
    return source.resumeStream(identity, from, TestDatabase.unknown(tables()));
  }

  private void receive(ChangeStream stream, int commits) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .pollInSameThread()
        .until(
            () -> {
              boolean unused = stream.receive(sink, WAIT);
              return sink.commits >= commits;
            });
  }

  /** What the stream hands over for these statements, each a transaction of its own. */
  private List<String> eventsOf(String... statements) throws Exception {
    StreamIdentity identity = makeStream();
    database.execute(statements);
    try (ChangeStream stream = resume(identity, start)) {
      receive(stream, statements.length);
    }
    return sink.events;
  }

  private static void assertFails(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> {
              assertThat(e.code().name()).isEqualTo(code);
              assertThat(e.fix()).isNotEmpty();
            });
  }

  private String slot(String column) throws Exception {
    return database.value(
        "SELECT " + column + " FROM pg_replication_slots WHERE database = current_database()");
  }

  private String slotName() throws Exception {
    return slot("slot_name");
  }

  @Test
  void deliversInsertsUpdatesAndDeletes() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
    assertThat(
            eventsOf(
                "INSERT INTO t VALUES (1, 'a'), (2, NULL)",
                "UPDATE t SET name = 'b' WHERE id = 1",
                "DELETE FROM t WHERE id = 1"))
        .containsExactly(
            "begin",
            "I t[1, a]",
            "I t[2, null]",
            "commit",
            "begin",
            "U t[1, b]",
            "commit",
            "begin",
            "D t[1, null]",
            "commit");
  }

  @Test
  void deliversTruncates() throws Exception {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE u (id int PRIMARY KEY REFERENCES t)");
    assertThat(eventsOf("TRUNCATE t CASCADE"))
        .startsWith("begin")
        .endsWith("commit")
        .contains("T t[null]", "T u[null]");
  }

  @Test
  void deliversAChangedKeyAsDeleteAndMovedRow() throws Exception {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, name text)", "INSERT INTO t VALUES (1, 'a')");
    assertThat(eventsOf("UPDATE t SET id = 5"))
        .containsExactly("begin", "D t[1, null]", "U t[5, a]", "commit");
  }

  @Test
  void deliversWholeOldRowsWithReplicaIdentityFull() throws Exception {
    database.execute(
        "CREATE TABLE t (a int, b text)",
        "ALTER TABLE t REPLICA IDENTITY FULL",
        "INSERT INTO t VALUES (1, 'x'), (NULL, NULL)");
    assertThat(eventsOf("DELETE FROM t WHERE a = 1", "DELETE FROM t"))
        .containsExactly("begin", "D t[1, x]", "commit", "begin", "D t[null, null]", "commit");
  }

  @Test
  void tellsUnchangedToastFromNull() throws Exception {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, n int, body text)",
        "ALTER TABLE t ALTER body SET STORAGE EXTERNAL",
        "INSERT INTO t VALUES (1, 1, repeat('x', 10000)), (2, 1, NULL)");
    assertThat(eventsOf("UPDATE t SET n = 2 WHERE id = 1", "UPDATE t SET n = 2 WHERE id = 2"))
        .containsExactly("begin", "U t[1, 2, ~]", "commit", "begin", "U t[2, 2, null]", "commit");
  }

  @Test
  void deliversTransactionsInTheOrderOfTheirCommits() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    try (Connection first = database.connection();
        Connection second = database.connection();
        Statement one = first.createStatement();
        Statement two = second.createStatement()) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      two.execute("INSERT INTO t VALUES (20)");
      one.execute("INSERT INTO t VALUES (10)");
      two.execute("INSERT INTO t VALUES (21)");
      first.commit();
      one.execute("INSERT INTO t VALUES (11)");
      second.commit();
      first.commit();
    }
    try (ChangeStream stream = resume(identity, start)) {
      receive(stream, 3);
    }
    assertThat(sink.events)
        .containsExactly(
            "begin", "I t[10]", "commit", "begin", "I t[20]", "I t[21]", "commit", "begin",
            "I t[11]", "commit");
  }

  @Test
  void deliversALargeTransactionWithoutWhatItTookBack() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY, filler text)");
    StreamIdentity identity = makeStream();
    try (Connection session = database.connection();
        Statement statement = session.createStatement()) {
      session.setAutoCommit(false);
      statement.execute("INSERT INTO t SELECT i, repeat('a', 50) FROM generate_series(1, 20000) i");
      statement.execute("SAVEPOINT s");
      statement.execute(
          "INSERT INTO t SELECT i, repeat('b', 50) FROM generate_series(20001, 40000) i");
      statement.execute("ROLLBACK TO s");
      statement.execute(
          "INSERT INTO t SELECT i, repeat('c', 50) FROM generate_series(40001, 60000) i");
      session.commit();
      statement.execute(
          "INSERT INTO t SELECT i, repeat('d', 50) FROM generate_series(60001, 80000) i");
      session.rollback();
    }
    database.execute("INSERT INTO t VALUES (100000, 'last')");
    sink.countOnly = true;
    try (ChangeStream stream = resume(identity, start)) {
      receive(stream, 2);
    }
    assertThat(sink.changes).isEqualTo(40001);
    assertThat(sink.events).containsExactly("begin", "commit", "begin", "commit");
    assertThat(sink.failures).isEmpty();
  }

  @Test
  void deliversChangesOfPartitionsAsThoseOfTheirTable() throws Exception {
    database.execute(
        "CREATE TABLE p (id int PRIMARY KEY, name text) PARTITION BY RANGE (id)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE p2 (name text, id int NOT NULL)",
        "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM (10) TO (20)");
    assertThat(
            eventsOf(
                "INSERT INTO p VALUES (1, 'a'), (11, 'b')", "UPDATE p SET id = 12 WHERE id = 1"))
        .containsExactly(
            "begin",
            "I p[1, a]",
            "I p[11, b]",
            "commit",
            "begin",
            "D p[1, null]",
            "I p[12, a]",
            "commit");
  }

  @Test
  void followsChangesOfShapeInOrder() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
    assertThat(
            eventsOf(
                "INSERT INTO t VALUES (1, 'a'); ALTER TABLE t ADD COLUMN more int;"
                    + " INSERT INTO t VALUES (2, 'b', 3)",
                "ALTER TABLE t DROP COLUMN name; INSERT INTO t VALUES (4, 5)"))
        .contains("I t[1, a]", "I t[2, b, 3]", "I t[4, 5]");
    assertThat(sink.schemas).extracting(schema -> schema.columns().size()).containsExactly(2, 3, 2);
  }

  @Test
  void resumesWhereItWasAndRepeatsWhatWasNotConfirmed() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    database.execute("INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");
    Position afterFirst;
    try (ChangeStream stream = resume(identity, start)) {
      receive(stream, 1);
      afterFirst = sink.committed;
      receive(stream, 2);
    }
    sink.events.clear();
    sink.commits = 0;
    if (afterFirst.equals(sink.committed)) {
      return; // both came at once, and there is no position between them to resume from
    }
    try (ChangeStream stream = resume(identity, afterFirst)) {
      receive(stream, 1);
    }
    assertThat(sink.events).containsExactly("begin", "I t[2]", "commit");
  }

  @Test
  void confirmsOnlyWhatItIsToldHoweverOftenTheServerAsks() throws Exception {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY)",
        "ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '1s'");
    StreamIdentity identity = makeStream();
    String before = slot("confirmed_flush_lsn");
    try (ChangeStream stream = resume(identity, start)) {
      database.execute("INSERT INTO t VALUES (1)");
      receive(stream, 1);
      long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (System.nanoTime() < end) {
        boolean unused = stream.receive(sink, WAIT);
      }
      assertThat(slot("confirmed_flush_lsn")).isEqualTo(before);
      stream.confirm(sink.committed);
      boolean unused = stream.receive(sink, Duration.ZERO);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(Position.parse(slot("confirmed_flush_lsn")))
                      .isEqualTo(sink.committed));
    }
  }

  @Test
  void keepsTheServerContentWhileTheSinkBlocks() throws Exception {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, filler text)",
        "ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '1s'");
    StreamIdentity identity = makeStream();
    try (ChangeStream stream = resume(identity, start)) {
      // More than all buffers on the way hold, so that the server too is blocked.
      for (int i = 0; i < 20; i++) {
        database.execute(
            "INSERT INTO t SELECT i, repeat(md5(i::text), 30) FROM generate_series("
                + (i * 1000 + 1)
                + ", "
                + (i * 1000 + 1000)
                + ") i");
      }
      Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
      sink.countOnly = true;
      receive(stream, 20);
      assertThat(sink.changes).isEqualTo(20000);
    }
  }

  @Test
  void movesOnWhileOnlyOtherTablesChange() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    database.execute("CREATE TABLE other (id int)");
    try (ChangeStream stream =
        source.resumeStream(
            identity, start, TestDatabase.unknown(List.of(new TableId("public", "t"))))) {
      database.execute("INSERT INTO other SELECT generate_series(1, 1000)");
      Position end = Position.parse(database.value("SELECT pg_current_wal_flush_lsn()"));
      Awaitility.await()
          .pollInSameThread()
          .until(
              () -> {
                boolean unused = stream.receive(sink, WAIT);
                Position reached = Position.max(sink.idle, sink.committed);
                stream.confirm(reached);
                return !reached.isBefore(end);
              });
      assertThat(stream.serverPosition()).isGreaterThanOrEqualTo(end);
    }
    assertThat(sink.changes).isZero();
    Awaitility.await().until(() -> slot("active").equals("f"));
    assertThat(source.lag(identity).active()).isFalse();
  }

  @Test
  void refusesASlotThatIsGone() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    database.execute("SELECT pg_drop_replication_slot('" + slotName() + "')");
    assertFails("PG_SLOT_MISSING", () -> resume(identity, start));
    assertFails("PG_SLOT_MISSING", () -> source.lag(identity));
  }

  @Test
  void noticesASlotMadeAnew() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    String name = slotName();
    database.execute(
        "SELECT pg_drop_replication_slot('" + name + "')",
        "INSERT INTO t VALUES (1)",
        "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    assertFails("PG_SLOT_AHEAD", () -> resume(identity, start));
    database.execute(
        "SELECT pg_drop_replication_slot('" + name + "')",
        "SELECT pg_create_logical_replication_slot('" + name + "', 'test_decoding')");
    assertFails("PG_SLOT_OTHER", () -> resume(identity, start));
  }

  @Test
  void refusesASlotInUse() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    try (ChangeStream stream = resume(identity, start)) {
      assertThat(source.lag(identity).active()).isTrue();
      assertThatThrownBy(() -> resume(identity, start))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.code().name()).isEqualTo("PG_SLOT_ACTIVE");
                assertThat(e.message()).contains("application 'leat'");
              });
      assertThat(stream.receive(sink, Duration.ofMillis(1))).isFalse();
    }
  }

  @Test
  void refusesAnotherServer() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    Map<String, String> facts = new java.util.HashMap<>(identity.facts());
    facts.put("system", "42");
    assertFails("PG_SLOT_OTHER", () -> resume(new StreamIdentity(facts), start));
    assertFails("PG_SLOT_OTHER", () -> source.dropStream(new StreamIdentity(facts)));
  }

  @Test
  void replacesALeftoverOnlyWhenTold() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    assertFails("PG_SLOT_EXISTS", () -> source.startStream(database.name(), tables(), false));
    source.startStream(database.name(), tables(), true).snapshot().close();
    source.dropStream(identity);
  }

  @Test
  void carriesTablesAddedLater() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    database.execute("CREATE TABLE u (id int PRIMARY KEY)");
    source.extendStream(identity, tables());
    database.execute("INSERT INTO u VALUES (1)");
    try (ChangeStream stream = resume(identity, start)) {
      receive(stream, 1);
    }
    assertThat(sink.events).contains("I u[1]");
    database.execute("DROP PUBLICATION " + "leat_" + database.name());
    assertFails("PG_PUBLICATION_MISSING", () -> source.extendStream(identity, tables()));
  }

  @Test
  void endsWithATransientErrorWhenTheServerEndsIt() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    StreamIdentity identity = makeStream();
    try (ChangeStream stream = resume(identity, start)) {
      database.execute("SELECT pg_terminate_backend(" + slot("active_pid") + ")");
      assertThatThrownBy(
              () -> {
                while (true) {
                  boolean unused = stream.receive(sink, WAIT);
                }
              })
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.category().retryable()).isTrue());
    }
    resume(identity, start).close();
  }
}
