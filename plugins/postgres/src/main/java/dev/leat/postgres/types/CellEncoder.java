package dev.leat.postgres.types;

/**
 * Writes values of one vector as the receive functions of PostgreSQL's types want them: the length,
 * then the bytes.
 */
@FunctionalInterface
public interface CellEncoder {

  /**
   * Writes the value at {@code row}, which is not NULL.
   *
   * @throws dev.leat.spi.error.LeatException category DATA if PostgreSQL has no such value
   */
  void encode(int row, EncodedBytes out);
}
