package dev.leat.postgres.wire;

import dev.leat.postgres.types.BinaryEncoders;
import dev.leat.postgres.types.CellEncoder;
import dev.leat.postgres.types.EncodedBytes;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.schema.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Writes rows as COPY reads them in format binary; the reverse of {@link CopyRowDecoder}. */
public final class CopyRowEncoder {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int TRAILER = -1;
  private static final int PIECE = 1 << 20;

  private final List<Column> columns;
  private final EncodedBytes bytes = new EncodedBytes(PIECE + (PIECE >> 2));

  public CopyRowEncoder(List<Column> columns) {
    this.columns = List.copyOf(columns);
    bytes.putBytes(SIGNATURE);
    bytes.putInt(0);
    bytes.putInt(0);
  }

  /** Takes what is written, in order. */
  @FunctionalInterface
  public interface Output<E extends Exception> {
    void write(byte[] buffer, int offset, int length) throws E;
  }

  /**
   * Writes the rows of a batch whose vectors are those of the columns.
   *
   * @throws dev.leat.spi.error.LeatException category DATA if PostgreSQL has no such value
   */
  public <E extends Exception> void rows(RowBatch batch, Output<E> out) throws E {
    List<FieldVector> vectors = batch.root().getFieldVectors();
    int width = columns.size();
    CellEncoder[] cells = new CellEncoder[width];
    for (int i = 0; i < width; i++) {
      cells[i] = BinaryEncoders.of(columns.get(i), vectors.get(i));
    }
    for (int row = 0; row < batch.rows(); row++) {
      bytes.putShort(width);
      for (int i = 0; i < width; i++) {
        if (vectors.get(i).isNull(row)) {
          bytes.putInt(-1);
        } else {
          cells[i].encode(row, bytes);
        }
      }
      if (bytes.size() >= PIECE) {
        flush(out);
      }
    }
  }

  /** Writes the end. */
  public <E extends Exception> void end(Output<E> out) throws E {
    bytes.putShort(TRAILER);
    flush(out);
  }

  private <E extends Exception> void flush(Output<E> out) throws E {
    out.write(bytes.array(), 0, bytes.size());
    bytes.clear();
  }
}
