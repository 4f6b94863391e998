package dev.leat.sqlite.engine;

import dev.leat.spi.schema.TableId;
import java.util.Optional;

/**
 * SQLite has no schemas: {@code gold.fact_order} is the table of that whole name, and a table
 * without a dot in its name is in schema {@code main}.
 */
final class SqliteNames {
  /** What the engine remembers; no dataset. */
  static final String MARKS = "_leat_marks";

  private static final String MAIN = "main";

  private SqliteNames() {}

  /** The one place where a name becomes SQL. */
  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quote(TableId table) {
    return quote(name(table));
  }

  static String name(TableId table) {
    return table.schema().equals(MAIN) && isPlain(table.table()) ? table.table() : table.toString();
  }

  /** The dataset that a table is; empty if no dataset has such a name. */
  static Optional<TableId> table(String name) {
    if (name.equals(MARKS) || name.startsWith("sqlite_")) {
      return Optional.empty();
    }
    if (isPlain(name)) {
      return Optional.of(new TableId(MAIN, name));
    }
    try {
      TableId table = TableId.parse(name);
      return name(table).equals(name) ? Optional.of(table) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isPlain(String name) {
    return name.indexOf('.') < 0 && name.indexOf('"') < 0;
  }
}
