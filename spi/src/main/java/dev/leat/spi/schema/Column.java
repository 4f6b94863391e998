package dev.leat.spi.schema;

/**
 * One column of a table.
 *
 * @param number what tells the source's column from all others that its table has or had, also when
 *     it is renamed or its name is used again, such as PostgreSQL's {@code attnum}; {@link
 *     #NO_NUMBER} if the source has none
 * @param name as the source stores it
 * @param type what a batch holds for it
 * @param nullable whether the source allows NULL
 * @param sourceType the type in the source's own words, such as {@code numeric(10,2)}; for people,
 *     and to notice changes
 */
public record Column(
    int number, String name, LogicalType type, boolean nullable, String sourceType) {
  public static final int NO_NUMBER = 0;

  public Column {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }

  public Column(String name, LogicalType type, boolean nullable, String sourceType) {
    this(NO_NUMBER, name, type, nullable, sourceType);
  }
}
