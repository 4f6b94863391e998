package dev.leat.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.PortableFunction;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.PeriodDuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every engine does with values, with queries of people and with work that is stopped. */
public abstract class EngineValuesContract extends EngineFixture {
  private static final TableId TABLE = new TableId("landing", "Values");
  private static final Column ID = column("id", Primitive.INT64);

  /** Hard values of each type that every engine keeps exactly. */
  private static final Map<LogicalType, List<Object>> VALUES =
      Map.ofEntries(
          Map.entry(Primitive.BOOLEAN, List.of(true, false)),
          Map.entry(Primitive.INT16, List.of(Short.MIN_VALUE, Short.MAX_VALUE)),
          Map.entry(Primitive.INT32, List.of(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(Primitive.INT64, List.of(Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(
              Primitive.FLOAT32,
              List.of(0.1f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY)),
          Map.entry(
              Primitive.FLOAT64,
              List.of(0.1, Double.MIN_VALUE, -Double.MAX_VALUE, Double.NEGATIVE_INFINITY)),
          Map.entry(
              Primitive.TEXT, List.of("", " ", "1.50", "it's \"ü\" \\ 𝄞\t\r\n", "x".repeat(9000))),
          Map.entry(Primitive.JSON, List.of("{\"a\": 1.50}", "1.50", "null")),
          Map.entry(
              Primitive.BINARY,
              List.of(ByteBuffer.wrap(new byte[0]), ByteBuffer.wrap(new byte[] {0, -1, 39}))),
          Map.entry(Primitive.UUID, List.of(new UUID(0, 1), new UUID(-1, -1))),
          Map.entry(
              Primitive.DATE,
              List.of(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), LocalDate.EPOCH)),
          Map.entry(
              Primitive.TIME,
              List.of(Duration.ZERO, Duration.ofDays(1).minusNanos(1000), Duration.ofHours(7))),
          Map.entry(
              Primitive.TIMESTAMP,
              List.of(
                  LocalDateTime.of(1, 1, 1, 0, 0),
                  LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000))),
          Map.entry(
              Primitive.TIMESTAMP_TZ,
              List.of(Instant.EPOCH.minusNanos(1000), Instant.parse("2024-03-31T01:30:00Z"))),
          Map.entry(
              Primitive.INTERVAL,
              List.of(new PeriodDuration(Period.of(0, 14, -3), Duration.ofNanos(-5_000)))),
          Map.entry(
              new Decimal(15, 2),
              List.of(new BigDecimal("-9999999999999.99"), new BigDecimal("0.01"))),
          Map.entry(
              new Decimal(38, 0), List.of(new BigDecimal("999999999999999"), BigDecimal.ZERO)),
          Map.entry(new ListOf(Primitive.INT32), List.of(List.of(), Arrays.asList(1, null, -1))));

  /** A query that takes longer than anyone waits, with one column {@code n} of type BIGINT. */
  protected String endlessQuery() {
    return "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1000000000)"
        + " SELECT count(*) AS n FROM c";
  }

  @Test
  final void givesBackTheValuesOfEveryTypeItKeeps() {
    List<LogicalType> types =
        VALUES.keySet().stream().filter(type -> dialect().cannotKeep(type).isEmpty()).toList();
    List<Column> columns = new ArrayList<>(List.of(ID));
    types.forEach(type -> columns.add(column("c " + type, type)));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      List<@Nullable Object> row = row((long) i);
      for (LogicalType type : types) {
        List<Object> values = VALUES.getOrDefault(type, List.of());
        row.add(i < values.size() ? values.get(i) : null);
      }
      rows.add(row);
    }
    assertThat(load(TABLE, columns, rows)).isEqualTo(rows.size());
    reopen();
    assertThat(engine().columns(TABLE).orElseThrow())
        .extracting(Column::name)
        .isEqualTo(columns.stream().map(Column::name).toList());
    assertThat(engine().columns(TABLE).orElseThrow())
        .extracting(Column::type)
        .isEqualTo(columns.stream().map(Column::type).toList());
    assertThat(rows(TABLE)).isEqualTo(rows);
    TableId staged = new TableId("landing", "staged");
    String all = "SELECT * FROM " + quote(TABLE);
    engine().stage(staged, new Relation.Scan(TABLE), all, columns, Cancellation.never());
    assertThat(rows(staged)).isEqualTo(rows);
  }

  @Test
  final void loadsAndReadsManyBatchesAndReplacesWhatWasThere() {
    load(TABLE, List.of(column("other", Primitive.TEXT)), List.of(row("x")));
    List<Column> columns = List.of(ID, column("text", Primitive.TEXT));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long i = 0; i < 30_000; i++) {
      rows.add(row(i, i % 7 == 0 ? null : "row " + i));
    }
    try (BatchReader reader = reader(columns, rows, 7000)) {
      assertThat(engine().load(TABLE, columns, reader, Cancellation.never())).isEqualTo(30_000);
    }
    assertThat(rows(TABLE)).isEqualTo(rows);
    try (BatchReader reader =
        engine().read("SELECT * FROM " + quote(TABLE), columns, Cancellation.never())) {
      try (RowBatch first = reader.next()) {
        assertThat(first).isNotNull();
        assertThat(reader.rowsRead()).isPositive();
      }
    }
    engine().drop(List.of(TABLE));
    load(TABLE, columns, List.of());
    assertThat(rows(TABLE)).isEmpty();
  }

  @Test
  final void answersAPersonsQuery() {
    load(TABLE, List.of(ID), List.of(row(3L), row(1L), row(2L)));
    String sorted = "SELECT id, NULL AS missing FROM " + quote(TABLE) + " ORDER BY id DESC";
    Rows rows = engine().query(sorted + " ; ", 2);
    assertThat(rows.columns()).containsExactly("id", "missing");
    assertThat(rows.types()).hasSize(2);
    assertThat(rows.rows()).containsExactly(Arrays.asList("3", null), Arrays.asList("2", null));
    assertThat(engine().dialect()).isEqualTo(dialect().name());
  }

  @Test
  final void aPersonsQueryChangesNothing() {
    load(TABLE, List.of(ID), List.of(row(1L)));
    String table = quote(TABLE);
    for (String sql :
        List.of(
            "DELETE FROM " + table,
            "DROP TABLE " + table,
            "SELECT 1; DELETE FROM " + table,
            "SELECT 1; SELECT 2",
            "SELECT 1) AS x; DELETE FROM " + table + "; --",
            "COMMIT",
            "SELECT * FROM nowhere.nothing",
            "nonsense",
            "")) {
      assertThat(refusal(() -> engine().query(sql, 10)).category())
          .as(sql)
          .isEqualTo(ErrorCategory.CONFIG);
    }
    assertThat(rows(TABLE)).containsExactly(row(1L));
  }

  @Test
  final void tellsQueriesThatAreWrongFromValuesThatAre() {
    TableId staged = new TableId("landing", "staged");
    List<Column> columns = List.of(column("n", Primitive.INT32));
    assertThat(refusal(() -> stage(staged, "SELECT missing FROM nowhere", columns)).category())
        .isEqualTo(ErrorCategory.CONFIG);
    assertThat(refusal(() -> engine().columnsOf("SELECT missing FROM nowhere")).category())
        .isEqualTo(ErrorCategory.CONFIG);
    load(TABLE, List.of(column("t", Primitive.TEXT)), List.of(row("7"), row("secret value")));
    String cast =
        dialect()
            .call(
                new Call(
                    PortableFunction.CAST,
                    List.of(dialect().quote("t")),
                    List.of(Primitive.TEXT),
                    Primitive.INT32,
                    "",
                    false,
                    "",
                    ""))
            .orElseThrow();
    String query = "SELECT " + cast + " AS n FROM " + quote(TABLE);
    LeatException failure = refusal(() -> stage(staged, query, columns));
    assertThat(failure.category()).isEqualTo(ErrorCategory.DATA);
    assertThat(failure.getMessage()).doesNotContain("secret");
    assertThat(refusal(() -> rows(query, columns)).category()).isEqualTo(ErrorCategory.DATA);
  }

  @Test
  final void stopsWorkThatIsCancelled() {
    List<Column> columns = List.of(column("n", Primitive.INT64));
    TableId staged = new TableId("landing", "staged");
    Cancellation early = new Cancellation();
    early.cancel();
    assertCancelled(() -> stage(staged, endlessQuery(), columns, early));
    Cancellation cancellation = new Cancellation();
    // The common pool may have but one thread, which the work would keep from being cancelled.
    Executor own = work -> Thread.ofPlatform().start(work);
    try (var _ = cancellation.announce(() -> {})) {
      CompletableFuture<Void> staging =
          CompletableFuture.runAsync(
              () -> stage(staged, endlessQuery(), columns, cancellation), own);
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> {
                try (BatchReader reader = engine().read(endlessQuery(), columns, cancellation);
                    RowBatch _ = reader.next()) {
                  throw new AssertionError("there is an end");
                }
              },
              own);
      CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS, own)
          .execute(cancellation::cancel);
      assertCancelled(() -> join(staging));
      assertCancelled(() -> join(reading));
    }
    assertThat(engine().columns(staged)).isEmpty();
    load(staged, columns, List.of(row(1L)));
    assertThat(rows(staged)).containsExactly(row(1L));
  }

  private static void join(CompletableFuture<Void> work) {
    try {
      work.orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof LeatException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void assertCancelled(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  private static LeatException refusal(Runnable work) {
    LeatException refusal = catchThrowableOfType(LeatException.class, work::run);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal;
  }

  private void stage(TableId table, String query, List<Column> columns) {
    stage(table, query, columns, Cancellation.never());
  }

  private void stage(TableId table, String query, List<Column> columns, Cancellation cancellation) {
    engine().stage(table, new Relation.Scan(TABLE), query, columns, cancellation);
  }
}
