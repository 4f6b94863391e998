package dev.leat.spi.instruction;

/**
 * One column of a result.
 *
 * @param name the column's name, as it will be stored
 * @param expression portable SQL over the columns of the input
 */
public record Projection(String name, String expression) {
  public Projection {
    if (name.isEmpty() || expression.isBlank()) {
      throw new IllegalArgumentException("a projection needs a name and an expression");
    }
  }
}
