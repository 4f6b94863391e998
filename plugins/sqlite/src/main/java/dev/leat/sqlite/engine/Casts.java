package dev.leat.sqlite.engine;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.Optional;

/**
 * Casts, and what checks a value of a type. SQLite's own CAST never fails: {@code CAST('abc' AS
 * INTEGER)} is 0 there.
 */
final class Casts {
  private Casts() {}

  static Optional<String> cast(String value, LogicalType from, LogicalType to) {
    if (from.equals(to)) {
      return Optional.of(value);
    }
    return switch (to) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> toBoolean(value, from);
            case INT16 -> toInteger(value, from, Short.SIZE);
            case INT32 -> toInteger(value, from, Integer.SIZE);
            case INT64 -> toInteger(value, from, Long.SIZE);
            case FLOAT32 -> isNumberOrText(from) ? call("leat_float", value) : Optional.empty();
            case FLOAT64 -> toDouble(value, from);
            case TEXT -> toText(value, from);
            case DATE -> toDate(value, from);
            case TIMESTAMP -> toTimestamp("leat_timestamp", value, from);
            case TIMESTAMP_TZ -> toTimestamp("leat_timestamptz", value, from);
            case TIME -> fromText("leat_time", value, from);
            case UUID -> fromText("leat_uuid", value, from);
            case JSON -> fromText("leat_json", value, from);
            case BINARY, INTERVAL -> Optional.empty();
          };
      case Decimal decimal ->
          isNumberOrText(from) ? Optional.of(decimal(value, decimal)) : Optional.empty();
      case ListOf _ -> Optional.empty();
    };
  }

  /** A number rounded to the scale of a decimal and checked to fit. */
  static String decimal(String value, Decimal type) {
    return "leat_decimal(%s, %d, %d)".formatted(value, type.precision(), type.scale());
  }

  /** What arithmetic gives, as a value of its type and of no other. */
  static String exact(String value, LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case INT16 -> whole(value, Short.SIZE);
            case INT32 -> whole(value, Integer.SIZE);
            case INT64 -> whole(value, Long.SIZE);
            case BOOLEAN,
                FLOAT32,
                FLOAT64,
                TEXT,
                JSON,
                BINARY,
                UUID,
                DATE,
                TIME,
                TIMESTAMP,
                TIMESTAMP_TZ,
                INTERVAL ->
                value;
          };
      case Decimal decimal -> decimal(value, decimal);
      case ListOf _ -> value;
    };
  }

  private static String whole(String value, int bits) {
    return "leat_whole(" + value + ", " + bits + ")";
  }

  private static Optional<String> toBoolean(String value, LogicalType from) {
    if (isInteger(from)) {
      return Optional.of("(" + value + " <> 0)");
    }
    return fromText("leat_boolean", value, from);
  }

  private static Optional<String> toInteger(String value, LogicalType from, int bits) {
    if (from == Primitive.BOOLEAN) {
      return Optional.of(value);
    }
    boolean approximate = from == Primitive.FLOAT32 || from == Primitive.FLOAT64;
    return isNumberOrText(from)
        ? Optional.of("leat_integer(" + value + ", " + bits + ", " + (approximate ? 1 : 0) + ")")
        : Optional.empty();
  }

  private static Optional<String> toDouble(String value, LogicalType from) {
    if (from == Primitive.TEXT) {
      return call("leat_double", value);
    }
    return isNumberOrText(from) ? Optional.of("CAST(" + value + " AS REAL)") : Optional.empty();
  }

  private static Optional<String> toText(String value, LogicalType from) {
    return switch (from) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN ->
                Optional.of("(CASE " + value + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)");
            case INT16, INT32, INT64, FLOAT32, FLOAT64 ->
                Optional.of("CAST(" + value + " AS TEXT)");
            case TEXT, JSON, UUID, DATE -> Optional.of(value);
            case TIME, TIMESTAMP, TIMESTAMP_TZ ->
                Optional.of("rtrim(rtrim(" + value + ", '0'), '.')");
            case BINARY, INTERVAL -> Optional.empty();
          };
      case Decimal decimal ->
          Optional.of("leat_decimal_text(" + value + ", " + decimal.scale() + ")");
      case ListOf _ -> Optional.empty();
    };
  }

  private static Optional<String> toDate(String value, LogicalType from) {
    return isTimestamp(from)
        ? Optional.of("substr(" + value + ", 1, " + Temporals.DATE_LENGTH + ")")
        : fromText("leat_date", value, from);
  }

  private static Optional<String> toTimestamp(String function, String value, LogicalType from) {
    if (isTimestamp(from)) {
      return Optional.of(value);
    }
    return from == Primitive.DATE
        ? Optional.of("(" + value + " || ' 00:00:00.000000')")
        : fromText(function, value, from);
  }

  private static Optional<String> fromText(String function, String value, LogicalType from) {
    return from == Primitive.TEXT ? call(function, value) : Optional.empty();
  }

  private static Optional<String> call(String function, String value) {
    return Optional.of(function + "(" + value + ")");
  }

  private static boolean isTimestamp(LogicalType type) {
    return type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_TZ;
  }

  static boolean isInteger(LogicalType type) {
    return type == Primitive.INT16 || type == Primitive.INT32 || type == Primitive.INT64;
  }

  private static boolean isNumberOrText(LogicalType type) {
    return isInteger(type)
        || type instanceof Decimal
        || type == Primitive.FLOAT32
        || type == Primitive.FLOAT64
        || type == Primitive.TEXT;
  }
}
