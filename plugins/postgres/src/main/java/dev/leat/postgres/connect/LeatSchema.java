package dev.leat.postgres.connect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The schema in which Leat keeps what it knows, and what is in it. */
public final class LeatSchema {
  public static final String NAME = "_leat";

  /** Makers of the schema wait for each other; the number is in ASCII. */
  private static final long LOCK = 0x6C656174L;

  private LeatSchema() {}

  /** What a role needs that is to make it. */
  public static String grant(PostgresUrl url) {
    return "GRANT CREATE ON DATABASE %s TO %s;"
        .formatted(Sql.identifier(url.database()), Sql.identifier(url.user()));
  }

  /**
   * Makes a table, with its schema, unless it is there.
   *
   * @param columns the table's definition
   */
  public static void makeTable(Connection session, String table, String columns)
      throws SQLException {
    if (!hasTable(session, table)) {
      makeSchema(session, NAME);
      execute(session, "CREATE TABLE IF NOT EXISTS %s (%s)".formatted(qualified(table), columns));
    }
  }

  /** A name in it, as SQL. */
  public static String qualified(String name) {
    return Sql.identifier(NAME) + "." + Sql.identifier(name);
  }

  public static boolean hasTable(Connection session, String table) throws SQLException {
    return exists(
        session,
        "SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ?",
        NAME,
        table);
  }

  /** Makes a schema unless it is there; takes a lock until the end of the transaction. */
  public static void makeSchema(Connection session, String schema) throws SQLException {
    String there = "SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?";
    if (exists(session, there, schema)) {
      return;
    }
    execute(session, "SELECT pg_catalog.pg_advisory_xact_lock(" + LOCK + ")");
    if (!exists(session, there, schema)) {
      execute(session, "CREATE SCHEMA " + Sql.identifier(schema));
    }
  }

  /** Whether a query has rows. */
  public static boolean exists(Connection session, String query, String... values)
      throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(query)) {
      int index = 1;
      for (String value : List.of(values)) {
        statement.setString(index++, value);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }
}
