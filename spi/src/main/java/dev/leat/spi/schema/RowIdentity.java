package dev.leat.spi.schema;

/** How a row that an update or delete means can be told from the others. */
public enum RowIdentity {
  /** By the values of {@link TableSchema#key()}, which are unique and not NULL. */
  KEY,
  /**
   * By all its values: updates and deletes carry the whole old row, and equal rows are
   * interchangeable.
   */
  FULL_ROW,
  /** Not at all: only inserts and truncates can be followed. */
  NONE
}
