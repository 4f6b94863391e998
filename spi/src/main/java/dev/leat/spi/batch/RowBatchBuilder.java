package dev.leat.spi.batch;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Fills a {@link RowBatch}: per row, append one value to every {@link #column(int)}, then call
 * {@link #endRow()}.
 *
 * <p>For one thread. After {@link #build()} the builder is spent; without it, {@link #close()}
 * gives the memory back.
 */
public final class RowBatchBuilder implements AutoCloseable {
  private final TableSchema schema;
  private final ColumnWriter[] columns;
  private int rows;
  private boolean spent;

  /**
   * @param capacity the rows to make room for at first
   */
  public RowBatchBuilder(BufferAllocator allocator, TableSchema schema, int capacity) {
    this.schema = schema;
    this.columns = writers(allocator, schema.columns(), capacity);
  }

  static ColumnWriter[] writers(BufferAllocator allocator, List<Column> columns, int capacity) {
    ColumnWriter[] writers = new ColumnWriter[columns.size()];
    try {
      for (int i = 0; i < writers.length; i++) {
        writers[i] = ColumnTypes.writer(columns.get(i).type(), allocator, capacity);
      }
      return writers;
    } catch (RuntimeException e) {
      closeAll(writers);
      throw e;
    }
  }

  static void closeAll(ColumnWriter[] writers) {
    for (ColumnWriter writer : writers) {
      if (writer != null) {
        writer.close();
      }
    }
  }

  public ColumnWriter column(int index) {
    return columns[index];
  }

  public void endRow() {
    rows++;
  }

  /** Forgets the values appended since the last {@link #endRow()}. */
  public void abandonRow() {
    for (ColumnWriter column : columns) {
      column.truncate(rows);
    }
  }

  public int rows() {
    return rows;
  }

  /** The size of the values so far. */
  public long bytes() {
    long bytes = 0;
    for (ColumnWriter column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }

  public RowBatch build() {
    long bytes = bytes();
    List<FieldVector> vectors = new ArrayList<>(columns.length);
    for (int i = 0; i < columns.length; i++) {
      vectors.add(columns[i].toVector(ColumnTypes.field(schema.columns().get(i))));
    }
    close();
    VectorSchemaRoot root = new VectorSchemaRoot(vectors);
    root.setRowCount(rows);
    return new RowBatch(schema, root, bytes);
  }

  @Override
  public void close() {
    if (spent) {
      return;
    }
    spent = true;
    closeAll(columns);
  }
}
