package dev.leat.sql;

import dev.leat.spi.error.Spelling;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Conditions over key columns.
 *
 * @param joinsNulls whether {@code IS NOT DISTINCT FROM} joins as {@code =} does
 */
record Keys(List<Column> columns, boolean joinsNulls) {

  static Column column(List<Column> columns, String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .or(
            () ->
                columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst())
        .orElseThrow(
            () ->
                new Problem(
                    "SQL_UNKNOWN_COLUMN",
                    SqlParserPos.ZERO,
                    "There is no column " + name + " in the input",
                    Spelling.closest(name, columns.stream().map(Column::name).toList())
                        .map(similar -> "Did you mean " + similar + "?")
                        .orElse("Name one of the input's columns.")));
  }

  /**
   * Whether two rows have one key; NULLs are equal to each other. Where that does not join as well,
   * it is written with {@code =}, by which every engine can hash, if the type has a value that can
   * stand in for NULL.
   */
  String same(List<String> key, String left, String right) {
    return key.stream()
        .map(name -> same(column(columns, name), left, right))
        .collect(Collectors.joining(" AND "));
  }

  /** Whether a FULL JOIN is possible by {@link #same}. */
  boolean joinInFull(List<String> key) {
    return joinsNulls
        || key.stream()
            .map(name -> column(columns, name))
            .allMatch(column -> !column.nullable() || standIn(column.type()) != null);
  }

  private String same(Column column, String left, String right) {
    String one = left + "." + Names.quote(column.name());
    String other = right + "." + Names.quote(column.name());
    if (!column.nullable()) {
      return one + " = " + other;
    }
    String standIn = joinsNulls ? null : standIn(column.type());
    return standIn == null
        ? one + " IS NOT DISTINCT FROM " + other
        : "COALESCE(%s, %s) = COALESCE(%s, %s) AND (%s IS NULL) = (%s IS NULL)"
            .formatted(one, standIn, other, standIn, one, other);
  }

  private static @Nullable String standIn(LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> "FALSE";
            case INT16, INT32, INT64, FLOAT32, FLOAT64 -> "0";
            case TEXT -> "''";
            case UUID -> "CAST('00000000-0000-0000-0000-000000000000' AS UUID)";
            case DATE -> "DATE '1970-01-01'";
            case TIMESTAMP -> "TIMESTAMP '1970-01-01 00:00:00'";
            case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00'";
            case TIME, JSON, BINARY, INTERVAL -> null;
          };
      case Decimal _ -> "0";
      case ListOf _ -> null;
    };
  }
}
