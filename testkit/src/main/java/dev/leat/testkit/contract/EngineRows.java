package dev.leat.testkit.contract;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.batch.Values;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lists of Java objects, into an engine and out of it; the objects are those of {@link
 * Values}, but bytes are {@link ByteBuffer}s, which can be compared.
 *
 * @param allocator for what is on its way
 */
public record EngineRows(Engine engine, BufferAllocator allocator) {

  /** A table beside the given one, for rows that are to be published in it. */
  public static TableId staging(TableId table) {
    return new TableId(table.schema(), "_leat_new_" + table.table());
  }

  /**
   * Makes the table hold these rows.
   *
   * @param size rows of a batch
   */
  public long load(
      TableId table, List<Column> columns, List<List<@Nullable Object>> rows, int size) {
    try (BatchReader reader = reader(columns, rows, size)) {
      return engine.load(table, columns, reader, Cancellation.never());
    }
  }

  /**
   * Loads rows and publishes them, with the columns that the dataset has before.
   *
   * @return the number of rows in the table afterwards
   */
  public long publish(
      TableId table,
      Write write,
      List<Column> columns,
      List<List<@Nullable Object>> rows,
      Mark mark) {
    long unused = load(staging(table), columns, rows, 2);
    String deleted = write instanceof Write.Merge(List<String> _, String column) ? column : null;
    return engine.publish(
        new Publication(
            table,
            staging(table),
            write,
            columns.stream().filter(column -> !column.name().equals(deleted)).toList(),
            engine.columns(table).orElse(List.of())),
        mark,
        Cancellation.never());
  }

  /** What a query gives. */
  public List<List<@Nullable Object>> read(String query, List<Column> columns) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (BatchReader reader = engine.read(query, columns, Cancellation.never())) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        try (RowBatch _ = batch) {
          for (int i = 0; i < batch.rows(); i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
              Object value =
                  Values.at(columns.get(c).type(), batch.root().getFieldVectors().get(c), i);
              row.add(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value);
            }
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }

  /** Rows as batches of {@code size}. */
  public BatchReader reader(List<Column> columns, List<List<@Nullable Object>> rows, int size) {
    TableSchema schema =
        new TableSchema(new TableId("test", "rows"), columns, List.of(), RowIdentity.NONE);
    Iterator<List<@Nullable Object>> left = rows.iterator();
    AtomicLong read = new AtomicLong();
    return new BatchReader() {
      @Override
      public @Nullable RowBatch next() {
        if (!left.hasNext()) {
          return null;
        }
        try (RowBatchBuilder builder = new RowBatchBuilder(allocator, schema, size)) {
          while (left.hasNext() && builder.rows() < size) {
            List<@Nullable Object> row = left.next();
            for (int c = 0; c < columns.size(); c++) {
              Object value = row.get(c);
              Values.append(
                  columns.get(c).type(),
                  builder.column(c),
                  value instanceof ByteBuffer bytes ? copy(bytes) : value);
            }
            builder.endRow();
          }
          read.addAndGet(builder.rows());
          return builder.build();
        }
      }

      @Override
      public long bytesRead() {
        return 0;
      }

      @Override
      public long rowsRead() {
        return read.get();
      }

      @Override
      public void close() {}
    };
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
