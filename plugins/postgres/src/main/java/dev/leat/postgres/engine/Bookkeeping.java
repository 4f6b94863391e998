package dev.leat.postgres.engine;

import dev.leat.postgres.connect.LeatSchema;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.schema.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What the database itself knows of a flow's steps, and of the tables that Leat made. */
record Bookkeeping(String flow) {
  private static final String MARKS = "marks";
  private static final String TABLES = "tables";

  /** The collation that knows the letters of all scripts. */
  static final String UNICODE = LeatSchema.qualified("unicode");

  private static final int FIRST_WITH_BUILT_IN_COLLATIONS = 17;

  /** Makes what is missing of it. */
  static void make(Connection session, int major) throws SQLException {
    LeatSchema.makeTable(
        session,
        MARKS,
        """
        flow text COLLATE "C", step text COLLATE "C", unit text COLLATE "C", run text NOT NULL,
        fingerprint text NOT NULL, watermark text, at timestamp with time zone NOT NULL,
        PRIMARY KEY (flow, step, unit)""");
    LeatSchema.makeTable(
        session,
        TABLES,
        """
        schema_name text COLLATE "C", table_name text COLLATE "C", flow text NOT NULL,
        PRIMARY KEY (schema_name, table_name)""");
    LeatSchema.makeSchema(session, Engine.STAGING);
    makeCollation(session, major);
  }

  /**
   * The simple mapping of letters is that of C.UTF-8; systems without it have ICU's, which differs
   * for few letters such as ß.
   */
  private static void makeCollation(Connection session, int major) throws SQLException {
    if (LeatSchema.exists(
        session,
        "SELECT FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.collnamespace WHERE n.nspname = ? AND c.collname = 'unicode'",
        LeatSchema.NAME)) {
      return;
    }
    String definition = "(provider = builtin, locale = 'C.UTF-8')";
    if (major < FIRST_WITH_BUILT_IN_COLLATIONS) {
      definition = "FROM " + best(session);
    }
    try (PreparedStatement statement =
        session.prepareStatement("CREATE COLLATION IF NOT EXISTS " + UNICODE + " " + definition)) {
      statement.execute();
    }
  }

  private static String best(Connection session) throws SQLException {
    try (PreparedStatement statement =
            session.prepareStatement(
                """
                SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.collname)
                FROM pg_catalog.pg_collation c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
                WHERE n.nspname = 'pg_catalog' AND c.collencoding IN (-1, 6)
                  AND (c.collname ~* 'utf-?8$' OR c.collname IN ('und-x-icu', 'default'))
                ORDER BY c.collname ~* '^C\\.utf-?8$' DESC, c.collname ~* '^en_US\\.utf-?8$' DESC,
                  c.collname = 'und-x-icu' DESC, c.collname = 'default', c.collname
                LIMIT 1""");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  /** Waits for whoever publishes the same. */
  void lock(Connection session, Mark mark) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(
            "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(?, 0))")) {
      statement.setString(1, String.join("\n", flow, mark.step(), mark.unit()));
      statement.execute();
    }
  }

  void put(Connection session, Mark mark) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(
            """
            INSERT INTO _leat.marks (flow, step, unit, run, fingerprint, watermark, at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (flow, step, unit) DO UPDATE SET run = excluded.run,
              fingerprint = excluded.fingerprint, watermark = excluded.watermark, at = excluded.at""")) {
      statement.setString(1, flow);
      statement.setString(2, mark.step());
      statement.setString(3, mark.unit());
      statement.setString(4, mark.run());
      statement.setString(5, mark.fingerprint());
      statement.setString(6, mark.watermark());
      statement.setObject(7, stored(mark.at()).atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  /** As fine as the column's type. */
  private static Instant stored(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  boolean holds(Connection session, Mark mark) throws SQLException {
    Mark stored =
        new Mark(
            mark.step(),
            mark.unit(),
            mark.run(),
            mark.fingerprint(),
            mark.watermark(),
            stored(mark.at()));
    return marks(session).contains(stored);
  }

  /** Empty where nothing was ever published. */
  List<Mark> marks(Connection session) throws SQLException {
    List<Mark> marks = new ArrayList<>();
    if (!LeatSchema.hasTable(session, MARKS)) {
      return marks;
    }
    try (PreparedStatement statement =
        session.prepareStatement(
            "SELECT step, unit, run, fingerprint, watermark, at FROM _leat.marks WHERE flow = ?"
                + " ORDER BY step, unit")) {
      statement.setString(1, flow);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          marks.add(
              new Mark(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getObject(6, OffsetDateTime.class).toInstant()));
        }
      }
    }
    return marks;
  }

  void forget(Connection session, String step) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement("DELETE FROM _leat.marks WHERE flow = ? AND step = ?")) {
      statement.setString(1, flow);
      statement.setString(2, step);
      statement.executeUpdate();
    }
  }

  static boolean madeByLeat(Connection session, TableId table) throws SQLException {
    return LeatSchema.exists(
        session,
        "SELECT FROM _leat.tables WHERE schema_name = ? AND table_name = ?",
        table.schema(),
        table.table());
  }

  void register(Connection session, TableId table) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(
            """
            INSERT INTO _leat.tables (schema_name, table_name, flow) VALUES (?, ?, ?)
            ON CONFLICT (schema_name, table_name) DO UPDATE SET flow = excluded.flow""")) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      statement.setString(3, flow);
      statement.executeUpdate();
    }
  }

  static void unregister(Connection session, TableId table) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(
            "DELETE FROM _leat.tables WHERE schema_name = ? AND table_name = ?")) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      statement.executeUpdate();
    }
  }
}
