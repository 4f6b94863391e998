package dev.leat.sql;

import dev.leat.spi.schema.Column;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Conditions over key columns. */
final class Keys {
  private Keys() {}

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
                    Similar.to(name, columns.stream().map(Column::name).toList())
                        .map(similar -> "Did you mean " + similar + "?")
                        .orElse("Name one of the input's columns.")));
  }

  /**
   * Whether two rows have one key; NULLs are equal to each other. Columns without NULLs are
   * compared with {@code =}, by which every engine can hash.
   */
  static String same(List<Column> columns, List<String> key, String left, String right) {
    return key.stream()
        .map(name -> column(columns, name))
        .map(
            column ->
                left
                    + "."
                    + Names.quote(column.name())
                    + (column.nullable() ? " IS NOT DISTINCT FROM " : " = ")
                    + right
                    + "."
                    + Names.quote(column.name()))
        .collect(Collectors.joining(" AND "));
  }
}
