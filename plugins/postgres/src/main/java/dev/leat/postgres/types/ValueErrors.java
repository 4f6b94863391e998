package dev.leat.postgres.types;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;

/**
 * Says of which column a value cannot be represented, and never the value.
 *
 * @param column as {@code schema.table.column}
 * @param type the column's type, for people
 */
record ValueErrors(String column, String type) {
  private static final ErrorCode UNREPRESENTABLE =
      new ErrorCode("PG_VALUE_UNREPRESENTABLE", ErrorCategory.DATA);
  private static final ErrorCode MALFORMED =
      new ErrorCode("PG_VALUE_MALFORMED", ErrorCategory.DATA);

  /** A value that exists in PostgreSQL and not here. */
  LeatException unrepresentable(String what) {
    return new LeatException(
        UNREPRESENTABLE,
        "A value of %s (%s) is %s.".formatted(column, type, what),
        "Carry the column as text: text_columns = [\"%s\"] in the source's section, then copy the table anew."
            .formatted(column));
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
        "This is a defect of Leat; text_columns = [\"%s\"] may help until it is mended."
            .formatted(column),
        cause);
  }
}
