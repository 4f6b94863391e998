package dev.leat.postgres.wire;

import dev.leat.postgres.types.CellDecoder;
import dev.leat.postgres.types.TableCodec;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.error.LeatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes one COPY's data in format binary, message by message (PostgreSQL documentation, "COPY",
 * Binary Format). A server sends one message for each row.
 */
public final class CopyRowDecoder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** Signature and flags; the length of an extension follows. */
  private static final int SIGNATURE = 15;

  private static final int TRAILER = -1;

  private final TableCodec codec;
  private final CellDecoder[] cells;
  private boolean headerSeen;

  public CopyRowDecoder(TableCodec codec) {
    this.codec = codec;
    this.cells = new CellDecoder[codec.schema().columns().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = codec.column(i).readsBinary() ? codec.column(i).binary() : codec.column(i).text();
    }
  }

  /**
   * Appends the rows in a message.
   *
   * @throws LeatException category DATA if a value cannot be represented: the row begun has then to
   *     be abandoned
   */
  public void decode(byte[] buffer, int offset, int length, RowBatchBuilder out) {
    int at = offset;
    int end = offset + length;
    if (!headerSeen) {
      headerSeen = true;
      require(SIGNATURE + 4, end - at);
      int extension = (int) INT.get(buffer, at + SIGNATURE);
      at += SIGNATURE + 4;
      require(extension, end - at);
      at += extension;
    }
    while (at < end) {
      require(2, end - at);
      int fields = (short) SHORT.get(buffer, at);
      at += 2;
      if (fields == TRAILER) {
        return;
      }
      if (fields != cells.length) {
        throw WireErrors.malformed(
            "A row of %s came with %d fields instead of %d."
                .formatted(codec.schema().table(), fields, cells.length));
      }
      for (int i = 0; i < cells.length; i++) {
        require(4, end - at);
        int size = (int) INT.get(buffer, at);
        at += 4;
        if (size < 0) {
          out.column(i).appendNull();
        } else {
          require(size, end - at);
          cells[i].decode(buffer, at, size, out.column(i));
          at += size;
        }
      }
      out.endRow();
    }
  }

  private void require(int size, int there) {
    if (size < 0 || size > there) {
      throw WireErrors.malformed(
          "A message with a row of %s ends %d bytes too early."
              .formatted(codec.schema().table(), (long) size - there));
    }
  }
}
