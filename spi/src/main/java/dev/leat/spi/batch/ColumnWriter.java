package dev.leat.spi.batch;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Appends the values of one column into Arrow buffers, from wire bytes, without an object per
 * value.
 *
 * <p>A value is appended by exactly one call: {@link #appendNull()} or the append method of the
 * subclass that stores the column's type. Not safe for use by several threads at once. Buffers come
 * from the allocator given at creation and count against its limit.
 */
public abstract sealed class ColumnWriter implements AutoCloseable
    permits FixedColumnWriter, BooleanColumnWriter, BytesColumnWriter, ListColumnWriter {

  final BufferAllocator allocator;
  int count;
  int capacity;
  private ArrowBuf validity;
  private int nulls;

  ColumnWriter(BufferAllocator allocator, int capacity) {
    this.allocator = allocator;
    this.capacity = Math.max(64, capacity);
    this.validity = allocator.buffer(bytesOfBits(this.capacity));
    validity.setOne(0, validity.capacity());
  }

  /** The number of values appended. */
  public final int count() {
    return count;
  }

  public final boolean isNull(int row) {
    return nulls > 0 && (validity.getByte(row >> 3) & (1 << (row & 7))) == 0;
  }

  public final void appendNull() {
    appendPlaceholder();
    int row = count - 1;
    validity.setByte(row >> 3, validity.getByte(row >> 3) & ~(1 << (row & 7)));
    nulls++;
  }

  /** Forgets all values from {@code size} on. */
  public final void truncate(int size) {
    for (int row = size; row < count; row++) {
      if (isNull(row)) {
        validity.setByte(row >> 3, validity.getByte(row >> 3) | (1 << (row & 7)));
        nulls--;
      }
    }
    count = size;
    truncateData(size);
  }

  /**
   * Appends the value that {@code source}, a writer of the same type, holds at {@code row}; {@code
   * source} may be this writer.
   */
  public final void appendFrom(ColumnWriter source, int row) {
    if (source.isNull(row)) {
      appendNull();
    } else {
      appendValueFrom(source, row);
    }
  }

  /** The bytes in use, for budgets. */
  public abstract long bytes();

  /** A hash of the value at {@code row}; equal values have equal hashes. */
  public abstract int hash(int row);

  /** Whether two values of this column are the same, byte for byte. */
  public abstract boolean same(int row, int otherRow);

  abstract void appendPlaceholder();

  abstract void appendValueFrom(ColumnWriter source, int row);

  abstract void truncateData(int size);

  abstract void growData(int newCapacity);

  abstract List<ArrowBuf> dataBuffers();

  void loadChildren(FieldVector vector) {}

  /** Makes room for one more value; called by subclasses when {@code count == capacity}. */
  final void grow() {
    int larger = (int) Math.min(Integer.MAX_VALUE - 64L, capacity * 2L);
    if (larger == capacity) {
      throw new IllegalStateException(
          "a batch cannot hold more than " + capacity + " values of a column");
    }
    ArrowBuf wider = enlarge(allocator, validity, bytesOfBits(larger));
    wider.setOne(bytesOfBits(capacity), wider.capacity() - bytesOfBits(capacity));
    validity = wider;
    growData(larger);
    capacity = larger;
  }

  /**
   * The values as a vector that shares this writer's memory; the writer must then be closed and not
   * appended to.
   */
  final FieldVector toVector(Field field) {
    FieldVector vector = field.createVector(allocator);
    load(vector);
    return vector;
  }

  final void load(FieldVector vector) {
    java.util.ArrayList<ArrowBuf> buffers = new java.util.ArrayList<>(3);
    buffers.add(validity);
    buffers.addAll(dataBuffers());
    vector.loadFieldBuffers(new ArrowFieldNode(count, nulls), buffers);
    loadChildren(vector);
  }

  @Override
  public void close() {
    validity.close();
    for (ArrowBuf buffer : dataBuffers()) {
      buffer.close();
    }
  }

  static long bytesOfBits(long bits) {
    // Whole 64-bit words, as the Arrow format recommends.
    return (bits + 63) / 64 * 8;
  }

  /** A larger copy of the buffer; the old one is released. */
  static ArrowBuf enlarge(BufferAllocator allocator, ArrowBuf buffer, long newCapacity) {
    ArrowBuf larger = allocator.buffer(newCapacity);
    larger.setBytes(0, buffer, 0, Math.min(buffer.capacity(), newCapacity));
    buffer.close();
    return larger;
  }
}
