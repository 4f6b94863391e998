package dev.leat.spi.instruction;

/**
 * A sort order; NULLs come last in both directions, texts by their UTF-8 bytes.
 *
 * @param expression portable SQL over the columns of the input
 * @param descending from the highest down
 */
public record Order(String expression, boolean descending) {
  public static Order ascending(String expression) {
    return new Order(expression, false);
  }

  public static Order descending(String expression) {
    return new Order(expression, true);
  }
}
