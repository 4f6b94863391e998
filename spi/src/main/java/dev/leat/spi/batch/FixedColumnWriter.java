package dev.leat.spi.batch;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Values of a fixed width of 1, 2, 4, 8 or 16 bytes. */
public final class FixedColumnWriter extends ColumnWriter {
  private final int width;
  private ArrowBuf data;

  FixedColumnWriter(BufferAllocator allocator, int capacity, int width) {
    super(allocator, capacity);
    this.width = width;
    this.data = allocator.buffer((long) this.capacity * width);
  }

  /** Appends to a column of width 1. */
  public void appendByte(byte value) {
    appendPlaceholder();
    data.setByte(count - 1, value);
  }

  /** Appends to a column of width 2. */
  public void appendShort(short value) {
    appendPlaceholder();
    data.setShort((count - 1) * 2L, value);
  }

  /** Appends to a column of width 4. */
  public void appendInt(int value) {
    appendPlaceholder();
    data.setInt((count - 1) * 4L, value);
  }

  /** Appends to a column of width 8. */
  public void appendLong(long value) {
    appendPlaceholder();
    data.setLong((count - 1) * 8L, value);
  }

  /** Appends a float to a column of width 4. */
  public void appendFloat(float value) {
    appendInt(Float.floatToRawIntBits(value));
  }

  /** Appends a double to a column of width 8. */
  public void appendDouble(double value) {
    appendLong(Double.doubleToRawLongBits(value));
  }

  /** Appends a 128-bit two's complement number to a column of width 16. */
  public void appendDecimal(long low, long high) {
    appendPlaceholder();
    data.setLong((count - 1) * 16L, low);
    data.setLong((count - 1) * 16L + 8, high);
  }

  /** Appends months, days and nanoseconds to an interval column (width 16). */
  public void appendInterval(int months, int days, long nanoseconds) {
    appendPlaceholder();
    data.setInt((count - 1) * 16L, months);
    data.setInt((count - 1) * 16L + 4, days);
    data.setLong((count - 1) * 16L + 8, nanoseconds);
  }

  /** Appends {@code width} bytes as they are. */
  public void appendBytes(byte[] source, int offset) {
    appendPlaceholder();
    data.setBytes((long) (count - 1) * width, source, offset, width);
  }

  /** The value of a column of width 1 at {@code row}. */
  public byte byteAt(int row) {
    return data.getByte(row);
  }

  public int width() {
    return width;
  }

  /** The value of a column of width 8 at {@code row}. */
  public long longAt(int row) {
    return data.getLong(row * 8L);
  }

  /** The value of a column of width 4 at {@code row}. */
  public int intAt(int row) {
    return data.getInt(row * 4L);
  }

  @Override
  public long bytes() {
    return (long) count * width;
  }

  @Override
  public int hash(int row) {
    return Bytes.hash(data, (long) row * width, width);
  }

  @Override
  public boolean same(int row, int otherRow) {
    boolean isNull = isNull(row);
    return isNull == isNull(otherRow)
        && (isNull || Bytes.same(data, (long) row * width, data, (long) otherRow * width, width));
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
    appendPlaceholder();
    data.setBytes(
        (long) (count - 1) * width, ((FixedColumnWriter) source).data, (long) row * width, width);
  }

  @Override
  void truncateData(int size) {}

  @Override
  void growData(int newCapacity) {
    data = enlarge(allocator, data, (long) newCapacity * width);
  }

  @Override
  List<ArrowBuf> dataBuffers() {
    return List.of(data);
  }
}
