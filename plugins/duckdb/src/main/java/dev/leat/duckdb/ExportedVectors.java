package dev.leat.duckdb;

import java.util.List;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Moves values from the vectors that DuckDB fills into those of a batch, without copying. */
final class ExportedVectors {
  private ExportedVectors() {}

  /**
   * Both have the same layout, but for bytes of a fixed size, which DuckDB exports as any bytes.
   */
  static void move(FieldVector from, FieldVector to) {
    if (from instanceof VarBinaryVector bytes && to instanceof FixedSizeBinaryVector fixed) {
      copy(bytes, fixed);
      return;
    }
    to.loadFieldBuffers(
        new ArrowFieldNode(from.getValueCount(), from.getNullCount()), from.getFieldBuffers());
    List<FieldVector> children = from.getChildrenFromFields();
    for (int i = 0; i < children.size(); i++) {
      move(children.get(i), to.getChildrenFromFields().get(i));
    }
  }

  private static void copy(VarBinaryVector from, FixedSizeBinaryVector to) {
    int width = to.getByteWidth();
    int count = from.getValueCount();
    to.allocateNew(count);
    for (int i = 0; i < count; i++) {
      if (!from.isNull(i)) {
        to.getDataBuffer()
            .setBytes((long) i * width, from.getDataBuffer(), from.getStartOffset(i), width);
        BitVectorHelper.setBit(to.getValidityBuffer(), i);
      }
    }
    to.setValueCount(count);
  }
}
