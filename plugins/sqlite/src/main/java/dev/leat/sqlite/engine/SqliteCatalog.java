package dev.leat.sqlite.engine;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables, views and their columns. */
final class SqliteCatalog {
  private static final String DESCRIBED = "_leat_described";

  private SqliteCatalog() {}

  /** {@code TABLE} or {@code VIEW}. */
  static Optional<String> kind(Session session, String name) {
    return session
        .rows(
            "SELECT upper(type) FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?",
            name)
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .findFirst();
  }

  static void drop(Session session, TableId table) {
    String name = SqliteNames.name(table);
    kind(session, name)
        .ifPresent(kind -> session.execute("DROP " + kind + " " + SqliteNames.quote(name)));
  }

  static List<TableId> tables(Session session, String schema) {
    return session.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").stream()
        .flatMap(row -> SqliteNames.table(String.valueOf(row.getFirst())).stream())
        .filter(table -> table.schema().equals(schema))
        .sorted()
        .toList();
  }

  static Optional<List<Column>> columns(Session session, TableId table) {
    String name = SqliteNames.name(table);
    return kind(session, name)
        .map(
            _ ->
                typed(
                    session, declared(session, name), "SELECT * FROM " + SqliteNames.quote(name)));
  }

  /**
   * The columns of a query. SQLite knows the types of those that are columns of tables; of others
   * it may know whether they are texts, and where it does not, the first row says what they are.
   */
  static List<Column> columnsOf(Session session, String query) {
    return typed(session, describe(session, query), query);
  }

  /** A column as SQLite describes it; the declaration is empty for what is computed. */
  record Declared(String name, String declaration, boolean nullable) {
    boolean isKnown() {
      return SqliteTypes.logical(declaration).isPresent();
    }
  }

  /** What SQLite knows of a query's columns without running it. */
  static List<Declared> describe(Session session, String query) {
    session.execute("CREATE TEMP VIEW " + DESCRIBED + " AS " + query);
    List<Declared> columns = declared(session, DESCRIBED);
    session.execute("DROP VIEW temp." + DESCRIBED);
    return columns;
  }

  private static List<Declared> declared(Session session, String name) {
    return session
        .rows("SELECT name, type, \"notnull\" FROM pragma_table_xinfo(?) WHERE hidden <> 1", name)
        .stream()
        .map(
            row ->
                new Declared(
                    String.valueOf(row.get(0)),
                    String.valueOf(row.get(1)),
                    !"1".equals(row.get(2))))
        .toList();
  }

  private static List<Column> typed(Session session, List<Declared> declared, String query) {
    Iterator<String> storage =
        first(session, query, declared.stream().filter(column -> !column.isKnown()).toList())
            .iterator();
    List<Column> columns = new ArrayList<>();
    for (Declared column : declared) {
      LogicalType type =
          SqliteTypes.logical(column.declaration())
              .orElseGet(() -> SqliteTypes.ofStorage(storage.next()));
      columns.add(
          new Column(
              column.name(),
              type,
              column.nullable(),
              column.isKnown() ? column.declaration() : SqliteTypes.declared(type)));
    }
    return columns;
  }

  /** The storage classes of columns in the first row; those of NULL if there is none. */
  private static List<String> first(Session session, String query, List<Declared> columns) {
    if (columns.isEmpty()) {
      return List.of();
    }
    String types =
        columns.stream()
            .map(column -> "typeof(q." + SqliteNames.quote(column.name()) + ")")
            .collect(Collectors.joining(", "));
    List<List<@Nullable String>> rows =
        session.rows("SELECT " + types + " FROM (" + query + "\n) AS q LIMIT 1");
    return rows.isEmpty()
        ? columns.stream().map(_ -> "null").toList()
        : rows.getFirst().stream().map(String::valueOf).toList();
  }
}
