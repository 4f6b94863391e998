package dev.leat.testkit.contract;

import dev.leat.spi.batch.BytesColumnWriter;
import dev.leat.spi.batch.FixedColumnWriter;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.BatchReader;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The given rows as one batch. */
class TestRows implements BatchReader {
  private final BufferAllocator allocator;
  private final TableSchema schema;
  private final List<TestRow> rows;
  private boolean done;

  TestRows(BufferAllocator allocator, TableSchema schema, List<TestRow> rows) {
    this.allocator = allocator;
    this.schema = schema;
    this.rows = rows;
  }

  @Override
  public @Nullable RowBatch next() {
    if (done) {
      return null;
    }
    done = true;
    RowBatchBuilder builder = new RowBatchBuilder(allocator, schema, 8);
    for (TestRow row : rows) {
      ((FixedColumnWriter) builder.column(0)).appendInt(row.id());
      TestChanges.append((BytesColumnWriter) builder.column(1), row.text());
      TestChanges.append((BytesColumnWriter) builder.column(2), row.doc());
      builder.endRow();
    }
    return builder.build();
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  public long rowsRead() {
    return rows.size();
  }

  @Override
  public void close() {}
}
