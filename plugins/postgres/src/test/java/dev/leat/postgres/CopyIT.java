package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.Position;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.Snapshot;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import dev.leat.spi.source.StreamStart;
import dev.leat.spi.source.TableSelection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyIT {
  private TestDatabase database;

  @BeforeEach
  void create() throws Exception {
    database = TestDatabase.create();
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private static TableSchema only(Source source, String table) {
    return source.discover(new TableSelection(List.of(table), List.of())).getFirst().schema();
  }

  /** All rows, each as its values' texts. */
  private static List<List<String>> rows(Snapshot snapshot, TableSchema table, int ranges) {
    List<List<String>> rows = new ArrayList<>();
    for (CopyRange range : snapshot.plan(table, ranges).ranges()) {
      try (BatchReader reader = snapshot.read(table, range)) {
        for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
          try (RowBatch closing = batch) {
            for (int row = 0; row < closing.rows(); row++) {
              List<String> values = new ArrayList<>();
              for (FieldVector vector : closing.root().getFieldVectors()) {
                values.add(String.valueOf(vector.getObject(row)));
              }
              rows.add(values);
            }
          }
        }
      }
    }
    return rows;
  }

  private static List<List<String>> copy(Source source, TableSchema table) {
    try (Snapshot snapshot = source.openSnapshot("copy", false)) {
      return rows(snapshot, table, 1);
    }
  }

  @Test
  void findsTheTablesSelected() throws Exception {
    database.execute(
        "CREATE TABLE keyed (id int PRIMARY KEY, name text NOT NULL)",
        "CREATE TABLE other (a int, b int NOT NULL, UNIQUE (b))",
        "ALTER TABLE other REPLICA IDENTITY USING INDEX other_b_key",
        "CREATE TABLE whole (a int)",
        "ALTER TABLE whole REPLICA IDENTITY FULL",
        "CREATE TABLE nothing (a int)",
        "CREATE VIEW seen AS SELECT 1");
    try (Source source = database.source()) {
      List<SourceTable> tables =
          source.discover(new TableSelection(List.of("public.*"), List.of("public.note")));
      assertThat(tables)
          .extracting(table -> table.schema().table().table(), table -> table.schema().identity())
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("keyed", RowIdentity.KEY),
              org.assertj.core.groups.Tuple.tuple("nothing", RowIdentity.NONE),
              org.assertj.core.groups.Tuple.tuple("other", RowIdentity.KEY),
              org.assertj.core.groups.Tuple.tuple("whole", RowIdentity.FULL_ROW));
      assertThat(tables.get(2).schema().keyColumns().getFirst().name()).isEqualTo("b");
      assertThat(tables.getFirst().schema().columns().get(1).nullable()).isFalse();
      assertThatThrownBy(
              () -> source.discover(new TableSelection(List.of("public.seen"), List.of())))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> assertThat(e.code().name()).isEqualTo("PG_TABLE_UNSUPPORTED"));
      assertThatThrownBy(
              () -> source.discover(new TableSelection(List.of("public.Keyed"), List.of())))
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.code().name()).isEqualTo("PG_TABLE_MISSING"));
    }
  }

  @Test
  void readsEveryRowOnceWhateverTheRanges() throws Exception {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, filler text)",
        "INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(1, 60000) i",
        "UPDATE t SET filler = 'y' WHERE id % 3 = 0",
        "DELETE FROM t WHERE id % 7 = 0",
        "ANALYZE t");
    try (Source source = database.source()) {
      TableSchema table = only(source, "public.t");
      try (Snapshot snapshot = source.openSnapshot("copy", false)) {
        CopyPlan plan = snapshot.plan(table, 3);
        assertThat(plan.ranges()).hasSize(3);
        database.execute("INSERT INTO t VALUES (-1, 'later')", "DELETE FROM t WHERE id < 100");
        List<List<String>> rows = rows(snapshot, table, 3);
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.getFirst()));
        assertThat(rows).hasSize(60000 - 60000 / 7);
        assertThat(ids).hasSize(rows.size()).doesNotContain("-1", "7").contains("1", "60000");
      }
    }
  }

  @Test
  void copiesATableWithoutRowsAndOneWithoutColumns() throws Exception {
    database.execute(
        "CREATE TABLE empty (id int PRIMARY KEY)",
        "CREATE TABLE bare ()",
        "INSERT INTO bare DEFAULT VALUES",
        "INSERT INTO bare DEFAULT VALUES");
    try (Source source = database.source()) {
      assertThat(copy(source, only(source, "public.empty"))).isEmpty();
      assertThat(copy(source, only(source, "public.bare"))).hasSize(2);
    }
  }

  @Test
  void copiesPartitionsAsTheirTable() throws Exception {
    database.execute(
        "CREATE TABLE p (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
        "CREATE TABLE p2 (at date NOT NULL, id int NOT NULL, gone int)",
        "ALTER TABLE p2 DROP COLUMN gone",
        "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')",
        "INSERT INTO p VALUES (1, '2020-05-05'), (2, '2021-05-05')",
        "CREATE TABLE without (id int PRIMARY KEY) PARTITION BY HASH (id)");
    try (Source source = database.source()) {
      List<SourceTable> tables =
          source.discover(new TableSelection(List.of("public.*"), List.of()));
      assertThat(tables)
          .extracting(table -> table.schema().table().table())
          .containsExactly("p", "without");
      TableSchema table = tables.getFirst().schema();
      assertThat(table.columns().getFirst().name()).isEqualTo("id");
      assertThat(copy(source, table)).extracting(List::getFirst).containsExactly("1", "2");
      assertThat(copy(source, tables.get(1).schema())).isEmpty();
    }
  }

  @Test
  void copiesAnEnormousRow() throws Exception {
    database.execute(
        "CREATE TABLE big (id int PRIMARY KEY, body text)",
        "INSERT INTO big SELECT 1, repeat(md5('a'), 3276800)",
        "INSERT INTO big VALUES (2, 'small')");
    try (Source source = database.source()) {
      List<List<String>> rows = copy(source, only(source, "public.big"));
      assertThat(rows).hasSize(2);
      assertThat(rows.getFirst().get(1)).hasSize(104_857_600);
      assertThat(rows.get(1)).containsExactly("2", "small");
    }
  }

  @Test
  void respectsColumnListAndRowFilterOfAPublication() throws Exception {
    if (database.major() < 15) {
      return; // publications had neither
    }
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, secret text, name text)",
        "INSERT INTO t VALUES (1, 's', 'a'), (2, 's', 'b'), (-3, 's', 'c')",
        "CREATE PUBLICATION mine FOR TABLE t (id, name) WHERE (id > 0)");
    try (Source source = database.source(Map.of("publication", "mine"))) {
      TableSchema table = only(source, "public.t");
      assertThat(table.columns()).extracting(column -> column.name()).containsExactly("id", "name");
      assertThat(copy(source, table))
          .containsExactlyInAnyOrder(List.of("1", "a"), List.of("2", "b"));
    }
  }

  @Test
  void snapshotOfANewStreamSeesExactlyWhatWasCommittedBefore() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    try (Source source = database.source()) {
      TableSchema table = only(source, "public.t");
      StreamStart start =
          source.startStream(database.name(), List.of(new TableId("public", "t")), false);
      try (Snapshot snapshot = start.snapshot()) {
        database.execute("INSERT INTO t VALUES (2)");
        assertThat(rows(snapshot, table, 1)).containsExactly(List.of("1"));
        assertThat(snapshot.position()).isGreaterThan(Position.START);
      }
      assertThat(source.lag(start.identity()).confirmed()).isEqualTo(start.snapshot().position());
      try (Snapshot later = source.openSnapshot(database.name(), true)) {
        assertThat(rows(later, table, 1)).hasSize(2);
        assertThat(later.layout(table.table())).isEqualTo(later.plan(table, 1).layout());
      }
      source.dropStream(start.identity());
      assertThat(
              database.value(
                  "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()"))
          .isEqualTo("0");
      assertThat(database.value("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    }
  }

  @Test
  void leavesNothingBehindWhenAStreamCannotBeMade() throws Exception {
    database.execute("CREATE TABLE t (id int)");
    try (Source source = database.source()) {
      assertThatThrownBy(
              () -> source.startStream(database.name(), List.of(new TableId("public", "t")), false))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.code().name()).isEqualTo("PG_NO_IDENTITY");
                assertThat(e.fix()).contains("ALTER TABLE \"public\".\"t\" REPLICA IDENTITY FULL");
              });
    }
    assertThat(database.value("SELECT count(*) FROM pg_publication")).isEqualTo("0");
  }

  @Test
  void noticesThatATableWasRewrittenSinceTheSnapshot() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    try (Source source = database.source()) {
      TableSchema table = only(source, "public.t");
      try (Snapshot snapshot = source.openSnapshot("copy", false)) {
        CopyPlan plan = snapshot.plan(table, 1);
        database.execute("VACUUM FULL t");
        assertThatThrownBy(() -> snapshot.read(table, plan.ranges().getFirst()))
            .isInstanceOfSatisfying(
                LeatException.class,
                e -> assertThat(e.code().name()).isEqualTo("PG_SNAPSHOT_LOST"));
      }
    }
  }

  @Test
  void saysThatTheSnapshotIsLost() throws Exception {
    database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    try (Source source = database.source()) {
      TableSchema table = only(source, "public.t");
      try (Snapshot snapshot = source.openSnapshot("copy", false)) {
        CopyPlan plan = snapshot.plan(table, 1);
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'leat'"
                + " AND state = 'idle in transaction' AND datname = current_database()");
        org.awaitility.Awaitility.await()
            .untilAsserted(
                () ->
                    assertThatThrownBy(() -> snapshot.read(table, plan.ranges().getFirst()).close())
                        .isInstanceOfSatisfying(
                            LeatException.class,
                            e -> assertThat(e.code().name()).isEqualTo("PG_SNAPSHOT_LOST")));
      }
    }
  }

  @Test
  void endsACopyEarly() throws Exception {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, filler text)",
        "INSERT INTO t SELECT i, repeat('x', 200) FROM generate_series(1, 300000) i");
    try (Source source = database.source(Map.of("copy_connections", 1L))) {
      TableSchema table = only(source, "public.t");
      try (Snapshot snapshot = source.openSnapshot("copy", false)) {
        CopyRange range = snapshot.plan(table, 1).ranges().getFirst();
        for (int i = 0; i < 3; i++) {
          try (BatchReader reader = snapshot.read(table, range)) {
            try (RowBatch batch = reader.next()) {
              assertThat(batch).isNotNull();
            }
            assertThat(reader.bytesRead()).isPositive();
          }
        }
        Set<String> ids = new TreeSet<>();
        rows(snapshot, table, 1).forEach(row -> ids.add(row.getFirst()));
        assertThat(ids).hasSize(300000);
      }
    }
  }
}
