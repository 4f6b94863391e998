package dev.leat.sqlite.engine;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.LeatException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

/** A connection with the functions of ours; for one thread at a time. */
final class Session implements AutoCloseable {
  private static final int BUSY_MILLIS = 30_000;

  /** Instructions of SQLite's machine between two looks at the cancellation: some milliseconds. */
  private static final int INSTRUCTIONS = 50_000;

  private final Path file;
  private final Connection connection;

  private Session(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Opens the file, making it if need be. */
  static Session writer(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    // Others' views over a table are left alone while it is replaced.
    config.setLegacyAlterTable(true);
    return open(file, config);
  }

  static Session reader(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return open(file, config);
  }

  private static Session open(Path file, SQLiteConfig config) {
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      Session session = new Session(file, connection);
      try {
        Functions.register(connection);
        session.execute("PRAGMA case_sensitive_like = ON");
        return session;
      } catch (SQLException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (SQLException e) {
      throw EngineErrors.of(file, e);
    }
  }

  /** Has what follows end with an error when it is cancelled, until that is closed. */
  Cancellable cancelledBy(Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw EngineErrors.cancelled(null);
    }
    try {
      ProgressHandler.setHandler(
          connection,
          INSTRUCTIONS,
          new ProgressHandler() {
            @Override
            protected int progress() {
              return cancellation.isCancelled() ? 1 : 0;
            }
          });
      return () -> {
        try {
          ProgressHandler.clearHandler(connection);
        } catch (SQLException e) {
          throw EngineErrors.of(file, e);
        }
      };
    } catch (SQLException e) {
      throw EngineErrors.of(file, e);
    }
  }

  interface Cancellable extends AutoCloseable {
    @Override
    void close();
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw EngineErrors.of(file, e);
    }
  }

  /** Runs a statement with values; the number of rows it changed. */
  long update(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeLargeUpdate();
    } catch (SQLException e) {
      throw EngineErrors.of(file, e);
    }
  }

  /** The rows of a query, as texts. */
  List<List<@Nullable String>> rows(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet result = statement.executeQuery()) {
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
    } catch (SQLException e) {
      throw EngineErrors.of(file, e);
    }
  }

  long number(String sql) {
    return Long.parseLong(String.valueOf(rows(sql).getFirst().getFirst()));
  }

  PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  LeatException failure(SQLException e) {
    return EngineErrors.of(file, e);
  }

  /** Runs work as one transaction, which is undone if the work fails. */
  void transaction(Runnable work) {
    execute("BEGIN IMMEDIATE");
    try {
      work.run();
      execute("COMMIT");
    } catch (RuntimeException e) {
      rollback(e);
      throw e;
    }
  }

  /** SQLite has ended the transaction by itself where it was interrupted or the disk is full. */
  private void rollback(RuntimeException why) {
    try {
      execute("ROLLBACK");
    } catch (LeatException e) {
      why.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw EngineErrors.of(file, e);
    }
  }
}
