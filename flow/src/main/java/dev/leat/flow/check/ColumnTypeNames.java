package dev.leat.flow.check;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types by the names that portable SQL has for them. */
public final class ColumnTypeNames {
  private static final Pattern DECIMAL =
      Pattern.compile("(?:DECIMAL|NUMERIC) ?\\( ?(\\d{1,2}) ?(?:, ?(\\d{1,2}) ?)?\\)");
  private static final Pattern VARCHAR = Pattern.compile("(?:VAR)?CHAR ?\\( ?\\d+ ?\\)");
  private static final Map<String, Primitive> NAMES = new TreeMap<>();
  private static final Map<String, Primitive> OTHER_NAMES =
      Map.of(
          "BOOL", Primitive.BOOLEAN,
          "INT", Primitive.INT32,
          "DOUBLE PRECISION", Primitive.FLOAT64,
          "FLOAT", Primitive.FLOAT64,
          "VARCHAR", Primitive.TEXT,
          "STRING", Primitive.TEXT,
          "VARBINARY", Primitive.BINARY,
          "TIMESTAMPTZ", Primitive.TIMESTAMP_TZ);

  static {
    for (Primitive type : Primitive.values()) {
      NAMES.put(of(type), type);
    }
  }

  private ColumnTypeNames() {}

  /** Names that can be written, for people; decimals and arrays have parameters besides. */
  public static List<String> known() {
    return List.copyOf(NAMES.keySet());
  }

  /** The type of that name, in whatever case; empty if there is none. */
  public static Optional<LogicalType> parse(String name) {
    String text = name.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (text.endsWith("[]")) {
      return parse(text.substring(0, text.length() - 2)).map(ListOf::new);
    }
    if (text.endsWith(" ARRAY")) {
      return parse(text.substring(0, text.length() - " ARRAY".length())).map(ListOf::new);
    }
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      int scale = decimal.group(2) == null ? 0 : Integer.parseInt(decimal.group(2));
      return precision < 1 || precision > Decimal.MAX_PRECISION || scale > precision
          ? Optional.empty()
          : Optional.of(new Decimal(precision, scale));
    }
    Primitive other = VARCHAR.matcher(text).matches() ? Primitive.TEXT : OTHER_NAMES.get(text);
    return Optional.ofNullable(NAMES.getOrDefault(text, other));
  }

  /** The name of a type. */
  public static String of(LogicalType type) {
    return switch (type) {
      case Primitive primitive -> of(primitive);
      case Decimal decimal -> decimal.toString();
      case ListOf(LogicalType element) -> of(element) + "[]";
    };
  }

  private static String of(Primitive type) {
    return switch (type) {
      case INT16 -> "SMALLINT";
      case INT32 -> "INTEGER";
      case INT64 -> "BIGINT";
      case FLOAT32 -> "REAL";
      case FLOAT64 -> "DOUBLE";
      case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
      case BOOLEAN, TEXT, JSON, BINARY, UUID, DATE, TIME, TIMESTAMP, INTERVAL -> type.name();
    };
  }
}
