package dev.leat.spi.schema;

/**
 * One column of a table.
 *
 * @param name as the source stores it
 * @param type what a batch holds for it
 * @param nullable whether the source allows NULL
 * @param sourceType the type in the source's own words, such as {@code numeric(10,2)}; for people,
 *     and to notice changes
 */
public record Column(String name, LogicalType type, boolean nullable, String sourceType) {
  public Column {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }
}
