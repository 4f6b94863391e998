package dev.leat.spi.sql;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Optional;

/**
 * How one kind of engine wants SQL written. Has no state and no connection; safe for use by several
 * threads.
 */
public interface Dialect {

  /** The plugin's name, such as {@code duckdb}. */
  String name();

  /** The one place where a name becomes SQL. */
  String quote(String name);

  /** The one place where a dataset's name becomes SQL. */
  String quote(TableId table);

  /** A dataset's name within its schema, as RENAME TO wants it. */
  default String quoteWithin(TableId table) {
    return quote(table.table());
  }

  /** The one place where a text becomes SQL. */
  String literal(String text);

  /**
   * A value that is not a text: {@code 2024-05-01} for dates, {@code 2024-05-01 10:00:00.5} for
   * timestamps (in UTC with a zone), digits for numbers, {@code true} or {@code false}.
   */
  String literal(LogicalType type, String value);

  /** The name of a type in casts and definitions. */
  String type(LogicalType type);

  /**
   * Whether a column of that type can be kept without losing anything; the answer is what is wrong,
   * for people.
   */
  default Optional<String> cannotKeep(LogicalType type) {
    return Optional.empty();
  }

  /** How a call is written; empty if the engine has nothing that means the same. */
  Optional<String> call(Call call);

  /**
   * What {@code +}, {@code -}, {@code *} or a sign before a number gives, in parentheses, where the
   * engine has to be told to keep to the type: decimals exact, and an error of the query where an
   * integer does not fit.
   */
  default String arithmetic(String expression, LogicalType type) {
    return expression;
  }

  /**
   * A text where its order counts, in ORDER BY or {@code <}, so that it is ordered by its UTF-8
   * bytes.
   */
  String ordered(String text);

  /**
   * What stands between the name of a WITH and its query, for one whose rows are better read again
   * than kept.
   */
  default String inlined() {
    return " AS ";
  }

  /**
   * Whether tables are joined as fast, and as well in full, by {@code IS NOT DISTINCT FROM} as by
   * {@code =}.
   */
  default boolean joinsNulls() {
    return false;
  }

  /** Whether {@code FILTER (WHERE …)} can stand behind aggregates. */
  default boolean filters() {
    return true;
  }

  /** A column that a result has under a name, with its type where the engine needs to be told. */
  default String output(String expression, LogicalType type) {
    return expression;
  }

  /** Makes an empty table; {@code key}, if any, is unique and not NULL. */
  List<String> createTable(TableId table, List<Column> columns, List<String> key);

  /** Changes the columns of a table that has rows. */
  List<String> alterTable(TableId table, List<ColumnChange> changes);

  /**
   * Statements that index columns, each by itself, unless they are indexed so already; empty where
   * the engine has no use for it.
   */
  default List<String> indexStatements(TableId table, List<String> columns) {
    return List.of();
  }
}
