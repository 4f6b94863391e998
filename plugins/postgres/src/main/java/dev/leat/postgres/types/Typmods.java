package dev.leat.postgres.types;

/** What stands in the modifier of a numeric type (numeric.c, make_numeric_typmod). */
final class Typmods {
  private static final int HEADER = 4;
  private static final int SCALE_BITS = 0x7FF;
  private static final int SCALE_SIGN = 0x400;

  private Typmods() {}

  static int precision(int typmod) {
    return (typmod - HEADER) >> 16 & 0xFFFF;
  }

  /** Negative scales exist from PostgreSQL 15 on: numeric(3,-2) rounds to hundreds. */
  static int scale(int typmod) {
    return (((typmod - HEADER) & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
  }
}
