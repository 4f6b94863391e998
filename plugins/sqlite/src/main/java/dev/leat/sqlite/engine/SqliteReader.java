package dev.leat.sqlite.engine;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.batch.Values;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** What a query gives, on a connection of its own. */
final class SqliteReader implements BatchReader {
  private static final int BATCH_ROWS = 10_000;
  private static final long BATCH_BYTES = 8L << 20;

  private final Session session;
  private final PreparedStatement statement;
  private final Cancellation cancellation;
  private final BufferAllocator allocator;
  private final TableSchema schema;
  private @Nullable ResultSet result;
  private boolean ended;
  private final AtomicLong rowsRead = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();

  /** Closes the session with itself, or at once if the query is refused. */
  SqliteReader(
      Session session,
      String query,
      List<Column> columns,
      Cancellation cancellation,
      BufferAllocator allocator) {
    this.session = session;
    this.cancellation = cancellation;
    this.allocator = allocator;
    this.schema =
        new TableSchema(new TableId("query", "rows"), columns, List.of(), RowIdentity.NONE);
    try {
      PreparedStatement prepared = session.prepare(query);
      try {
        int found = prepared.getMetaData().getColumnCount();
        if (found != columns.size()) {
          throw EngineErrors.noQuery(
              "the query has %d columns, not %d".formatted(found, columns.size()));
        }
      } catch (SQLException | RuntimeException e) {
        prepared.close();
        throw e;
      }
      this.statement = prepared;
    } catch (SQLException e) {
      session.close();
      throw session.failure(e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public @Nullable RowBatch next() {
    if (ended) {
      return null;
    }
    try (var _ = session.cancelledBy(cancellation);
        RowBatchBuilder builder = new RowBatchBuilder(allocator, schema, 64)) {
      fill(builder);
      if (builder.rows() == 0) {
        return null;
      }
      rowsRead.addAndGet(builder.rows());
      bytesRead.addAndGet(builder.bytes());
      return builder.build();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private void fill(RowBatchBuilder builder) throws SQLException {
    if (result == null) {
      result = statement.executeQuery();
    }
    while (builder.rows() < BATCH_ROWS && builder.bytes() < BATCH_BYTES) {
      if (!result.next()) {
        ended = true;
        return;
      }
      for (int i = 0; i < schema.columns().size(); i++) {
        append(builder, i, stored(result, i + 1));
      }
      builder.endRow();
    }
  }

  private void append(RowBatchBuilder builder, int index, @Nullable Object stored) {
    Column column = schema.columns().get(index);
    try {
      Values.append(
          column.type(),
          builder.column(index),
          stored == null ? null : StoredValues.load(column.type(), stored));
    } catch (ValueException | ArithmeticException e) {
      throw failure(column, e);
    }
  }

  private static LeatException failure(Column column, RuntimeException e) {
    return EngineErrors.value(column, String.valueOf(e.getMessage()), e);
  }

  /** The driver gives small integers as Integer. */
  static @Nullable Object stored(ResultSet result, int column) throws SQLException {
    return switch (result.getObject(column)) {
      case null -> null;
      case Integer number -> (Object) number.longValue();
      case Object other -> other;
    };
  }

  @Override
  public long bytesRead() {
    return bytesRead.get();
  }

  @Override
  public long rowsRead() {
    return rowsRead.get();
  }

  @Override
  public void close() {
    session.close();
  }
}
