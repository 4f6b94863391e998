package dev.leat.postgres.wire;

import dev.leat.spi.Position;
import dev.leat.spi.batch.BatchMode;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.ChangeBatchBuilder;
import dev.leat.spi.batch.Effect;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.ChangeSink;
import dev.leat.spi.source.TableFeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.jspecify.annotations.Nullable;

/** Keeps all changes of a table in one batch, and notes transactions. */
final class BatchingSink implements ChangeSink, AutoCloseable {
  private final BufferAllocator allocator;
  private final BatchMode mode;
  private final Map<String, Feed> feeds = new LinkedHashMap<>();
  final List<String> transactions = new ArrayList<>();
  final List<LeatException> failures = new ArrayList<>();

  BatchingSink(BufferAllocator allocator, BatchMode mode) {
    this.allocator = allocator;
    this.mode = mode;
  }

  @Override
  public @Nullable TableFeed feed(TableSchema schema) {
    TableId id = schema.table();
    String name = id.schema().equals("public") ? id.table() : id.toString();
    return name.startsWith("other")
        ? null
        : feeds.computeIfAbsent(name, unused -> new Feed(schema));
  }

  @Override
  public void begin(long sequence, long committedMicros) {
    transactions.add("begin " + sequence);
  }

  @Override
  public void commit(Position next) {
    transactions.add("commit " + next.sequence());
  }

  @Override
  public void idle(Position upTo) {}

  /**
   * The rows of a table's batch: operation, ordinal, values with {@code ~} for absent ones, and
   * what the destination has to do, {@code -} to delete and {@code +} to insert.
   */
  List<String> rows(String table) {
    Feed feed = feeds.get(table);
    if (feed == null) {
      return List.of();
    }
    List<String> rows = new ArrayList<>();
    ChangeBatchBuilder full = feed.builder;
    feed.builder = new ChangeBatchBuilder(allocator, feed.schema, mode, false, 8);
    try (ChangeBatch batch = full.build()) {
      if (batch.truncated()) {
        rows.add("truncated");
      }
      for (int row = 0; row < batch.rows(); row++) {
        rows.add(describe(batch, row));
      }
    }
    full.close();
    return rows;
  }

  private static String describe(ChangeBatch batch, int row) {
    StringBuilder text = new StringBuilder();
    text.append((char) batch.operations().get(row)).append(batch.ordinals().get(row));
    List<String> values = new ArrayList<>();
    for (int column = 0; column < batch.values().size(); column++) {
      BitVector absent = batch.absent().get(column);
      boolean isAbsent = absent != null && absent.get(row) == 1;
      values.add(isAbsent ? "~" : String.valueOf(batch.values().get(column).getObject(row)));
    }
    text.append(values);
    if (batch.effects() != null) {
      byte effect = batch.effects().get(row);
      text.append(effect == Effect.NONE ? "" : " ");
      text.append((effect & Effect.REPLACES) != 0 ? "-" : "");
      text.append((effect & Effect.PRESENT) != 0 ? "+" : "");
    }
    if (batch.movedFrom() != null && !batch.movedFrom().getFirst().isNull(row)) {
      text.append(" from ").append(batch.movedFrom().getFirst().getObject(row));
    }
    return text.toString();
  }

  @Override
  public void close() {
    feeds.values().forEach(feed -> feed.builder.close());
  }

  private final class Feed implements TableFeed {
    private TableSchema schema;
    private ChangeBatchBuilder builder;
    private boolean failed;

    Feed(TableSchema schema) {
      this.schema = schema;
      this.builder = new ChangeBatchBuilder(allocator, schema, mode, false, 8);
    }

    @Override
    public @Nullable ChangeBatchBuilder next(long sequence, long ordinal) {
      return failed ? null : builder;
    }

    @Override
    public void added() {}

    @Override
    public void reshape(TableSchema newSchema) {
      builder.close();
      schema = newSchema;
      builder = new ChangeBatchBuilder(allocator, schema, mode, false, 8);
    }

    @Override
    public void fail(LeatException reason) {
      failed = true;
      failures.add(reason);
    }
  }
}
