package dev.leat.spi.batch;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Text (UTF-8) and binary values of any length, at most 2 GiB of them in one batch. */
public final class BytesColumnWriter extends ColumnWriter {
  private ArrowBuf offsets;
  private ArrowBuf data;
  private int used;

  BytesColumnWriter(BufferAllocator allocator, int capacity) {
    super(allocator, capacity);
    this.offsets = allocator.buffer((this.capacity + 1) * 4L);
    this.data = allocator.buffer(this.capacity * 8L);
    offsets.setInt(0, 0);
  }

  public void appendBytes(byte[] source, int offset, int length) {
    reserve(length);
    data.setBytes(used, source, offset, length);
    used += length;
    appendPlaceholder();
  }

  /** The bytes of the value at {@code row}. */
  public byte[] bytesAt(int row) {
    byte[] value = new byte[length(row)];
    data.getBytes(start(row), value);
    return value;
  }

  @Override
  public long bytes() {
    return used + count * 4L;
  }

  @Override
  public int hash(int row) {
    return Bytes.hash(data, start(row), length(row));
  }

  @Override
  public boolean same(int row, int otherRow) {
    boolean isNull = isNull(row);
    int length = length(row);
    return isNull == isNull(otherRow)
        && (isNull
            || (length == length(otherRow)
                && Bytes.same(data, start(row), data, start(otherRow), length)));
  }

  private int start(int row) {
    return offsets.getInt(row * 4L);
  }

  private int length(int row) {
    return offsets.getInt((row + 1) * 4L) - start(row);
  }

  private void reserve(int length) {
    long needed = (long) used + length;
    if (needed > data.capacity()) {
      if (needed > Integer.MAX_VALUE) {
        throw new IllegalStateException("a batch cannot hold more than 2 GiB of one column");
      }
      data =
          enlarge(
              allocator, data, Math.min(Integer.MAX_VALUE, Math.max(needed, data.capacity() * 2)));
    }
  }

  @Override
  void appendPlaceholder() {
    if (count == capacity) {
      grow();
    }
    count++;
    offsets.setInt(count * 4L, used);
  }

  @Override
  void appendValueFrom(ColumnWriter source, int row) {
    BytesColumnWriter from = (BytesColumnWriter) source;
    int length = from.length(row);
    reserve(length);
    data.setBytes(used, from.data, from.start(row), length);
    used += length;
    appendPlaceholder();
  }

  @Override
  void truncateData(int size) {
    used = offsets.getInt(size * 4L);
  }

  @Override
  void growData(int newCapacity) {
    offsets = enlarge(allocator, offsets, (newCapacity + 1) * 4L);
  }

  @Override
  List<ArrowBuf> dataBuffers() {
    return List.of(offsets, data);
  }
}
