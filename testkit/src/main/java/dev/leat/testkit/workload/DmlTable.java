package dev.leat.testkit.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a workload has to know of a table.
 *
 * @param name as written in SQL
 * @param key the integer column of the primary key
 * @param columns the other columns that can be filled
 */
record DmlTable(String name, String key, List<Column> columns) {
  private static final String COLUMNS =
      """
      SELECT quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.attnotnull,
             EXISTS (SELECT FROM pg_index i
                     WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
      FROM pg_attribute a
      WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      ORDER BY a.attnum
      """;

  /** A column other than the key; the type with its modifiers. */
  record Column(String name, String type, boolean nullable) {}

  static DmlTable read(Connection connection, String name) throws SQLException {
    List<String> keys = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Column column = new Column(rows.getString(1), rows.getString(2), !rows.getBoolean(3));
          if (rows.getBoolean(4)) {
            keys.add(column.name());
            requireInteger(name, column);
          } else if (RandomValues.canFill(column.type())) {
            columns.add(column);
          }
        }
      }
    }
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          "%s needs a primary key of one column, it has %s".formatted(name, keys));
    }
    return new DmlTable(name, keys.getFirst(), columns);
  }

  /** Keys there already, of those that belong to one of several sessions. */
  List<Long> keys(Connection connection, int session, int sessions, int limit) throws SQLException {
    String query =
        "SELECT %1$s FROM %2$s WHERE mod(%1$s, %3$d) = %4$d ORDER BY 1 LIMIT %5$d"
            .formatted(key, name, sessions, session, limit);
    List<Long> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
    }
    return keys;
  }

  long highestKey(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT coalesce(max(" + key + "), 0) FROM " + name)) {
      rows.next();
      return Math.max(0, rows.getLong(1));
    }
  }

  Optional<Column> firstText() {
    return columns.stream().filter(column -> column.type().equals("text")).findFirst();
  }

  private static void requireInteger(String table, Column column) {
    if (!List.of("smallint", "integer", "bigint").contains(column.type())) {
      throw new IllegalArgumentException(
          "the key of %s is a %s, not an integer".formatted(table, column.type()));
    }
  }
}
