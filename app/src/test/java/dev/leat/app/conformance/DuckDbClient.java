package dev.leat.app.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What scripts need of DuckDB's own client, which is on few machines. */
final class DuckDbClient {
  private DuckDbClient() {}

  /** {@code [-bail] [-noheader] [-list] FILE [-c QUERY]}, or statements on the standard input. */
  public static void main(String[] arguments) throws IOException, SQLException {
    List<String> words =
        List.of(arguments).stream()
            .filter(word -> !List.of("-bail", "-noheader", "-list").contains(word))
            .toList();
    String sql =
        words.size() > 1
            ? words.get(2)
            : new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + words.getFirst());
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql) || words.size() == 1) {
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          String value = rows.getString(1);
          System.out.println(value == null ? "" : value);
        }
      }
    }
  }
}
