package dev.leat.duckdb;

import dev.leat.spi.error.LeatException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection, for one thread, whose transactions are begun and ended by SQL: with JDBC's own, a
 * failed commit leaves DuckDB's driver committing every following statement by itself.
 */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final Object lock = new Object();
  private @Nullable Statement running;
  private boolean inTransaction;

  Session(Connection connection) {
    this.connection = connection;
  }

  DuckDBConnection connection() {
    return (DuckDBConnection) connection;
  }

  boolean inTransaction() {
    return inTransaction;
  }

  void begin() {
    execute("BEGIN TRANSACTION");
    inTransaction = true;
  }

  void commit() {
    // Whatever the outcome, DuckDB has no transaction afterwards.
    inTransaction = false;
    execute("COMMIT");
  }

  void rollback() {
    if (!inTransaction) {
      return;
    }
    inTransaction = false;
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      if (!DuckDbErrors.isConflictWithoutTransaction(e)) {
        throw DuckDbErrors.running(e);
      }
    }
  }

  /** Runs {@code work} as one transaction; nothing of it stays if it throws. */
  void transaction(Runnable work) {
    begin();
    try {
      work.run();
      commit();
    } catch (RuntimeException | Error e) {
      try {
        rollback();
      } catch (LeatException failed) {
        e.addSuppressed(failed);
      }
      throw e;
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement();
        Running _ = run(statement)) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw DuckDbErrors.running(e);
    }
  }

  /** Returns the number of rows changed. */
  long update(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        Running _ = run(statement)) {
      bind(statement, values);
      return statement.executeLargeUpdate();
    } catch (SQLException e) {
      throw DuckDbErrors.running(e);
    }
  }

  /** All rows as text. */
  List<List<@Nullable String>> rows(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        Running _ = run(statement)) {
      bind(statement, values);
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
          List<@Nullable String> row = new ArrayList<>(columns);
          for (int i = 1; i <= columns; i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
        return rows;
      }
    } catch (SQLException e) {
      throw DuckDbErrors.running(e);
    }
  }

  /** The one number that a query gives. */
  long number(String sql, @Nullable Object... values) {
    String text = rows(sql, values).getFirst().getFirst();
    return text == null ? 0 : Long.parseLong(text);
  }

  /** Announces a statement that {@link #interrupt()} stops, until it is closed. */
  Running run(Statement statement) {
    synchronized (lock) {
      running = statement;
    }
    return () -> {
      synchronized (lock) {
        running = null;
      }
    };
  }

  /** Stops the statement under way, if there is one; from any thread. */
  void interrupt() {
    synchronized (lock) {
      if (running != null) {
        try {
          running.cancel();
        } catch (SQLException e) {
          throw DuckDbErrors.running(e);
        }
      }
    }
  }

  /** A statement under way. */
  interface Running extends AutoCloseable {
    @Override
    void close();
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw DuckDbErrors.running(e);
    }
  }
}
