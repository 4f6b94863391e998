package dev.leat.spi.batch;

import dev.leat.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * Fills a {@link ChangeBatch}. Per change: {@link #startRow}, one value to every {@link
 * #column(int)} (or {@link #absent(int)}), then {@link #endRow()}. A change of a row's key is two
 * rows: a DELETE of the old key, then an UPDATE after which {@link #moved()} was called before its
 * {@link #endRow()}.
 *
 * <p>Where only the last change per key counts, earlier ones lose their effect as rows are added,
 * and absent values are filled from earlier rows of the batch. For one thread. After {@link
 * #build()} the builder is spent; without it, {@link #close()} gives the memory back.
 */
public final class ChangeBatchBuilder implements AutoCloseable {
  private static final int NO_ROW = -1;

  private final BufferAllocator allocator;
  private final TableSchema schema;
  private final BatchMode mode;
  private final boolean overlapping;
  private final ColumnWriter[] columns;
  private final FixedColumnWriter operations;
  private final FixedColumnWriter sequences;
  private final FixedColumnWriter ordinals;
  private final FixedColumnWriter committedAt;
  private final @Nullable BitSet[] absent;
  private final @Nullable KeyIndex index;

  private byte[] effects = new byte[256];
  private int rows;
  private boolean spent;
  private boolean truncated;
  private boolean absentInRow;
  private boolean movedRow;
  private byte operationOfRow;

  /** The last DELETE and the row of the batch that it overtook: where a moved row comes from. */
  private int lastDelete = NO_ROW;

  private int overtakenByLastDelete = NO_ROW;

  /**
   * Per row the row whose key says where absent values are kept from; only rows that moved have
   * another than themselves.
   */
  private int[] keepFrom = new int[0];

  /**
   * @param overlapping the destination may already hold rows that an INSERT of this batch means,
   *     because a copy is being overlapped
   * @param capacity the rows to make room for at first
   */
  public ChangeBatchBuilder(
      BufferAllocator allocator,
      TableSchema schema,
      BatchMode mode,
      boolean overlapping,
      int capacity) {
    this.allocator = allocator;
    this.schema = schema;
    this.mode = mode;
    this.overlapping = overlapping;
    this.columns = RowBatchBuilder.writers(allocator, schema.columns(), capacity);
    this.operations = new FixedColumnWriter(allocator, capacity, 1);
    this.sequences = new FixedColumnWriter(allocator, capacity, 8);
    this.ordinals = new FixedColumnWriter(allocator, capacity, 8);
    this.committedAt = new FixedColumnWriter(allocator, capacity, 8);
    this.absent = new BitSet[columns.length];
    this.index =
        mode == BatchMode.EVERY_CHANGE || !schema.hasKey() ? null : new KeyIndex(keyOf(columns));
  }

  public TableSchema schema() {
    return schema;
  }

  public void startRow(Operation operation, long sequence, long ordinal, long committedMicros) {
    operationOfRow = operation.code();
    operations.appendByte(operationOfRow);
    sequences.appendLong(sequence);
    ordinals.appendLong(ordinal);
    committedAt.appendLong(committedMicros);
    absentInRow = false;
    movedRow = false;
  }

  public ColumnWriter column(int index) {
    return columns[index];
  }

  /** The value of that column did not come with the change because it is the same as before. */
  public void absent(int column) {
    columns[column].appendNull();
    if (operationOfRow == Operation.DELETE.code()
        && mode != BatchMode.LAST_PER_KEY_KEEPING_DELETED) {
      return; // what a deleted row held does not matter
    }
    BitSet flags = absent[column];
    if (flags == null) {
      flags = new BitSet();
      absent[column] = flags;
    }
    flags.set(rows);
    absentInRow = true;
  }

  /** The current row is the one deleted just before, under another key. */
  public void moved() {
    movedRow = true;
  }

  public void endRow() {
    if (rows == effects.length) {
      effects = Arrays.copyOf(effects, rows * 2);
    }
    if (index != null) {
      compact(rows, index);
    }
    rows++;
  }

  private void compact(int row, KeyIndex index) {
    int previous = index.put(row);
    boolean delete = operationOfRow == Operation.DELETE.code();
    boolean keepsDeleted = mode == BatchMode.LAST_PER_KEY_KEEPING_DELETED;
    boolean replaces;
    if (previous == NO_ROW) {
      boolean fresh = !delete && (operationOfRow == Operation.INSERT.code() || movedRow);
      replaces = overlapping || keepsDeleted || !fresh;
    } else {
      replaces = (effects[previous] & Effect.REPLACES) != 0;
      effects[previous] = Effect.NONE;
    }
    boolean present = !delete || keepsDeleted;
    effects[row] = (byte) ((present ? Effect.PRESENT : 0) | (replaces ? Effect.REPLACES : 0));

    if (absentInRow) {
      if (movedRow) {
        fillFrom(overtakenByLastDelete, row, lastDelete);
      } else {
        fillFrom(previous, row, row);
      }
    }
    if (delete) {
      lastDelete = row;
      overtakenByLastDelete = previous;
    }
  }

  /**
   * Fills absent values of {@code row} from an earlier row of the batch, and says where to keep
   * those from that it lacks too.
   */
  private void fillFrom(int earlier, int row, int keyRow) {
    if (earlier == NO_ROW || forgotten(earlier)) {
      if (keyRow != row) {
        keepFrom(row, keyRow);
      }
      return;
    }
    boolean left = false;
    for (int i = 0; i < columns.length; i++) {
      BitSet flags = absent[i];
      if (flags != null && flags.get(row)) {
        if (flags.get(earlier)) {
          left = true;
        } else {
          columns[i].truncate(row);
          columns[i].appendFrom(columns[i], earlier);
          flags.clear(row);
        }
      }
    }
    if (left) {
      int origin =
          earlier < keepFrom.length && keepFrom[earlier] != NO_ROW ? keepFrom[earlier] : keyRow;
      if (origin != row) {
        keepFrom(row, origin);
      }
    }
  }

  /** Whether the row is a DELETE whose other values were not kept. */
  private boolean forgotten(int row) {
    return mode == BatchMode.LAST_PER_KEY && operations.byteAt(row) == Operation.DELETE.code();
  }

  private void keepFrom(int row, int origin) {
    int size = keepFrom.length;
    if (row >= size) {
      keepFrom = Arrays.copyOf(keepFrom, Math.max(row + 1, size * 2));
      Arrays.fill(keepFrom, size, keepFrom.length, NO_ROW);
    }
    keepFrom[row] = origin;
  }

  /** All rows of the table are gone, those of the batch included. */
  public void truncate(long sequence, long ordinal, long committedMicros) {
    if (mode == BatchMode.EVERY_CHANGE) {
      startRow(Operation.TRUNCATE, sequence, ordinal, committedMicros);
      for (ColumnWriter column : columns) {
        column.appendNull();
      }
      endRow();
      return;
    }
    for (ColumnWriter column : columns) {
      column.truncate(0);
    }
    operations.truncate(0);
    sequences.truncate(0);
    ordinals.truncate(0);
    committedAt.truncate(0);
    Arrays.fill(absent, null);
    Arrays.fill(effects, (byte) 0);
    keepFrom = new int[0];
    lastDelete = NO_ROW;
    overtakenByLastDelete = NO_ROW;
    if (index != null) {
      index.clear();
    }
    rows = 0;
    truncated = true;
  }

  /** Forgets the row begun; nothing of it remains. */
  public void abandonRow() {
    for (ColumnWriter column : columns) {
      column.truncate(rows);
    }
    operations.truncate(rows);
    sequences.truncate(rows);
    ordinals.truncate(rows);
    committedAt.truncate(rows);
    for (BitSet flags : absent) {
      if (flags != null) {
        flags.clear(rows);
      }
    }
  }

  public int rows() {
    return rows;
  }

  /** Whether the batch was begun as one that overlaps a copy. */
  public boolean overlapping() {
    return overlapping;
  }

  /**
   * The keys of the rows that are present after the batch and still have absent values; all columns
   * but the key's are NULL.
   *
   * @return null if there are none; otherwise the caller closes the batch
   */
  public @Nullable RowBatch keysWithAbsentValues() {
    if (index == null) {
      return null;
    }
    try (RowBatchBuilder keys = new RowBatchBuilder(allocator, schema, 64)) {
      for (int row = 0; row < rows; row++) {
        if ((effects[row] & Effect.PRESENT) != 0 && hasAbsent(row)) {
          for (int i = 0; i < columns.length; i++) {
            if (schema.key().contains(i)) {
              keys.column(i).appendFrom(columns[i], row);
            } else {
              keys.column(i).appendNull();
            }
          }
          keys.endRow();
        }
      }
      return keys.rows() == 0 ? null : keys.build();
    }
  }

  private boolean hasAbsent(int row) {
    for (BitSet flags : absent) {
      if (flags != null && flags.get(row)) {
        return true;
      }
    }
    return false;
  }

  public boolean isEmpty() {
    return rows == 0 && !truncated;
  }

  /** The size of the values so far. */
  public long bytes() {
    long bytes = rows * 25L;
    for (ColumnWriter column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }

  public ChangeBatch build() {
    long bytes = bytes();
    List<FieldVector> values = new ArrayList<>(columns.length);
    for (int i = 0; i < columns.length; i++) {
      values.add(columns[i].toVector(ColumnTypes.field(schema.columns().get(i))));
    }
    ChangeBatch batch =
        new ChangeBatch(
            schema,
            mode,
            rows,
            bytes,
            overlapping,
            truncated,
            Collections.unmodifiableList(values),
            (TinyIntVector) operations.toVector(control("_leat_op", MinorType.TINYINT)),
            index == null ? null : effectsVector(),
            (BigIntVector) sequences.toVector(control("_leat_sequence", MinorType.BIGINT)),
            (BigIntVector) ordinals.toVector(control("_leat_ordinal", MinorType.BIGINT)),
            (BigIntVector) committedAt.toVector(control("_leat_committed", MinorType.BIGINT)),
            absentVectors(),
            movedFromVectors());
    close();
    return batch;
  }

  private TinyIntVector effectsVector() {
    TinyIntVector vector = new TinyIntVector("_leat_effect", allocator);
    vector.allocateNew(Math.max(1, rows));
    for (int row = 0; row < rows; row++) {
      vector.set(row, effects[row]);
    }
    vector.setValueCount(rows);
    return vector;
  }

  private List<@Nullable BitVector> absentVectors() {
    List<@Nullable BitVector> vectors = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      BitSet flags = absent[i];
      if (flags == null || flags.isEmpty()) {
        vectors.add(null);
        continue;
      }
      BitVector vector = new BitVector("_leat_absent_" + i, allocator);
      vector.allocateNew(rows);
      for (int row = 0; row < rows; row++) {
        vector.set(row, flags.get(row) ? 1 : 0);
      }
      vector.setValueCount(rows);
      vectors.add(vector);
    }
    return Collections.unmodifiableList(vectors);
  }

  private @Nullable List<FieldVector> movedFromVectors() {
    if (keepFrom.length == 0 || !schema.hasKey()) {
      return null;
    }
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < schema.key().size(); i++) {
      int column = schema.key().get(i);
      try (ColumnWriter writer =
          ColumnTypes.writer(schema.columns().get(column).type(), allocator, rows)) {
        for (int row = 0; row < rows; row++) {
          if (row < keepFrom.length && keepFrom[row] != NO_ROW) {
            writer.appendFrom(columns[column], keepFrom[row]);
          } else {
            writer.appendNull();
          }
        }
        vectors.add(
            writer.toVector(
                ColumnTypes.field("_leat_moved_from_" + i, schema.columns().get(column).type())));
      }
    }
    return Collections.unmodifiableList(vectors);
  }

  private ColumnWriter[] keyOf(ColumnWriter[] all) {
    ColumnWriter[] key = new ColumnWriter[schema.key().size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = all[schema.key().get(i)];
    }
    return key;
  }

  private static Field control(String name, MinorType type) {
    return new Field(name, FieldType.nullable(type.getType()), null);
  }

  @Override
  public void close() {
    if (spent) {
      return;
    }
    spent = true;
    RowBatchBuilder.closeAll(columns);
    operations.close();
    sequences.close();
    ordinals.close();
    committedAt.close();
  }
}
