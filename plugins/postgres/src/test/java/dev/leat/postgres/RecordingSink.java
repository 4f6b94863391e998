package dev.leat.postgres;

import dev.leat.spi.Position;
import dev.leat.spi.batch.BatchMode;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.ChangeBatchBuilder;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.ChangeSink;
import dev.leat.spi.source.TableFeed;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Writes down what a stream hands over. */
final class RecordingSink implements ChangeSink {
  private final BufferAllocator allocator;

  /** Such as {@code begin}, {@code I t[1, a]}, {@code commit}; {@code ~} stands for absent. */
  final List<String> events = new ArrayList<>();

  final List<TableSchema> schemas = new ArrayList<>();
  final List<LeatException> failures = new ArrayList<>();
  long changes;
  int commits;
  boolean countOnly;
  Position committed = Position.START;
  Position idle = Position.START;

  RecordingSink(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public TableFeed feed(TableSchema schema) {
    schemas.add(schema);
    return new Feed(schema);
  }

  @Override
  public void begin(long sequence, long committedMicros) {
    events.add("begin");
  }

  @Override
  public void commit(Position next) {
    events.add("commit");
    commits++;
    committed = next;
  }

  @Override
  public void idle(Position upTo) {
    idle = Position.max(idle, upTo);
  }

  /** A value for comparisons; bytes as hexadecimal. */
  static String text(FieldVector vector, int row) {
    Object value = vector.getObject(row);
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }

  private final class Feed implements TableFeed {
    private TableSchema schema;
    private @Nullable ChangeBatchBuilder builder;

    Feed(TableSchema schema) {
      this.schema = schema;
    }

    @Override
    public ChangeBatchBuilder next(long sequence, long ordinal) {
      ChangeBatchBuilder next =
          new ChangeBatchBuilder(allocator, schema, BatchMode.EVERY_CHANGE, false, 1);
      builder = next;
      return next;
    }

    @Override
    public void added() {
      ChangeBatchBuilder built = java.util.Objects.requireNonNull(builder);
      try (ChangeBatch batch = built.build()) {
        changes += batch.rows();
        for (int row = 0; row < batch.rows() && !countOnly; row++) {
          events.add(describe(batch, row));
        }
      }
      builder = null;
    }

    private String describe(ChangeBatch batch, int row) {
      List<String> values = new ArrayList<>();
      for (int column = 0; column < batch.values().size(); column++) {
        BitVector absent = batch.absent().get(column);
        values.add(
            absent != null && absent.get(row) == 1 ? "~" : text(batch.values().get(column), row));
      }
      return (char) batch.operations().get(row) + " " + schema.table().table() + values;
    }

    @Override
    public void reshape(TableSchema newSchema) {
      schema = newSchema;
      schemas.add(newSchema);
    }

    @Override
    public void fail(LeatException reason) {
      failures.add(reason);
      ChangeBatchBuilder begun = builder;
      if (begun != null) {
        begun.close();
        builder = null;
      }
    }
  }
}
