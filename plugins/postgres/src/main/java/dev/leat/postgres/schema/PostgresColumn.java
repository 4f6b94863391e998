package dev.leat.postgres.schema;

/**
 * A column as the catalogs have it.
 *
 * @param attnum its number, which stays when it is renamed
 * @param name its name
 * @param typeOid its type
 * @param typmod the type's modifier, or -1
 * @param dimensions how many an array was declared with; 0 for another type
 * @param notNull whether no row has NULL in it
 * @param generated {@code s} for stored, {@code v} for virtual, a space for a column of its own
 */
public record PostgresColumn(
    int attnum,
    String name,
    int typeOid,
    int typmod,
    int dimensions,
    boolean notNull,
    char generated) {

  boolean isGenerated() {
    return generated != ' ';
  }
}
