package dev.leat.sqlite.engine;

import dev.leat.spi.destination.Rows;
import dev.leat.spi.error.LeatException;
import dev.leat.sqlite.engine.SqliteCatalog.Declared;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query that a person typed. */
final class PersonQuery {
  private PersonQuery() {}

  static Rows run(Session session, String sql, int limit) {
    String text = sql.strip();
    String query = text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    requireOneQuery(session, query);
    List<Declared> columns = SqliteCatalog.describe(session, query);
    session.execute("PRAGMA query_only = ON");
    List<String> types = new ArrayList<>(columns.stream().map(Declared::declaration).toList());
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (PreparedStatement statement = session.prepare(query);
        ResultSet result = statement.executeQuery()) {
      while (rows.size() < limit && result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          Object value = SqliteReader.stored(result, i + 1);
          if (types.get(i).isEmpty()) {
            types.set(i, storage(value));
          }
          row.add(text(value, types.get(i)));
        }
        rows.add(row);
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
    return new Rows(columns.stream().map(Declared::name).toList(), types, rows);
  }

  /** SQLite's name of what a value is stored as; nothing for NULL. */
  private static String storage(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Long _ -> "INTEGER";
      case Double _ -> "REAL";
      case byte[] _ -> "BLOB";
      default -> "TEXT";
    };
  }

  /**
   * Only one query can stand in parentheses, and only a whole one by itself: SQLite compiles the
   * first statement of a text and leaves the rest.
   */
  private static void requireOneQuery(Session session, String query) {
    try {
      compile(session, "SELECT * FROM (" + query + "\n)");
    } catch (LeatException inParentheses) {
      compile(session, "EXPLAIN " + query);
      throw EngineErrors.noQuery("the text is not one query");
    }
    compile(session, "EXPLAIN " + query);
  }

  private static void compile(Session session, String sql) {
    try (PreparedStatement statement = session.prepare(sql)) {
      int unused = statement.getMetaData().getColumnCount();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private static @Nullable String text(@Nullable Object value, String type) {
    return switch (value) {
      case null -> null;
      case Long number when type.equals("BOOLEAN") -> number != 0 ? "true" : "false";
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      default -> value.toString();
    };
  }
}
