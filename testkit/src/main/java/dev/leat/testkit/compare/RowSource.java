package dev.leat.testkit.compare;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query over one system, read as text by way of that system's own conversion and never the
 * driver's.
 */
final class RowSource {
  private static final Pattern DUCKDB_DIMENSIONS = Pattern.compile("(\\[\\d*\\])+$");
  private static final int FETCH_ROWS = 5_000;

  private final Connection connection;
  private final String query;
  private final boolean duckDb;
  private final List<String> columns = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  RowSource(Connection connection, String query) throws SQLException {
    this.connection = connection;
    this.query = query;
    this.duckDb = connection.getMetaData().getDatabaseProductName().equals("DuckDB");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM (" + query + ") AS q LIMIT 0")) {
      ResultSetMetaData metaData = rows.getMetaData();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        columns.add(metaData.getColumnLabel(i));
        types.add(metaData.getColumnTypeName(i));
      }
    }
  }

  List<String> columns() {
    return List.copyOf(columns);
  }

  List<ValueKind> kinds() {
    return types.stream().map(ValueKind::ofType).toList();
  }

  /** Reads all rows, columns in the order and values of the kinds given. */
  void forEach(List<String> wanted, List<ValueKind> kinds, Consumer<List<@Nullable String>> action)
      throws SQLException {
    String list = wanted.stream().map(this::expression).collect(Collectors.joining(", "));
    boolean autoCommit = connection.getAutoCommit();
    // PostgreSQL's driver reads by and by only inside a transaction.
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows =
          statement.executeQuery("SELECT " + list + " FROM (" + query + ") AS q")) {
        while (rows.next()) {
          List<@Nullable String> row = new ArrayList<>(kinds.size());
          for (int i = 0; i < kinds.size(); i++) {
            row.add(CanonicalText.of(text(rows, i + 1), kinds.get(i)));
          }
          action.accept(row);
        }
      }
    } finally {
      if (autoCommit) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private String expression(String column) {
    String name = "\"" + column.replace("\"", "\"\"") + "\"";
    return duckDb ? duckDbText(name, types.get(columns.indexOf(column))) : name;
  }

  /**
   * DuckDB's driver moves timestamps by the JVM's time zone and has no infinity, so the text is
   * made in SQL.
   */
  private static String duckDbText(String name, String type) {
    if (type.equals("BLOB")) {
      return "'\\x' || lower(hex(" + name + "))";
    }
    if (type.equals("BLOB[]")) {
      return "CAST(to_json(list_transform("
          + name
          + ", lambda x: '\\x' || lower(hex(x)))) AS VARCHAR)";
    }
    Matcher dimensions = DUCKDB_DIMENSIONS.matcher(type);
    if (dimensions.find()) {
      return "CAST(to_json(CAST(%s AS VARCHAR%s)) AS VARCHAR)".formatted(name, dimensions.group());
    }
    return "CAST(" + name + " AS VARCHAR)";
  }

  private static @Nullable String text(ResultSet rows, int index) throws SQLException {
    if (rows.getMetaData().getColumnType(index) == java.sql.Types.BLOB) {
      byte[] bytes = rows.getBytes(index);
      return bytes == null ? null : "\\x" + HexFormat.of().formatHex(bytes);
    }
    return rows.getString(index);
  }
}
