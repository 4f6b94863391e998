package dev.leat.duckdb;

import dev.leat.spi.destination.Rows;
import dev.leat.spi.engine.Queryable;
import dev.leat.spi.error.LeatException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DuckDB, asked about what it holds. */
final class DuckDbQueries implements Queryable {
  private final DuckDbDatabase database;

  DuckDbQueries(DuckDbDatabase database) {
    this.database = database;
  }

  @Override
  public String dialect() {
    return "duckdb";
  }

  @Override
  public Rows query(String sql, int limit) {
    try (Session session = database.session()) {
      requireOneQuery(session, sql);
      session.execute("BEGIN TRANSACTION READ ONLY");
      String query = sql.strip();
      return select(
          session, query.endsWith(";") ? query.substring(0, query.length() - 1) : query, limit);
    } catch (LeatException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw DuckDbErrors.query(cause);
      }
      throw e;
    }
  }

  /**
   * DuckDB's own parser says what the text is: a second statement could end the transaction that
   * only reads, and COPY writes files.
   */
  private static void requireOneQuery(Session session, String sql) {
    List<List<@Nullable String>> parsed =
        session.rows(
            "SELECT json_extract_string(tree, '$.error'), json_extract_string(tree,"
                + " '$.error_message'), json_array_length(tree, '$.statements') FROM (SELECT"
                + " json_serialize_sql(?) AS tree)",
            sql);
    List<@Nullable String> row = parsed.getFirst();
    if (!"false".equals(row.get(0))) {
      throw DuckDbErrors.noQuery(String.valueOf(row.get(1)));
    }
    if (!"1".equals(row.get(2))) {
      throw DuckDbErrors.noQuery("there are " + row.get(2) + " statements");
    }
  }

  /**
   * DuckDB's own text of every value: its driver's Java objects would depend on this process's time
   * zone.
   */
  static Rows select(Session session, String query, int limit) {
    List<List<@Nullable String>> described =
        session.rows("DESCRIBE SELECT * FROM (" + query + "\n)");
    return new Rows(
        described.stream().map(row -> String.valueOf(row.get(0))).toList(),
        described.stream().map(row -> String.valueOf(row.get(1))).toList(),
        session.rows("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + query + "\n) LIMIT ?", limit));
  }
}
