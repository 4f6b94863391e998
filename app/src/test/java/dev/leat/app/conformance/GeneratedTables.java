package dev.leat.app.conformance;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables of a DuckDB file: those that a source brought, and those that steps made. */
final class GeneratedTables {
  private static final String BRONZE = "bronze";

  private GeneratedTables() {}

  /**
   * The rows of the tables that steps made, without times of runs, sorted; and their columns.
   *
   * @return by name
   */
  static Map<String, List<String>> made(Path file) throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Connection connection = open(file);
        Statement statement = connection.createStatement()) {
      for (String table : names(statement, false)) {
        tables.put(table, rows(statement, table));
      }
    }
    return tables;
  }

  /** Makes the tables of the source in a file what they are in another. */
  static void bring(Path from, Path into) throws SQLException {
    try (Connection connection = open(into);
        Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + from + "' AS origin (READ_ONLY)");
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + BRONZE);
      for (String table : names(statement, "origin", true)) {
        statement.execute(
            "CREATE OR REPLACE TABLE %s AS SELECT * FROM origin.%s".formatted(table, table));
      }
    }
  }

  private static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + file);
  }

  private static List<String> names(Statement statement, boolean bronze) throws SQLException {
    String catalog;
    try (ResultSet current = statement.executeQuery("SELECT current_catalog()")) {
      current.next();
      catalog = current.getString(1);
    }
    return names(statement, catalog, bronze);
  }

  private static List<String> names(Statement statement, String catalog, boolean bronze)
      throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = '%s' AND schema_name %s '%s' AND schema_name NOT LIKE '\\_leat%%' ESCAPE '\\' AND schema_name IN ('bronze', 'silver', 'gold') ORDER BY 1"
                .formatted(catalog, bronze ? "=" : "<>", BRONZE))) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  private static List<String> rows(Statement statement, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
      var columns = result.getMetaData();
      StringBuilder head = new StringBuilder();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        head.append(columns.getColumnName(i))
            .append(' ')
            .append(columns.getColumnTypeName(i))
            .append(", ");
      }
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          boolean time = columns.getColumnName(i).equals("_leat_parked_at");
          row.append(time ? "…" : result.getString(i)).append(" | ");
        }
        rows.add(row.toString());
      }
      rows.sort(null);
      rows.addFirst(head.toString());
    }
    return rows;
  }
}
