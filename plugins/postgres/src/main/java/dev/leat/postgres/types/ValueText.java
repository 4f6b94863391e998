package dev.leat.postgres.types;

/**
 * Writes a value that came in its type's binary form as the type's output function would. Safe for
 * use by several threads.
 */
@FunctionalInterface
interface ValueText {

  /**
   * Appends the text of one value, which is not NULL.
   *
   * @throws dev.leat.spi.error.LeatException category DATA, naming the column and never the value,
   *     if the bytes are no value of the type; what was appended is then of no use
   */
  void write(byte[] bytes, int at, int length, StringBuilder out);
}
