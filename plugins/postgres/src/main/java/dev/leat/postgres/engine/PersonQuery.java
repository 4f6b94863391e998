package dev.leat.postgres.engine;

import dev.leat.spi.destination.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** A query that a person wrote. */
final class PersonQuery {
  /** COPY, DO and CALL could do more than read also where a transaction only reads. */
  private static final Set<String> WORDS =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN", "SHOW");

  private PersonQuery() {}

  /** Why a text is not run; null if it is. */
  static @Nullable String refusal(String sql) throws SQLException {
    // The driver sends what it takes for one statement as one message, in which the server then
    // allows no second one.
    List<NativeQuery> statements = Parser.parseJdbcSql(sql, true, false, true, false, false);
    if (statements.size() != 1) {
      return statements.isEmpty()
          ? "there is no statement"
          : "there are " + statements.size() + " statements";
    }
    String word = firstWord(statements.getFirst().nativeSql);
    return WORDS.contains(word.toUpperCase(Locale.ROOT))
        ? null
        : word.isEmpty() ? "it has no first word" : "it begins with " + word;
  }

  /** Behind blanks, comments and parentheses. */
  private static String firstWord(String sql) {
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (Character.isWhitespace(c) || c == '(') {
        i++;
      } else if (sql.startsWith("--", i)) {
        int end = sql.indexOf('\n', i);
        i = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*", i)) {
        i = Parser.parseBlockComment(sql.toCharArray(), i) + 1;
      } else {
        break;
      }
    }
    int end = i;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(i, end);
  }

  static Rows run(Connection session, String sql, int limit) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.setEscapeProcessing(false);
      // Text, as the server writes values, and nothing that is prepared for the next time.
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      statement.setMaxRows(limit);
      statement.setFetchSize(limit);
      try (ResultSet result = statement.executeQuery(sql)) {
        return rows(result, limit);
      }
    }
  }

  private static Rows rows(ResultSet result, int limit) throws SQLException {
    ResultSetMetaData described = result.getMetaData();
    List<String> columns = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (int i = 1; i <= described.getColumnCount(); i++) {
      columns.add(described.getColumnLabel(i));
      types.add(described.getColumnTypeName(i));
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (rows.size() < limit && result.next()) {
      List<@Nullable String> row = new ArrayList<>(columns.size());
      for (int i = 1; i <= columns.size(); i++) {
        String value = result.getString(i);
        boolean bool = value != null && types.get(i - 1).equals("bool");
        row.add(bool ? String.valueOf("t".equals(value)) : value);
      }
      rows.add(Collections.unmodifiableList(row));
    }
    return new Rows(columns, types, rows);
  }
}
