package dev.leat.testkit.contract;

import dev.leat.spi.batch.BytesColumnWriter;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.ChangeBatchBuilder;
import dev.leat.spi.batch.FixedColumnWriter;
import dev.leat.spi.batch.Operation;
import dev.leat.spi.destination.TableTarget;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Changes of the table that {@link DestinationContract} writes. */
public final class TestChanges {
  private final ChangeBatchBuilder builder;
  private int ordinal;

  TestChanges(BufferAllocator allocator, TableTarget target) {
    builder = new ChangeBatchBuilder(allocator, target.schema(), target.mode().batches(), false, 8);
  }

  public void insert(int id, @Nullable String text, @Nullable String doc) {
    full(Operation.INSERT, id, text, doc);
  }

  public void full(Operation operation, int id, @Nullable String text, @Nullable String doc) {
    builder.startRow(operation, 5, ordinal++, 0);
    ((FixedColumnWriter) builder.column(0)).appendInt(id);
    append((BytesColumnWriter) builder.column(1), text);
    append((BytesColumnWriter) builder.column(2), doc);
    builder.endRow();
  }

  public void update(int id, String text) {
    builder.startRow(Operation.UPDATE, 5, ordinal++, 0);
    ((FixedColumnWriter) builder.column(0)).appendInt(id);
    append((BytesColumnWriter) builder.column(1), text);
    builder.absent(2);
    builder.endRow();
  }

  public void delete(int id) {
    builder.startRow(Operation.DELETE, 5, ordinal++, 0);
    ((FixedColumnWriter) builder.column(0)).appendInt(id);
    builder.absent(1);
    builder.absent(2);
    builder.endRow();
  }

  public void move(int from, int to, String text) {
    delete(from);
    builder.startRow(Operation.UPDATE, 5, ordinal++, 0);
    ((FixedColumnWriter) builder.column(0)).appendInt(to);
    append((BytesColumnWriter) builder.column(1), text);
    builder.absent(2);
    builder.moved();
    builder.endRow();
  }

  public void truncate() {
    builder.truncate(5, ordinal++, 0);
  }

  ChangeBatch build() {
    return builder.build();
  }

  static void append(BytesColumnWriter column, @Nullable String value) {
    if (value == null) {
      column.appendNull();
    } else {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      column.appendBytes(bytes, 0, bytes.length);
    }
  }
}
