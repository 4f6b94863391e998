package dev.leat.spi.batch;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/** Lists: append the elements to {@link #elements()}, then call {@link #endList()}. */
public final class ListColumnWriter extends ColumnWriter {
  private final ColumnWriter elements;
  private ArrowBuf offsets;

  ListColumnWriter(BufferAllocator allocator, int capacity, ColumnWriter elements) {
    super(allocator, capacity);
    this.elements = elements;
    this.offsets = allocator.buffer((this.capacity + 1) * 4L);
    offsets.setInt(0, 0);
  }

  public ColumnWriter elements() {
    return elements;
  }

  /** Ends the value: its elements are those appended since the value before. */
  public void endList() {
    appendPlaceholder();
  }

  @Override
  public long bytes() {
    return count * 4L + elements.bytes();
  }

  @Override
  public int hash(int row) {
    int hash = 1;
    for (int i = offsets.getInt(row * 4L); i < offsets.getInt((row + 1) * 4L); i++) {
      hash = 31 * hash + (elements.isNull(i) ? 0 : elements.hash(i));
    }
    return hash;
  }

  @Override
  public boolean same(int row, int otherRow) {
    int start = offsets.getInt(row * 4L);
    int length = offsets.getInt((row + 1) * 4L) - start;
    int otherStart = offsets.getInt(otherRow * 4L);
    if (isNull(row) != isNull(otherRow)
        || length != offsets.getInt((otherRow + 1) * 4L) - otherStart) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!elements.same(start + i, otherStart + i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void appendPlaceholder() {
    if (count == capacity) {
      grow();
    }
    count++;
    offsets.setInt(count * 4L, elements.count());
  }

  @Override
  void appendValueFrom(ColumnWriter source, int row) {
    ListColumnWriter from = (ListColumnWriter) source;
    int end = from.offsets.getInt((row + 1) * 4L);
    for (int i = from.offsets.getInt(row * 4L); i < end; i++) {
      elements.appendFrom(from.elements, i);
    }
    appendPlaceholder();
  }

  @Override
  void truncateData(int size) {
    elements.truncate(offsets.getInt(size * 4L));
  }

  @Override
  void growData(int newCapacity) {
    offsets = enlarge(allocator, offsets, (newCapacity + 1) * 4L);
  }

  @Override
  List<ArrowBuf> dataBuffers() {
    return List.of(offsets);
  }

  @Override
  void loadChildren(FieldVector vector) {
    elements.load(((ListVector) vector).getDataVector());
  }

  @Override
  public void close() {
    super.close();
    elements.close();
  }
}
