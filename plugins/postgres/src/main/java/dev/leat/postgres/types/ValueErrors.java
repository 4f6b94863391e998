package dev.leat.postgres.types;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;

/**
 * Says of which column a value cannot be represented, and never the value.
 *
 * @param column as {@code schema.table.column}
 * @param type the column's type, for people
 * @param advice what to do about a value that cannot be represented
 */
record ValueErrors(String column, String type, String advice) {
  private static final ErrorCode UNREPRESENTABLE =
      new ErrorCode("PG_VALUE_UNREPRESENTABLE", ErrorCategory.DATA);
  private static final ErrorCode MALFORMED =
      new ErrorCode("PG_VALUE_MALFORMED", ErrorCategory.DATA);

  /** Of a source's column. */
  ValueErrors(String column, String type) {
    this(
        column,
        type,
        "Carry the column as text: text_columns = [\"%s\"] in the source's section, then copy the table anew."
            .formatted(column));
  }

  /** Of a column of a query's result. */
  static ValueErrors ofResult(String column, String type) {
    return new ValueErrors(
        column,
        type,
        "Give the column as text: CAST(%s AS VARCHAR) in the query.".formatted(column));
  }

  /** Of a column that is written. */
  static ValueErrors ofWritten(String column, String type) {
    return new ValueErrors(
        column,
        type,
        "Change such values in the query that gives them, or leave the column out of it.");
  }

  /** A value that exists in one system and not in the other. */
  LeatException unrepresentable(String what) {
    return new LeatException(
        UNREPRESENTABLE, "A value of %s (%s) is %s.".formatted(column, type, what), advice);
  }

  /** Values of types of one size have it. */
  void checkLength(int expected, int length) {
    if (length != expected) {
      throw malformed(length + " bytes instead of " + expected);
    }
  }

  /** Bytes that are no value of the type. */
  LeatException malformed(String what) {
    return malformed(new IllegalArgumentException(what));
  }

  LeatException malformed(Throwable cause) {
    return new LeatException(
        MALFORMED,
        "A value of %s (%s) is not in the form that PostgreSQL documents.".formatted(column, type),
        "This is a defect of Leat. Until it is mended: " + advice,
        cause);
  }
}
