package dev.leat.postgres.engine;

import dev.leat.postgres.types.StoredTypes;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;

/** Conversions, where PostgreSQL has none of its own or one that depends on the session. */
final class Casts {
  private Casts() {}

  static String write(String value, LogicalType from, LogicalType to) {
    String type = StoredTypes.name(to);
    if (from == Primitive.BOOLEAN && isNumber(to)) {
      return cast(cast(value, "INTEGER"), type);
    }
    if (isNumber(from) && to == Primitive.BOOLEAN) {
      return "(" + value + " <> 0)";
    }
    if (from == Primitive.TIMESTAMP_TZ && (to == Primitive.TIMESTAMP || to == Primitive.DATE)) {
      return cast("(" + value + ") AT TIME ZONE 'UTC'", type);
    }
    if ((from == Primitive.TIMESTAMP || from == Primitive.DATE) && to == Primitive.TIMESTAMP_TZ) {
      return "(" + cast(value, "TIMESTAMP") + " AT TIME ZONE 'UTC')";
    }
    if (isFloat(from) && to instanceof Decimal) {
      // The cast of its own rounds to 15 digits first.
      return cast(cast(value, "TEXT"), type);
    }
    if (from == Primitive.TEXT && isDay(to)) {
      return cast(withoutWords(value), type);
    }
    return cast(value, type);
  }

  /** PostgreSQL takes words for times, such as yesterday; with a letter before them it does not. */
  private static String withoutWords(String text) {
    return "REGEXP_REPLACE(" + text + ", '^(\\s*)(?!inf)(?=[a-z])', '\\1x', 'i')";
  }

  private static boolean isDay(LogicalType type) {
    return type == Primitive.DATE || type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_TZ;
  }

  static String cast(String value, String type) {
    return "CAST(" + value + " AS " + type + ")";
  }

  static boolean isInteger(LogicalType type) {
    return type == Primitive.INT16 || type == Primitive.INT32 || type == Primitive.INT64;
  }

  static boolean isFloat(LogicalType type) {
    return type == Primitive.FLOAT32 || type == Primitive.FLOAT64;
  }

  private static boolean isNumber(LogicalType type) {
    return isInteger(type) || isFloat(type) || type instanceof Decimal;
  }
}
