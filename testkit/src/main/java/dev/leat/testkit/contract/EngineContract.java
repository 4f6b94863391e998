package dev.leat.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How every engine stages, publishes and remembers. */
public abstract class EngineContract extends EngineFixture {
  /** Names that need quoting, and two that differ only behind a dot. */
  private static final TableId TABLE = new TableId("gold", "fact \"order\"");

  private static final TableId OTHER = new TableId("gold", "a.b");
  private static final Column ID = column("id", Primitive.INT32);
  private static final Column NAME = column("na\"me", Primitive.TEXT);
  private static final Column DELETED = column("is_deleted", Primitive.BOOLEAN);
  private static final List<Column> COLUMNS = List.of(ID, NAME);

  @Test
  final void stagesExactlyTheRowsOfAQuery() {
    load(OTHER, COLUMNS, List.of(row(1, "a"), row(2, null), row(3, "c")));
    TableId staged = staging(TABLE);
    assertThat(stage(staged, "SELECT * FROM " + quote(OTHER), COLUMNS)).isEqualTo(3);
    assertThat(types(staged)).isEqualTo(types(OTHER));
    String fewer =
        "SELECT " + dialect().quote("id") + " FROM " + quote(OTHER) + " WHERE " + "1 = 1";
    assertThat(stage(staged, fewer, List.of(ID))).isEqualTo(3);
    assertThat(rows(staged)).containsExactly(row(1), row(2), row(3));
    assertThat(stage(staged, fewer + " AND 1 = 0", List.of(ID))).isZero();
    assertThat(rows(staged)).isEmpty();
    reopen();
    assertThat(rows(staged)).isEmpty();
    assertThat(engine().columns(staged)).isPresent();
  }

  @Test
  final void findsOutTheColumnsOfAQueryThatNobodyElseKnows() {
    load(OTHER, COLUMNS, List.of(row(1, "a")));
    String query = "SELECT * FROM " + quote(OTHER);
    assertThat(engine().columnsOf(query)).extracting(Column::name).containsExactly("id", "na\"me");
    assertThat(engine().columnsOf(query))
        .extracting(Column::type)
        .containsExactly(Primitive.INT32, Primitive.TEXT);
    stage(staging(TABLE), query, List.of());
    assertThat(types(staging(TABLE))).isEqualTo(types(OTHER));
  }

  @Test
  final void replaces() {
    assertThat(publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a"), row(2, "b"))))
        .isEqualTo(2);
    assertThat(engine().columns(staging(TABLE))).isEmpty();
    List<Column> wider = List.of(ID, column("more", Primitive.INT64), NAME);
    assertThat(publish(TABLE, new Write.Replace(), wider, List.of(row(7, 8L, "x")))).isEqualTo(1);
    assertThat(rows(TABLE)).containsExactly(row(7, 8L, "x"));
    assertThat(engine().columns(staging(TABLE))).isEmpty();
  }

  @Test
  final void appends() {
    publish(TABLE, new Write.Append(), COLUMNS, List.of(row(1, "a")));
    assertThat(publish(TABLE, new Write.Append(), COLUMNS, List.of(row(1, "a"), row(2, null))))
        .isEqualTo(3);
    assertThat(rows(TABLE)).containsExactly(row(1, "a"), row(1, "a"), row(2, null));
    assertThat(engine().columns(staging(TABLE))).isEmpty();
  }

  @Test
  final void replacesThePartitionsThatHaveRows() {
    publish(
        TABLE,
        new Write.Replace(),
        COLUMNS,
        List.of(row(1, "a"), row(2, "a"), row(3, "b"), row(4, null)));
    Write write = new Write.ReplacePartition(NAME.name());
    publish(TABLE, write, COLUMNS, List.of(row(5, "a"), row(6, "c")));
    assertThat(rows(TABLE)).containsExactly(row(3, "b"), row(4, null), row(5, "a"), row(6, "c"));
    publish(TABLE, write, COLUMNS, List.of(row(7, null)));
    assertThat(rows(TABLE)).containsExactly(row(3, "b"), row(5, "a"), row(6, "c"), row(7, null));
  }

  @Test
  final void replacesThePartitionsOfATimeAlsoIfTheyGetNoRows() {
    LocalDate may = LocalDate.of(2026, 5, 1);
    List<Column> columns = List.of(ID, column("day", Primitive.DATE));
    List<List<@Nullable Object>> rows =
        List.of(row(1, may), row(2, may.plusDays(1)), row(3, may.plusDays(2)), row(4, null));
    publish(TABLE, new Write.Replace(), columns, rows);
    Write twoDays = new Write.ReplacePartition("day", may, may.plusDays(2));
    publish(TABLE, twoDays, columns, List.of(row(5, may.plusDays(1))));
    assertThat(rows(TABLE))
        .containsExactly(row(3, may.plusDays(2)), row(4, null), row(5, may.plusDays(1)));
    Write since = new Write.ReplacePartition("day", may.plusDays(2), null);
    publish(TABLE, since, columns, List.of(row(6, null)));
    assertThat(rows(TABLE)).containsExactly(row(5, may.plusDays(1)), row(6, null));
  }

  @Test
  final void replacesThePartitionsOfATimeByTimestamps() {
    LocalDateTime noon = LocalDate.of(2026, 5, 1).atTime(12, 0);
    List<Column> columns = List.of(ID, column("at", Primitive.TIMESTAMP));
    publish(
        TABLE,
        new Write.Replace(),
        columns,
        List.of(row(1, noon), row(2, noon.plusHours(12)), row(3, noon.plusDays(1))));
    LocalDate day = noon.toLocalDate();
    Write first = new Write.ReplacePartition("at", day, day.plusDays(1));
    publish(TABLE, first, columns, List.of());
    assertThat(rows(TABLE)).containsExactly(row(2, noon.plusHours(12)), row(3, noon.plusDays(1)));
  }

  @Test
  final void mergesByKeyAndRemovesDeletedRows() {
    List<Column> staged = List.of(ID, NAME, DELETED);
    Write write = new Write.Merge(List.of("id"), DELETED.name());
    publish(
        TABLE, write, staged, List.of(row(1, "a", false), row(2, "b", null), row(3, "c", true)));
    assertThat(rows(TABLE)).containsExactly(row(1, "a"), row(2, "b"));
    long rows =
        publish(
            TABLE,
            write,
            staged,
            List.of(row(1, null, true), row(2, "B", false), row(4, "d", null), row(5, "e", true)));
    assertThat(rows).isEqualTo(2);
    assertThat(rows(TABLE)).containsExactly(row(2, "B"), row(4, "d"));
    publish(TABLE, new Write.Merge(List.of("id"), null), COLUMNS, List.of(row(4, "D")));
    assertThat(rows(TABLE)).containsExactly(row(2, "B"), row(4, "D"));
  }

  @Test
  final void replacesAllRowsOfAKey() {
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a"), row(1, "b"), row(2, "c")));
    publish(
        TABLE, new Write.ReplaceKeys(List.of("id")), COLUMNS, List.of(row(1, "x"), row(3, "y")));
    assertThat(rows(TABLE)).containsExactly(row(1, "x"), row(2, "c"), row(3, "y"));
  }

  @Test
  final void followsColumnsThatAreNewGoneOrOfAnotherType() {
    publish(
        TABLE,
        new Write.Replace(),
        List.of(ID, NAME, column("gone", Primitive.DATE)),
        List.of(row(1, "a", java.time.LocalDate.EPOCH)));
    List<Column> after =
        List.of(column("id", Primitive.INT64), NAME, column("amount", new Decimal(10, 2)));
    publish(TABLE, new Write.Append(), after, List.of(row(1L << 40, "b", new BigDecimal("1.50"))));
    assertThat(rows(TABLE))
        .containsExactly(row(1L, "a", null), row(1L << 40, "b", new BigDecimal("1.50")));
    assertThat(types(TABLE)).containsExactlyInAnyOrderElementsOf(namesAndTypes(after));
  }

  @Test
  final void aPublicationThatFailsChangesNothing() {
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a")));
    List<Column> wider = List.of(ID, NAME, column("more", Primitive.INT32));
    load(staging(TABLE), wider, List.of(row(1, "b", 2)));
    Publication broken =
        new Publication(
            TABLE,
            staging(TABLE),
            new Write.Merge(List.of("no such column"), null),
            wider,
            engine().columns(TABLE).orElseThrow());
    assertThatThrownBy(() -> engine().publish(broken, mark("step", "newer"), Cancellation.never()))
        .isInstanceOf(LeatException.class);
    reopen();
    assertThat(rows(TABLE)).containsExactly(row(1, "a"));
    assertThat(engine().marks()).containsExactly(mark("step", "f"));
    assertThat(rows(staging(TABLE))).containsExactly(row(1, "b", 2));
  }

  @Test
  final void publishesSeveralTablesAtOnceAndOneSeveralTimes() {
    TableId gone = new TableId("gold", "_leat_gone");
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a"), row(2, "b"), row(3, "c")));
    load(gone, List.of(ID, NAME, DELETED), List.of(row(1, null, true), row(3, null, true)));
    load(staging(TABLE), COLUMNS, List.of(row(3, "C"), row(4, "d")));
    load(staging(OTHER), COLUMNS, List.of(row(9, "z")));
    List<Column> before = engine().columns(TABLE).orElseThrow();
    long rows =
        engine()
            .publish(
                List.of(
                    new Publication(
                        TABLE,
                        gone,
                        new Write.Merge(List.of("id"), DELETED.name()),
                        COLUMNS,
                        before),
                    new Publication(TABLE, staging(TABLE), new Write.Append(), COLUMNS, before),
                    new Publication(OTHER, staging(OTHER), new Write.Append(), COLUMNS, List.of())),
                mark("step", "several"),
                Cancellation.never());
    assertThat(rows).isEqualTo(3);
    reopen();
    assertThat(rows(TABLE)).containsExactly(row(2, "b"), row(3, "C"), row(4, "d"));
    assertThat(rows(OTHER)).containsExactly(row(9, "z"));
    assertThat(engine().marks()).containsExactly(mark("step", "several"));
    assertThat(engine().tables("gold")).containsExactlyInAnyOrder(TABLE, OTHER);
  }

  @Test
  final void ofSeveralTablesNoneChangesIfOneCannotBeWritten() {
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a")));
    load(staging(TABLE), COLUMNS, List.of(row(2, "b")));
    load(staging(OTHER), COLUMNS, List.of(row(9, "z")));
    Publication known =
        new Publication(
            TABLE,
            staging(TABLE),
            new Write.Append(),
            COLUMNS,
            engine().columns(TABLE).orElseThrow());
    Publication fresh =
        new Publication(OTHER, staging(OTHER), new Write.Append(), COLUMNS, List.of());
    TableId third = new TableId("gold", "third");
    Publication broken =
        new Publication(third, staging(third), new Write.Append(), COLUMNS, List.of());
    assertThatThrownBy(
            () ->
                engine()
                    .publish(
                        List.of(known, fresh, broken), mark("step", "newer"), Cancellation.never()))
        .isInstanceOf(LeatException.class);
    reopen();
    assertThat(rows(TABLE)).containsExactly(row(1, "a"));
    assertThat(engine().columns(OTHER)).isEmpty();
    assertThat(engine().marks()).containsExactly(mark("step", "f"));
    assertThat(rows(staging(TABLE))).containsExactly(row(2, "b"));
    assertThat(rows(staging(OTHER))).containsExactly(row(9, "z"));
    assertThat(engine().publish(List.of(known, fresh), mark("step", "newer"), Cancellation.never()))
        .isEqualTo(2);
    assertThat(rows(OTHER)).containsExactly(row(9, "z"));
  }

  @Test
  final void remembersTheLastMarkOfEveryStepAndUnit() {
    Mark part = new Mark("b", "2024-05", "run-2", "x", "2024-05-31 'n\"ow", AT);
    assertThat(engine().marks()).isEmpty();
    publish(TABLE, new Write.Replace(), COLUMNS, List.of());
    engine().mark(mark("b", "old"));
    engine().mark(part);
    engine().mark(mark("b", "new"));
    try (Engine other = open("other", Access.WRITE)) {
      other.mark(mark("b", "of another flow"));
      assertThat(other.marks()).containsExactly(mark("b", "of another flow"));
      other.forget("step");
    }
    reopen();
    assertThat(engine().marks())
        .containsExactlyInAnyOrder(mark("step", "f"), mark("b", "new"), part);
    engine().forget("b");
    engine().forget("no such step");
    assertThat(engine().marks()).containsExactly(mark("step", "f"));
  }

  @Test
  final void makesViewsAndReplacesThem() {
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a")));
    TableId view = new TableId(Engine.STAGING, "v \"1\"");
    engine().view(view, "SELECT * FROM " + quote(TABLE));
    assertThat(types(view)).isEqualTo(types(TABLE));
    publish(TABLE, new Write.Append(), COLUMNS, List.of(row(2, "b")));
    assertThat(rows(view)).containsExactly(row(1, "a"), row(2, "b"));
    engine().view(view, "SELECT " + dialect().quote("id") + " FROM " + quote(TABLE));
    assertThat(rows(view)).containsExactly(row(1), row(2));
    assertThat(engine().tables(Engine.STAGING)).containsExactly(view);
    engine().drop(List.of(view, view));
    assertThat(engine().tables(Engine.STAGING)).isEmpty();
  }

  @Test
  final void listsTablesOfASchemaAndDropsThem() {
    assertThat(engine().tables("gold")).isEmpty();
    assertThat(engine().columns(TABLE)).isEmpty();
    publish(TABLE, new Write.Replace(), COLUMNS, List.of());
    publish(OTHER, new Write.Replace(), COLUMNS, List.of());
    publish(new TableId("golden", "t"), new Write.Replace(), COLUMNS, List.of());
    assertThat(engine().tables("gold")).containsExactly(OTHER, TABLE);
    engine().drop(List.of(OTHER, new TableId("nowhere", "nothing")));
    assertThat(engine().tables("gold")).containsExactly(TABLE);
    assertThat(engine().columns(OTHER)).isEmpty();
  }

  @Test
  final void runsStatementsAsOneTransaction() {
    List<String> statements =
        new ArrayList<>(dialect().createTable(new TableId("main", "made"), COLUMNS, List.of("id")));
    statements.add("SELECT * FROM " + dialect().quote("no such table"));
    assertThatThrownBy(() -> engine().run(statements)).isInstanceOf(LeatException.class);
    assertThat(engine().columns(new TableId("main", "made"))).isEmpty();
    statements.removeLast();
    engine().run(statements);
    assertThat(types(new TableId("main", "made"))).isEqualTo(namesAndTypes(COLUMNS));
  }

  @Test
  final void looksWithoutWriting() {
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a")));
    try (Engine looking = open("shop", Access.READ)) {
      assertThat(looking.columns(TABLE)).isPresent();
      assertThat(looking.marks()).containsExactly(mark("step", "f"));
      assertThat(looking.query("SELECT * FROM " + quote(TABLE), 5).rows())
          .containsExactly(List.of("1", "a"));
    }
  }

  @Test
  final void stagesAndPublishesSeveralAtATimeWhileOthersRead() throws Exception {
    publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, "a"), row(2, "a")));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> work = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        TableId own = new TableId("gold", "t" + thread);
        work.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 5; i++) {
                    publish(own, new Write.Append(), COLUMNS, List.of(row(i, "x")));
                  }
                }));
      }
      work.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  assertThat(wholeOrNothing()).hasSize(2);
                  String name = "n" + i;
                  publish(TABLE, new Write.Replace(), COLUMNS, List.of(row(1, name), row(2, name)));
                }
              }));
      for (Future<?> each : work) {
        get(each);
      }
    }
    assertThat(rows(new TableId("gold", "t0"))).hasSize(5);
    assertThat(rows(new TableId("gold", "t2"))).hasSize(5);
  }

  private List<List<@Nullable Object>> wholeOrNothing() {
    List<List<@Nullable Object>> rows = rows("SELECT * FROM " + quote(TABLE), COLUMNS);
    assertThat(rows.stream().map(List::getLast).distinct()).hasSize(1);
    return rows;
  }

  private static void get(Future<?> work) throws Exception {
    try {
      work.get();
    } catch (ExecutionException e) {
      throw new AssertionError("one of several failed", e.getCause());
    }
  }

  private long stage(TableId table, String query, List<Column> columns) {
    return engine().stage(table, new Relation.Scan(OTHER), query, columns, Cancellation.never());
  }

  private List<String> types(TableId table) {
    return namesAndTypes(engine().columns(table).orElseThrow());
  }

  private static List<String> namesAndTypes(List<Column> columns) {
    return columns.stream().map(column -> column.name() + " " + column.type()).toList();
  }
}
