package dev.leat.duckdb;

import static dev.leat.duckdb.EngineFile.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.leat.spi.batch.ColumnTypes;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of DuckDB, and goes into it again. */
final class DuckDbReaderIT {
  private static final String ROWS =
      """
      SELECT i AS id, i % 3 = 0 AS flag, CAST(i % 30000 AS SMALLINT) AS small, i / 7 AS ratio,
        CAST(i AS FLOAT) AS approximate, 'text ' || i AS text, CAST('{"i": ' || i || '}' AS JSON) AS doc,
        CAST('bytes ' || i AS BLOB) AS bytes, CAST(md5(CAST(i AS VARCHAR)) AS UUID) AS uuid,
        DATE '2000-01-01' + CAST(i % 9999 AS INTEGER) AS day, TIME '00:00:00' + to_microseconds(i) AS time,
        make_timestamp(i * 1000003) AS ts, CAST(make_timestamp(i) AS TIMESTAMPTZ) AS tstz,
        to_months(CAST(i % 99 AS INTEGER)) - to_microseconds(i) AS gap, CAST(i AS DECIMAL(38, 4)) AS exact,
        [i, NULL, -i] AS numbers, [CAST(md5(CAST(i AS VARCHAR)) AS UUID), NULL] AS uuids,
        [[i % 2 = 0], [], NULL] AS nested, {'a': i} AS struct, MAP {'k': i} AS map, CAST('a' AS ENUM ('a', 'b')) AS enum,
        CAST(i AS HUGEINT) AS huge, CAST(i % 200 AS UTINYINT) AS tiny, CAST(i AS UBIGINT) AS wide,
        CAST(make_timestamp(i) AS TIMESTAMP_NS) AS nanos, CAST(i AS BIT) AS bits
      FROM range(ROWS) r(i)
      """;

  @TempDir private Path folder;
  private EngineFile file;

  @BeforeEach
  void open() {
    file = EngineFile.open(folder.resolve("it.duckdb"));
  }

  @AfterEach
  void close() {
    file.close();
  }

  private static String rows(int count) {
    return ROWS.replace("ROWS", Integer.toString(count));
  }

  private BatchReader read(String query, Cancellation cancellation) {
    return file.engine().read(query, file.engine().columnsOf(query), cancellation);
  }

  private static String hash(List<Column> columns, String relation) {
    // Structs and the like come back as their text, numbers as wider ones: what they say is equal.
    List<String> texts =
        columns.stream()
            .map(
                column ->
                    "CAST(CAST(%s AS %s) AS VARCHAR)"
                        .formatted(DuckDbSql.quote(column.name()), DuckDbSql.type(column.type())))
            .toList();
    return "SELECT count(*), sum(CAST(hash("
        + String.join(", ", texts)
        + ") AS HUGEINT)) FROM "
        + relation;
  }

  @Test
  void aMillionRowsAreTheSameAfterReadingAndLoadingThem() {
    String wide = rows(20_000);
    String nulls = "SELECT CASE WHEN id % 5 <> 0 THEN COLUMNS(*) END FROM (" + wide + ")";
    for (String query :
        List.of(wide, nulls, "SELECT i AS id, 'n' || i AS name FROM range(1000000) r(i)")) {
      List<Column> columns = file.engine().columnsOf(query);
      long loaded;
      try (BatchReader rows = read(query, Cancellation.never())) {
        loaded = file.engine().load(table("copy"), columns, rows, Cancellation.never());
        assertThat(rows.rowsRead()).isEqualTo(loaded);
        assertThat(rows.bytesRead()).isPositive();
      }
      assertThat(file.rows(hash(columns, "shop.copy")))
          .isEqualTo(file.rows(hash(columns, "(" + query + ")")));
      assertThat(file.engine().columns(table("copy")).orElseThrow())
          .extracting(Column::type)
          .isEqualTo(columns.stream().map(Column::type).toList());
    }
  }

  @Test
  void batchesHaveExactlyTheTypesOfTheirColumns() {
    String query = rows(3);
    List<Field> expected = file.engine().columnsOf(query).stream().map(ColumnTypes::field).toList();
    try (BatchReader rows = read(query, Cancellation.never());
        RowBatch batch = Objects.requireNonNull(rows.next())) {
      assertThat(batch.root().getSchema().getFields()).isEqualTo(expected);
      assertThat(batch.rows()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5000, 900_000, 4_000_000})
  void saysWhyAResultEndsEarly(long at) {
    String query =
        "SELECT CAST(CASE WHEN i = %d THEN 'secret' ELSE CAST(i AS VARCHAR) END AS INTEGER) AS n FROM range(5000000) r(i)"
            .formatted(at);
    assertThatThrownBy(
            () -> {
              try (BatchReader rows = read(query, Cancellation.never())) {
                for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
                  batch.close();
                }
              }
            })
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA))
        .hasMessageContaining("to INT32")
        .hasMessageNotContaining("secret");
  }

  @Test
  @Timeout(value = 60, threadMode = SEPARATE_THREAD)
  void stopsAResultThatIsCancelledWhileItIsWaitedFor() {
    Cancellation cancellation = new Cancellation();
    // Enough rows for DuckDB to begin handing them on, and then none for hours.
    String query = "SELECT i FROM range(1000000000000000) r(i) WHERE i < 3000000 OR hash(i) = 0";
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> {
              try (BatchReader rows = read(query, cancellation)) {
                for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
                  batch.close();
                  if (rows.rowsRead() > 500_000) {
                    cancelWhenWaitedFor(Thread.currentThread(), cancellation);
                  }
                }
              }
            },
            work -> Thread.ofPlatform().start(work));
    assertThatThrownBy(reading::join)
        .cause()
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(file.rows("SELECT 1")).hasSize(1);
  }

  private static void cancelWhenWaitedFor(Thread reader, Cancellation cancellation) {
    Thread unused =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (List.of(reader.getStackTrace()).stream()
                      .noneMatch(frame -> frame.getMethodName().equals("getNextArrayStream"))) {
                    Thread.onSpinWait();
                  }
                  cancellation.cancel();
                });
  }

  @Test
  void canBeClosedInTheMiddle() {
    try (BatchReader rows = read(rows(1_000_000), Cancellation.never());
        RowBatch batch = rows.next()) {
      assertThat(batch).isNotNull();
    }
    try (BatchReader rows = read("SELECT 1 AS a WHERE false", Cancellation.never())) {
      assertThat(rows.next()).isNull();
    }
  }
}
