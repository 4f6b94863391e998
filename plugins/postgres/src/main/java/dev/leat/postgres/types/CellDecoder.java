package dev.leat.postgres.types;

import dev.leat.spi.batch.ColumnWriter;

/** Appends a value from the wire to a column. Safe for use by several threads. */
@FunctionalInterface
public interface CellDecoder {

  /**
   * Appends one value, which is not NULL.
   *
   * @throws dev.leat.spi.error.LeatException category DATA, naming the column and never the value,
   *     if the column's type cannot hold it; nothing is appended then
   */
  void decode(byte[] buffer, int offset, int length, ColumnWriter out);
}
