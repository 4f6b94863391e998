package dev.leat.spi.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeBatchBuilderTest {
  private static final TableSchema SCHEMA =
      new TableSchema(
          new TableId("public", "t"),
          List.of(
              new Column("id", Primitive.INT64, false, "bigint"),
              new Column("a", Primitive.INT64, true, "bigint"),
              new Column("large", Primitive.INT64, true, "bigint")),
          List.of(0),
          RowIdentity.KEY);

  private record Row(long a, long large) {}

  private static void put(
      ChangeBatchBuilder builder, Operation operation, long id, @Nullable Row row, boolean absent) {
    builder.startRow(operation, 1, 0, 0);
    ((FixedColumnWriter) builder.column(0)).appendLong(id);
    if (row == null) {
      builder.absent(1);
      builder.absent(2);
      return;
    }
    ((FixedColumnWriter) builder.column(1)).appendLong(row.a);
    if (absent) {
      builder.absent(2);
    } else {
      ((FixedColumnWriter) builder.column(2)).appendLong(row.large);
    }
  }

  /** What {@link ChangeBatch} says that a destination does. */
  private static void apply(ChangeBatch batch, Map<Long, Row> table) {
    Map<Long, Row> before = Map.copyOf(table);
    if (batch.truncated()) {
      table.clear();
    }
    byte[] effects = new byte[batch.rows()];
    for (int row = 0; row < effects.length; row++) {
      effects[row] = Objects.requireNonNull(batch.effects()).get(row);
      if ((effects[row] & Effect.REPLACES) != 0) {
        table.remove(((BigIntVector) batch.values().getFirst()).get(row));
      }
    }
    for (int row = 0; row < effects.length; row++) {
      if ((effects[row] & Effect.PRESENT) == 0) {
        continue;
      }
      long id = ((BigIntVector) batch.values().getFirst()).get(row);
      BitVector absent = batch.absent().get(2);
      long large;
      if (absent != null && absent.get(row) == 1) {
        BigIntVector moved =
            batch.movedFrom() == null ? null : (BigIntVector) batch.movedFrom().getFirst();
        long from = moved == null || moved.isNull(row) ? id : moved.get(row);
        large = Objects.requireNonNull(before.get(from), "nowhere to keep it from").large;
      } else {
        large = ((BigIntVector) batch.values().get(2)).get(row);
      }
      Row inserted = new Row(((BigIntVector) batch.values().get(1)).get(row), large);
      assertThat(table.put(id, inserted)).as("row that should have been deleted first").isNull();
    }
  }

  /** Batches of any changes, applied one after the other, come to the table they were made on. */
  @Property(tries = 2000)
  void comesToTheSameTable(@ForAll long seed) {
    Random random = new Random(seed);
    Map<Long, Row> source = new TreeMap<>();
    Map<Long, Row> destination = new TreeMap<>();
    try (RootAllocator allocator = new RootAllocator()) {
      for (int batches = 1 + random.nextInt(4); batches > 0; batches--) {
        try (ChangeBatchBuilder builder =
            new ChangeBatchBuilder(allocator, SCHEMA, BatchMode.LAST_PER_KEY, false, 1)) {
          for (int changes = random.nextInt(25); changes > 0; changes--) {
            change(builder, source, random);
          }
          try (ChangeBatch batch = builder.build()) {
            apply(batch, destination);
          }
        }
        assertThat(destination).isEqualTo(source);
      }
    }
  }

  private static void change(ChangeBatchBuilder builder, Map<Long, Row> source, Random random) {
    long id = random.nextInt(5);
    Row row = source.get(id);
    if (random.nextInt(40) == 0) {
      builder.truncate(1, 0, 0);
      source.clear();
    } else if (row == null) {
      Row inserted = new Row(random.nextInt(100), random.nextInt(100));
      put(builder, Operation.INSERT, id, inserted, false);
      if (random.nextInt(5) == 0) {
        builder.abandonRow();
        return;
      }
      builder.endRow();
      source.put(id, inserted);
    } else if (random.nextInt(3) == 0) {
      put(builder, Operation.DELETE, id, null, false);
      builder.endRow();
      source.remove(id);
    } else {
      boolean absent = random.nextBoolean();
      Row updated = new Row(random.nextInt(100), absent ? row.large : random.nextInt(100));
      long newId = random.nextInt(5);
      boolean moved = newId != id && !source.containsKey(newId);
      if (moved) {
        put(builder, Operation.DELETE, id, null, false);
        builder.endRow();
        source.remove(id);
      }
      put(builder, Operation.UPDATE, moved ? newId : id, updated, absent);
      if (moved) {
        builder.moved();
      }
      builder.endRow();
      source.put(moved ? newId : id, updated);
    }
  }

  @Test
  void givesItsMemoryBackWithoutABatch() {
    try (RootAllocator allocator = new RootAllocator();
        ChangeBatchBuilder builder =
            new ChangeBatchBuilder(allocator, SCHEMA, BatchMode.EVERY_CHANGE, false, 1)) {
      put(builder, Operation.INSERT, 1, new Row(1, 2), false);
      builder.endRow();
      put(builder, Operation.INSERT, 2, new Row(1, 2), true);
      builder.abandonRow();
      assertThat(builder.rows()).isEqualTo(1);
      assertThat(builder.column(2).count()).isEqualTo(1);
    }
  }

  @Test
  void namesKeysWhoseValuesHaveToBeLookedUp() {
    try (RootAllocator allocator = new RootAllocator();
        ChangeBatchBuilder builder =
            new ChangeBatchBuilder(allocator, SCHEMA, BatchMode.LAST_PER_KEY, true, 1)) {
      put(builder, Operation.UPDATE, 1, new Row(1, 2), true);
      builder.endRow();
      put(builder, Operation.UPDATE, 2, new Row(1, 2), true);
      builder.endRow();
      put(builder, Operation.UPDATE, 2, new Row(1, 2), false);
      builder.endRow();
      try (RowBatch keys = Objects.requireNonNull(builder.keysWithAbsentValues())) {
        assertThat(keys.rows()).isEqualTo(1);
        assertThat(((BigIntVector) keys.root().getVector(0)).get(0)).isEqualTo(1);
      }
    }
  }
}
