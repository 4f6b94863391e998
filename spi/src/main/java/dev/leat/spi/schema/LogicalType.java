package dev.leat.spi.schema;

import org.jspecify.annotations.Nullable;

/**
 * The type of a column, independent of any system. Sources map their types to these, destinations
 * from these; each plugin's README has the table.
 */
public sealed interface LogicalType
    permits LogicalType.Primitive, LogicalType.Decimal, LogicalType.ListOf {

  /**
   * Reads what {@code toString()} of a type gave.
   *
   * @throws IllegalArgumentException if it is none
   */
  static LogicalType parse(String text) {
    if (text.endsWith("[]")) {
      return new ListOf(parse(text.substring(0, text.length() - 2)));
    }
    if (text.startsWith("DECIMAL(")) {
      int comma = text.indexOf(',');
      return new Decimal(
          Integer.parseInt(text.substring("DECIMAL(".length(), comma)),
          Integer.parseInt(text.substring(comma + 1, text.length() - 1)));
    }
    return Primitive.valueOf(text);
  }

  /**
   * Types without parameters, with the encoding of a value in a batch (Arrow columnar format,
   * little endian).
   */
  enum Primitive implements LogicalType {
    /** One bit. */
    BOOLEAN,
    /** 16-bit signed. */
    INT16,
    /** 32-bit signed. */
    INT32,
    /** 64-bit signed. */
    INT64,
    /** IEEE 754 binary32, NaN and infinities included. */
    FLOAT32,
    /** IEEE 754 binary64, NaN and infinities included. */
    FLOAT64,
    /**
     * UTF-8. Also the exact text form of a value whose own type no column type can hold; see {@link
     * Column#sourceType()}.
     */
    TEXT,
    /** UTF-8 holding a JSON document, byte for byte as the source gives it. */
    JSON,
    /** Bytes. */
    BINARY,
    /** 16 bytes in network order. */
    UUID,
    /**
     * 32-bit days since 1970-01-01, proleptic Gregorian; {@link Integer#MAX_VALUE} and its negative
     * are ±infinity.
     */
    DATE,
    /** 64-bit microseconds since midnight, 0 to 86,400,000,000 (24:00:00) inclusive. */
    TIME,
    /**
     * 64-bit microseconds since 1970-01-01 00:00 without a zone; {@link Long#MAX_VALUE} and its
     * negative are ±infinity.
     */
    TIMESTAMP,
    /** As {@link #TIMESTAMP}, in UTC: an instant. */
    TIMESTAMP_TZ,
    /** 32-bit months, 32-bit days, 64-bit nanoseconds, each with its own sign. */
    INTERVAL
  }

  /**
   * Fixed-point numbers as 128-bit two's complement unscaled values. There is no NaN or infinity.
   *
   * @param precision digits in all, 1 to 38
   * @param scale digits after the point, 0 to precision
   */
  record Decimal(int precision, int scale) implements LogicalType {
    /** The most digits that 128 bits hold. */
    public static final int MAX_PRECISION = 38;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "no decimal has precision " + precision + " and scale " + scale);
      }
    }

    // Written out as in TableId: types are compared for each column of each query.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Decimal that && precision == that.precision && scale == that.scale;
    }

    @Override
    public int hashCode() {
      return 31 * precision + scale;
    }

    @Override
    public String toString() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }

  /** A list of values of one type, each of which may be NULL. */
  record ListOf(LogicalType element) implements LogicalType {
    @Override
    public String toString() {
      return element + "[]";
    }
  }
}
