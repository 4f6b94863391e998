package dev.leat.duckdb;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts of files as values, in expressions of our own, the same for whole files and for single
 * rows: DuckDB's readers round 1.5 to a whole number and cut the time off a date.
 */
final class DuckDbTexts {
  private DuckDbTexts() {}

  static boolean isWhole(LogicalType type) {
    return type == Primitive.INT16 || type == Primitive.INT32 || type == Primitive.INT64;
  }

  /** A text as a value, rounded and cut where DuckDB does that; an error if it is none. */
  static String cast(String text, LogicalType type, @Nullable String format, char decimal) {
    String name = DuckDbSql.type(type);
    boolean time =
        type == Primitive.DATE || type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_TZ;
    if (time && format != null) {
      return "CAST(strptime(%s, %s) AS %s)".formatted(text, DuckDbSql.literal(format), name);
    }
    boolean fraction =
        type == Primitive.FLOAT32 || type == Primitive.FLOAT64 || type instanceof Decimal;
    if (fraction && decimal != '.') {
      return "CAST(replace(%s, '%c', '.') AS %s)".formatted(text, decimal, name);
    }
    if (type instanceof ListOf) {
      return "CAST(CAST(%s AS JSON) AS %s)".formatted(text, name);
    }
    return type == Primitive.TEXT ? text : "CAST(%s AS %s)".formatted(text, name);
  }

  /**
   * A text as a value; NULL if it is none of the type.
   *
   * @param text an expression
   * @param format how dates and times are written; null as ISO 8601 has them
   * @param decimal what stands before a fraction
   */
  static String converted(String text, LogicalType type, @Nullable String format, char decimal) {
    String plain = "TRY_CAST(" + text + " AS " + DuckDbSql.type(type) + ")";
    String number = decimal == '.' ? text : "replace(" + text + ", '" + decimal + "', '.')";
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case TEXT ->
                "CASE WHEN contains(%s, chr(0)) THEN NULL ELSE %s END".formatted(text, text);
            case INT16, INT32, INT64 -> whole(text, type);
            case FLOAT32, FLOAT64 -> "TRY_CAST(" + number + " AS " + DuckDbSql.type(type) + ")";
            case DATE -> {
              if (format != null) {
                yield "CAST(try_strptime(%s, %s) AS DATE)"
                    .formatted(text, DuckDbSql.literal(format));
              }
              String midnight = "regexp_replace(" + text + ", '[T ]00:00(:00(\\.0+)?)?Z?$', '')";
              yield "CASE WHEN contains(%s, ':') THEN NULL ELSE TRY_CAST(%s AS DATE) END"
                  .formatted(midnight, midnight);
            }
            case TIMESTAMP, TIMESTAMP_TZ ->
                format == null
                    ? plain
                    : "CAST(try_strptime(%s, %s) AS %s)"
                        .formatted(text, DuckDbSql.literal(format), DuckDbSql.type(type));
            case BOOLEAN, JSON, BINARY, UUID, TIME, INTERVAL -> plain;
          };
      case Decimal _ -> "TRY_CAST(" + number + " AS " + DuckDbSql.type(type) + ")";
      case ListOf _ -> "TRY_CAST(CAST(" + text + " AS JSON) AS " + DuckDbSql.type(type) + ")";
    };
  }

  private static String whole(String text, LogicalType type) {
    String name = DuckDbSql.type(type);
    String fraction =
        "contains(%s, '.') OR contains(%s, 'e') OR contains(%s, 'E')".formatted(text, text, text);
    return "CASE WHEN NOT (%s) THEN TRY_CAST(%s AS %s) WHEN TRY_CAST(%s AS DECIMAL(38, 12)) %% 1 = 0 THEN TRY_CAST(TRY_CAST(%s AS DECIMAL(38, 12)) AS %s) END"
        .formatted(fraction, text, name, text, text, name);
  }

  /** What a text that is no value of the type is. */
  static String complaint(LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> "neither true nor false";
            case INT16, INT32, INT64 ->
                "not a whole number of " + DuckDbSql.type(type).toLowerCase(Locale.ROOT);
            case FLOAT32, FLOAT64 -> "not a number";
            case TEXT -> "a NUL character in a text";
            case JSON -> "not JSON";
            case BINARY -> "not bytes";
            case UUID -> "not a UUID";
            case DATE -> "not a date";
            case TIME -> "not a time";
            case TIMESTAMP, TIMESTAMP_TZ -> "not a timestamp";
            case INTERVAL -> "not an interval";
          };
      case Decimal _ -> "not a " + type.toString().toLowerCase(Locale.ROOT);
      case ListOf _ -> "not a list of " + DuckDbSql.type(type);
    };
  }
}
