package dev.leat.sql;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.PortableFunction;
import java.util.List;
import java.util.Optional;

/**
 * An engine that writes calls as they are named, orders texts by C, and has neither MD5 nor FILTER.
 */
final class PlainDialect implements Dialect {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String quote(String name) {
    return "[" + name + "]";
  }

  @Override
  public String quote(TableId table) {
    return quote(table.schema()) + "." + quote(table.table());
  }

  @Override
  public String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public String literal(LogicalType type, String value) {
    return Types.isNumber(type) || type == LogicalType.Primitive.BOOLEAN
        ? value
        : type + " '" + value + "'";
  }

  @Override
  public String type(LogicalType type) {
    return type.toString();
  }

  @Override
  public Optional<String> call(Call call) {
    if (call.function() == PortableFunction.MD5) {
      return Optional.empty();
    }
    return Optional.of(
        call.function()
            + "("
            + (call.unit().isEmpty() ? "" : call.unit() + ", ")
            + (call.distinct() ? "DISTINCT " : "")
            + String.join(", ", call.operands())
            + (call.order().isEmpty() ? "" : " " + call.order())
            + (call.function() == PortableFunction.CAST ? " AS " + call.type() : "")
            + ")"
            + call.suffix());
  }

  @Override
  public String ordered(String text) {
    return text + " COLLATE C";
  }

  @Override
  public boolean filters() {
    return false;
  }

  @Override
  public List<String> createTable(TableId table, List<Column> columns, List<String> key) {
    return List.of();
  }

  @Override
  public List<String> alterTable(TableId table, List<ColumnChange> changes) {
    return List.of();
  }
}
