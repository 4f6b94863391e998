package dev.leat.duckdb;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DuckDB's names of types, read. */
final class DuckDbTypes {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
  private static final Pattern ARRAY = Pattern.compile("(.*)\\[\\d*]", Pattern.DOTALL);

  private DuckDbTypes() {}

  /**
   * What holds every value of the type; its text for those that nothing else holds, such as
   * structures and maps. Numbers of 39 digits are beyond all types.
   */
  static LogicalType logical(String name) {
    Matcher array = ARRAY.matcher(name);
    if (array.matches()) {
      return new ListOf(logical(array.group(1)));
    }
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      return new Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (name) {
      case "BOOLEAN" -> Primitive.BOOLEAN;
      case "TINYINT", "UTINYINT", "SMALLINT" -> Primitive.INT16;
      case "USMALLINT", "INTEGER" -> Primitive.INT32;
      case "UINTEGER", "BIGINT" -> Primitive.INT64;
      case "UBIGINT" -> new Decimal(20, 0);
      case "HUGEINT", "UHUGEINT" -> new Decimal(Decimal.MAX_PRECISION, 0);
      case "FLOAT" -> Primitive.FLOAT32;
      case "DOUBLE" -> Primitive.FLOAT64;
      case "JSON" -> Primitive.JSON;
      case "BLOB" -> Primitive.BINARY;
      case "UUID" -> Primitive.UUID;
      case "DATE" -> Primitive.DATE;
      case "TIME", "TIME_NS" -> Primitive.TIME;
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Primitive.TIMESTAMP;
      case "TIMESTAMP WITH TIME ZONE" -> Primitive.TIMESTAMP_TZ;
      case "INTERVAL" -> Primitive.INTERVAL;
      default -> Primitive.TEXT;
    };
  }
}
