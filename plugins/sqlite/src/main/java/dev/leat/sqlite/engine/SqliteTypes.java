package dev.leat.sqlite.engine;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Types as they are declared, which is the only place where SQLite keeps them. What a declared name
 * does to values, its affinity, follows from parts of it: JSON is declared as a text, or {@code
 * 1.50} would become a number.
 */
final class SqliteTypes {
  private static final Pattern DECIMAL =
      Pattern.compile("(?:DECIMAL|NUMERIC) ?\\( ?(\\d{1,2}) ?(?:, ?(\\d{1,2}) ?)?\\)");

  private SqliteTypes() {}

  static String declared(LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> "BOOLEAN";
            case INT16 -> "SMALLINT";
            case INT32 -> "INT4";
            case INT64 -> "BIGINT";
            case FLOAT32 -> "FLOAT4";
            case FLOAT64 -> "DOUBLE";
            case TEXT -> "TEXT";
            case JSON -> "JSON TEXT";
            case BINARY -> "BLOB";
            case UUID -> "UUID";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMP_TZ -> "TIMESTAMPTZ";
            case INTERVAL -> "INTERVAL";
          };
      case Decimal(int precision, int scale) -> "DECIMAL(" + precision + "," + scale + ")";
      case ListOf(LogicalType element) -> declared(element) + "[]";
    };
  }

  /**
   * The type that a declaration means, also one that others wrote: their INTEGER holds 64 bits and
   * their REAL is a double. Empty if it says nothing.
   */
  static Optional<LogicalType> logical(String declaration) {
    String name = declaration.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      int scale = decimal.group(2) == null ? 0 : Integer.parseInt(decimal.group(2));
      return precision >= 1 && precision <= Decimal.MAX_PRECISION && scale <= precision
          ? Optional.of(new Decimal(precision, scale))
          : Optional.of(Primitive.FLOAT64);
    }
    int parameters = name.indexOf('(');
    String base = parameters < 0 ? name : name.substring(0, parameters).strip();
    Primitive type =
        switch (base) {
          case "BOOLEAN", "BOOL" -> Primitive.BOOLEAN;
          case "SMALLINT", "INT2" -> Primitive.INT16;
          case "INT4" -> Primitive.INT32;
          case "FLOAT4" -> Primitive.FLOAT32;
          case "JSON TEXT", "JSON" -> Primitive.JSON;
          case "UUID" -> Primitive.UUID;
          case "DATE" -> Primitive.DATE;
          case "TIME" -> Primitive.TIME;
          case "TIMESTAMP" -> Primitive.TIMESTAMP;
          case "TIMESTAMPTZ" -> Primitive.TIMESTAMP_TZ;
          case "INTERVAL" -> Primitive.INTERVAL;
          case "", "NUM", "NUMERIC", "DECIMAL", "ANY" -> null;
          default -> byAffinity(base);
        };
    return Optional.ofNullable(type);
  }

  /** See section 3.1 of <a href="https://www.sqlite.org/datatype3.html">SQLite's datatypes</a>. */
  private static Primitive byAffinity(String name) {
    if (name.contains("INT")) {
      return Primitive.INT64;
    }
    if (name.contains("BLOB")) {
      return Primitive.BINARY;
    }
    return name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")
        ? Primitive.FLOAT64
        : Primitive.TEXT;
  }

  /** The type that holds a value, by what {@code typeof} says of it. */
  static LogicalType ofStorage(String storage) {
    return switch (storage) {
      case "integer" -> Primitive.INT64;
      case "real" -> Primitive.FLOAT64;
      case "blob" -> Primitive.BINARY;
      default -> Primitive.TEXT;
    };
  }

  /**
   * A condition that is true for what a column of that type may hold, NULL included.
   *
   * @param value quoted
   */
  static String holds(LogicalType type, String value) {
    String storage =
        switch (type) {
          case Primitive primitive ->
              switch (primitive) {
                case BOOLEAN -> integer(value, 0, 1);
                case INT16 -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
                case INT32 -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case INT64 -> "typeof(" + value + ") = 'integer'";
                case FLOAT32, FLOAT64 -> "typeof(" + value + ") = 'real'";
                case BINARY -> "typeof(" + value + ") = 'blob'";
                case DATE -> text(value, Temporals.DATE_GLOB);
                case TIME -> text(value, Temporals.TIME_GLOB);
                case TIMESTAMP, TIMESTAMP_TZ ->
                    text(value, Temporals.DATE_GLOB + " " + Temporals.TIME_GLOB);
                case TEXT, JSON, UUID, INTERVAL -> "typeof(" + value + ") = 'text'";
              };
          case Decimal _ -> "typeof(" + value + ") IN ('integer', 'real')";
          case ListOf _ -> "FALSE";
        };
    return "(" + value + " IS NULL OR " + storage + ")";
  }

  private static String integer(String value, long least, long most) {
    return "typeof(%s) = 'integer' AND %s BETWEEN %d AND %d".formatted(value, value, least, most);
  }

  private static String text(String value, String glob) {
    return "typeof(%s) = 'text' AND %s GLOB '%s'".formatted(value, value, glob);
  }
}
