package dev.leat.duckdb;

import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;

/** Names and types in DuckDB's SQL. */
final class DuckDbSql {
  /** The one column of a table that has none at the source. */
  static final String NO_COLUMNS = "_leat_no_columns";

  static final String DELETED = "_leat_deleted";
  static final String DELETED_AT = "_leat_deleted_at";

  private DuckDbSql() {}

  /** The one place where a name becomes SQL. */
  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * The one place where a text becomes SQL; values of changes are never written into statements.
   */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String quote(TableId table) {
    return quote(table.schema()) + "." + quote(table.table());
  }

  static String type(LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> "BOOLEAN";
            case INT16 -> "SMALLINT";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            case TEXT -> "VARCHAR";
            case JSON -> "JSON";
            case BINARY -> "BLOB";
            case UUID -> "UUID";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMP_TZ -> "TIMESTAMPTZ";
            case INTERVAL -> "INTERVAL";
          };
      case Decimal(int precision, int scale) -> "DECIMAL(" + precision + "," + scale + ")";
      case ListOf(LogicalType element) -> type(element) + "[]";
    };
  }

  /** The columns that a mode adds, with their types. */
  static List<String> systemColumns(WriteMode mode) {
    return switch (mode) {
      case MIRROR -> List.of();
      case MIRROR_KEEPING_DELETED -> List.of(DELETED + " BOOLEAN", DELETED_AT + " TIMESTAMPTZ");
      case HISTORY ->
          List.of(
              "_leat_op VARCHAR",
              "_leat_lsn VARCHAR",
              "_leat_ordinal BIGINT",
              "_leat_committed_at TIMESTAMPTZ",
              "_leat_unchanged VARCHAR");
    };
  }

  /** The column definitions of a table; equal texts mean equal shapes. */
  static String shape(TableTarget target) {
    List<String> columns = new ArrayList<>();
    for (Column column : target.schema().columns()) {
      columns.add(quote(column.name()) + " " + type(column.type()));
    }
    columns.addAll(systemColumns(target.mode()));
    if (columns.isEmpty()) {
      columns.add(NO_COLUMNS + " BOOLEAN");
    }
    return String.join(", ", columns);
  }

  /** The statements that make a table. */
  static List<String> create(TableTarget target) {
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS " + quote(target.table().schema()),
        "CREATE TABLE " + quote(target.table()) + " (" + shape(target) + ")");
  }

  /**
   * The quoted names of the source's columns, as a list for an INSERT; with those of the mode
   * behind them.
   */
  static String insertColumns(TableTarget target) {
    List<String> names = new ArrayList<>();
    for (Column column : target.schema().columns()) {
      names.add(quote(column.name()));
    }
    for (String column : systemColumns(target.mode())) {
      names.add(column.substring(0, column.indexOf(' ')));
    }
    return String.join(", ", names);
  }

  /**
   * {@code c0, c1, …}: how the columns of a stream are named, whatever they are called at the
   * source.
   */
  static List<String> streamColumns(String prefix, int count) {
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return names;
  }
}
