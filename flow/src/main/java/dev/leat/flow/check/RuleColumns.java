package dev.leat.flow.check;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of a dataset, as rules ask for them. */
final class RuleColumns {
  private static final ErrorCode UNKNOWN =
      new ErrorCode("CHECK_UNKNOWN_COLUMN", ErrorCategory.CONFIG);
  private static final ErrorCode VALUE = new ErrorCode("CHECK_VALUE", ErrorCategory.CONFIG);

  private final TableId dataset;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  RuleColumns(TableId dataset, List<Column> columns) {
    this.dataset = dataset;
    columns.forEach(column -> this.columns.put(column.name(), column));
  }

  Map<String, LogicalType> types() {
    Map<String, LogicalType> types = new LinkedHashMap<>();
    columns.forEach((name, column) -> types.put(name, column.type()));
    return types;
  }

  /** All names, each behind a prefix. */
  String all(String prefix) {
    return columns.keySet().stream()
        .map(name -> prefix + PortableText.name(name))
        .collect(Collectors.joining(", "));
  }

  LogicalType type(String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw new LeatException(
          UNKNOWN,
          dataset + " has no column " + name,
          alike(name)
              .map(other -> "did you mean " + other + "?")
              .orElse("its columns are " + String.join(", ", columns.keySet())));
    }
    return column.type();
  }

  boolean isNumber(String name) {
    return isNumber(type(name));
  }

  static boolean isNumber(LogicalType type) {
    return switch (type) {
      case Decimal _ -> true;
      case ListOf _ -> false;
      case Primitive primitive ->
          switch (primitive) {
            case INT16, INT32, INT64, FLOAT32, FLOAT64 -> true;
            case BOOLEAN, TEXT, JSON, BINARY, UUID, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL ->
                false;
          };
    };
  }

  /** A value as a literal that compares with the column. */
  String literal(String name, String value) {
    LogicalType type = type(name);
    try {
      return PortableText.literal(type, value);
    } catch (IllegalArgumentException e) {
      throw new LeatException(
          VALUE,
          "'%s' does not compare with %s, a column of type %s: %s"
              .formatted(value, name, ColumnTypeNames.of(type), e.getMessage()),
          "write a value of that type",
          e);
    }
  }

  /** The same but for case, or where one of the two begins with the other. */
  private Optional<String> alike(String name) {
    return columns.keySet().stream()
        .filter(
            other ->
                other.equalsIgnoreCase(name) || other.startsWith(name) || name.startsWith(other))
        .findFirst();
  }
}
