package dev.leat.spi.batch;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Booleans, one bit each. */
public final class BooleanColumnWriter extends ColumnWriter {
  private ArrowBuf data;

  BooleanColumnWriter(BufferAllocator allocator, int capacity) {
    super(allocator, capacity);
    this.data = allocator.buffer(bytesOfBits(this.capacity));
    data.setZero(0, data.capacity());
  }

  public void appendBoolean(boolean value) {
    appendPlaceholder();
    if (value) {
      int row = count - 1;
      data.setByte(row >> 3, data.getByte(row >> 3) | (1 << (row & 7)));
    }
  }

  public boolean booleanAt(int row) {
    return (data.getByte(row >> 3) & (1 << (row & 7))) != 0;
  }

  @Override
  public long bytes() {
    return count / 8 + 1L;
  }

  @Override
  public int hash(int row) {
    return Boolean.hashCode(booleanAt(row));
  }

  @Override
  public boolean same(int row, int otherRow) {
    boolean isNull = isNull(row);
    return isNull == isNull(otherRow) && (isNull || booleanAt(row) == booleanAt(otherRow));
  }

  @Override
  void appendPlaceholder() {
    if (count == capacity) {
      grow();
    }
    count++;
  }

  @Override
  void appendValueFrom(ColumnWriter source, int row) {
    appendBoolean(((BooleanColumnWriter) source).booleanAt(row));
  }

  @Override
  void truncateData(int size) {
    // Bits past the end have to be 0: appending sets ones only.
    for (int row = size; row < capacity && (row & 7) != 0; row++) {
      data.setByte(row >> 3, data.getByte(row >> 3) & ~(1 << (row & 7)));
    }
    int nextByte = (size + 7) >> 3;
    data.setZero(nextByte, data.capacity() - nextByte);
  }

  @Override
  void growData(int newCapacity) {
    long used = data.capacity();
    data = enlarge(allocator, data, bytesOfBits(newCapacity));
    if (data.capacity() > used) {
      data.setZero(used, data.capacity() - used);
    }
  }

  @Override
  List<ArrowBuf> dataBuffers() {
    return List.of(data);
  }
}
