package dev.leat.duckdb;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.PortableFunction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DuckDB's SQL. */
final class DuckDbDialect implements Dialect {
  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public String quote(String name) {
    return DuckDbSql.quote(name);
  }

  @Override
  public String quote(TableId table) {
    return DuckDbSql.quote(table);
  }

  @Override
  public String literal(String text) {
    return DuckDbSql.literal(text);
  }

  @Override
  public String literal(LogicalType type, String value) {
    return type == Primitive.BOOLEAN ? value : "CAST(" + literal(value) + " AS " + type(type) + ")";
  }

  @Override
  public String type(LogicalType type) {
    return DuckDbSql.type(type);
  }

  @Override
  public Optional<String> call(Call call) {
    return call.function() == PortableFunction.CAST
        ? Optional.of("CAST(" + call.operand(0) + " AS " + type(call.type()) + ")")
        : Optional.empty();
  }

  @Override
  public String ordered(String text) {
    return text;
  }

  @Override
  public List<String> createTable(TableId table, List<Column> columns, List<String> key) {
    String definitions =
        columns.stream()
            .map(
                column ->
                    quote(column.name())
                        + " "
                        + type(column.type())
                        + (column.nullable() ? "" : " NOT NULL"))
            .collect(Collectors.joining(", "));
    String unique =
        key.isEmpty()
            ? ""
            : key.stream()
                .map(this::quote)
                .collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS " + quote(table.schema()),
        "CREATE TABLE " + quote(table) + " (" + definitions + unique + ")");
  }

  @Override
  public List<String> alterTable(TableId table, List<ColumnChange> changes) {
    String alter = "ALTER TABLE " + quote(table) + " ";
    return changes.stream().flatMap(change -> alter(alter, change)).toList();
  }

  private Stream<String> alter(String alter, ColumnChange change) {
    return switch (change) {
      case ColumnChange.Added(Column column) ->
          Stream.of(alter + "ADD COLUMN " + quote(column.name()) + " " + type(column.type()));
      case ColumnChange.Dropped(Column column) ->
          Stream.of(alter + "DROP COLUMN " + quote(column.name()));
      case ColumnChange.Renamed(Column before, Column after) ->
          Stream.of(alter + "RENAME COLUMN " + quote(before.name()) + " TO " + quote(after.name()));
      case ColumnChange.Retyped(Column before, Column after) ->
          type(before.type()).equals(type(after.type()))
              ? Stream.empty()
              : Stream.of(
                  alter + "ALTER COLUMN " + quote(after.name()) + " TYPE " + type(after.type()));
    };
  }
}
