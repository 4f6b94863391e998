package dev.leat.postgres.engine;

import dev.leat.spi.engine.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements of one transaction, none of which begins after the work was cancelled. */
record Transaction(Connection session, Cancellation cancellation) {

  /** Runs a statement; the number of rows that it wrote. */
  long execute(String sql) throws SQLException {
    EngineErrors.check(cancellation);
    try (Statement statement = session.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
      return Math.max(0, statement.getLargeUpdateCount());
    }
  }

  /** The number that a query gives. */
  long number(String query) throws SQLException {
    EngineErrors.check(cancellation);
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
