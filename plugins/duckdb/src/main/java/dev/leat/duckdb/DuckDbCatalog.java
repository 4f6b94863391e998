package dev.leat.duckdb;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is in the database. DuckDB ignores case in names. */
final class DuckDbCatalog {
  private static final String RELATIONS =
      "(SELECT schema_name, table_name, 'TABLE' AS kind FROM duckdb_tables() WHERE database_name = current_database() AND"
          + " NOT internal UNION ALL SELECT schema_name, view_name, 'VIEW' FROM duckdb_views() WHERE database_name ="
          + " current_database() AND NOT internal)";

  private DuckDbCatalog() {}

  /** {@code TABLE} or {@code VIEW}; empty if there is none of that name. */
  static Optional<String> kind(Session session, TableId table) {
    return session
        .rows(
            "SELECT kind FROM "
                + RELATIONS
                + " WHERE lower(schema_name) = lower(?) AND lower(table_name) = lower(?)",
            table.schema(),
            table.table())
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .findFirst();
  }

  static List<TableId> tables(Session session, String schema) {
    return session
        .rows(
            "SELECT schema_name, table_name FROM "
                + RELATIONS
                + " WHERE lower(schema_name) = lower(?)",
            schema)
        .stream()
        .map(row -> new TableId(String.valueOf(row.get(0)), String.valueOf(row.get(1))))
        .sorted()
        .toList();
  }

  /** Empty if there is no such table or view. */
  static Optional<List<Column>> columnsIfAny(Session session, TableId table) {
    try {
      return Optional.of(columns(session, table));
    } catch (LeatException e) {
      // Asked only then, as it takes longer. A view can be there and not be readable.
      if (kind(session, table).isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  static List<Column> columns(Session session, TableId table) {
    return described(session.rows("DESCRIBE " + DuckDbSql.quote(table)));
  }

  static List<Column> columns(Session session, String query) {
    return described(session.rows("DESCRIBE " + selectFrom(query)));
  }

  /** The query as one that names each column once. */
  static String selectFrom(String query) {
    String text = query.strip();
    return "SELECT * FROM (\n"
        + (text.endsWith(";") ? text.substring(0, text.length() - 1) : text)
        + "\n)";
  }

  private static List<Column> described(List<List<@Nullable String>> rows) {
    List<Column> columns = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      String type = String.valueOf(row.get(1));
      columns.add(
          new Column(
              String.valueOf(row.get(0)),
              DuckDbTypes.logical(type),
              !"NO".equals(row.get(2)),
              type));
    }
    return columns;
  }
}
