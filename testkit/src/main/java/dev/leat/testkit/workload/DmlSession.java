package dev.leat.testkit.workload;

import dev.leat.testkit.workload.DmlStatements.Dml;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One connection's share of a workload. */
final class DmlSession {
  private static final Duration RECONNECT_LIMIT = Duration.ofMinutes(2);
  private static final long RECONNECT_PAUSE_MILLIS = 50;

  private static final String DEADLOCK = "40P01";

  private final String jdbcUrl;
  private final RandomGenerator random;
  private final List<KeyPool> tables;
  private final boolean truncates;
  private final Duration pause;
  private final DmlStatements statements;
  private final long seed;
  private long committed;
  private long rolledBack;
  private long interrupted;
  private long executed;

  /** What is to be done, decided before any of it is sent. */
  private sealed interface Action {
    record Execute(Dml dml) implements Action {}

    record SetSavepoint() implements Action {}

    record RollBackToSavepoint() implements Action {}
  }

  DmlSession(
      String jdbcUrl,
      long seed,
      RandomGenerator random,
      List<KeyPool> tables,
      boolean truncates,
      Duration pause) {
    this.jdbcUrl = jdbcUrl;
    this.seed = seed;
    this.random = random;
    this.tables = tables;
    this.truncates = truncates;
    this.pause = pause;
    this.statements = new DmlStatements(random);
  }

  DmlSummary run(long transactions, BooleanSupplier stopped)
      throws SQLException, InterruptedException {
    Connection connection = connect();
    try {
      for (long i = 0; i < transactions && !stopped.getAsBoolean(); i++) {
        List<Action> actions = transaction();
        boolean commit = random.nextInt(20) > 0;
        try {
          perform(connection, actions, commit);
        } catch (SQLException e) {
          if (DEADLOCK.equals(e.getSQLState())) {
            // Another session of a test changes the same tables.
            connection.rollback();
            rolledBack++;
            continue;
          }
          if (!connectionLost(e)) {
            throw e;
          }
          interrupted++;
          connection.close();
          connection = connect();
        }
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    } finally {
      connection.close();
    }
    return new DmlSummary(seed, committed, rolledBack, interrupted, executed);
  }

  /**
   * Mostly small ones, some of a few hundred statements, which large-transaction streaming splits
   * up.
   */
  private List<Action> transaction() {
    List<Action> actions = new ArrayList<>();
    if (truncates && random.nextInt(200) == 0) {
      actions.add(new Action.Execute(statements.truncate(anyTable())));
      return actions;
    }
    int size = random.nextInt(50) == 0 ? 300 : random.nextInt(1, 15);
    boolean savepoint = false;
    for (int i = 0; i < size; i++) {
      if (random.nextInt(12) == 0) {
        actions.add(savepoint ? new Action.RollBackToSavepoint() : new Action.SetSavepoint());
        savepoint = !savepoint;
      }
      actions.add(new Action.Execute(statements.next(anyTable())));
    }
    return actions;
  }

  private void perform(Connection connection, List<Action> actions, boolean commit)
      throws SQLException {
    Savepoint savepoint = null;
    for (Action action : actions) {
      switch (action) {
        case Action.Execute(Dml dml) -> execute(connection, dml);
        case Action.SetSavepoint() -> savepoint = connection.setSavepoint();
        case Action.RollBackToSavepoint() -> connection.rollback(savepoint);
      }
    }
    if (commit) {
      connection.commit();
      committed++;
    } else {
      connection.rollback();
      rolledBack++;
    }
  }

  private void execute(Connection connection, Dml dml) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(dml.sql())) {
      List<@Nullable String> parameters = dml.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i));
      }
      statement.executeUpdate();
      executed++;
    } catch (SQLException e) {
      // The values are random: without the statement nobody could tell which one failed.
      throw new SQLException(dml.sql() + ": " + e.getMessage(), e.getSQLState(), e);
    }
  }

  private Connection connect() throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + RECONNECT_LIMIT.toNanos();
    while (true) {
      try {
        Connection connection = DriverManager.getConnection(jdbcUrl);
        connection.setAutoCommit(false);
        return connection;
      } catch (SQLException e) {
        if (!connectionLost(e) || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(RECONNECT_PAUSE_MILLIS);
      }
    }
  }

  private KeyPool anyTable() {
    return tables.get(random.nextInt(tables.size()));
  }

  /** Class 08 is a broken connection, 57P0x a server that ends, starts or crashed. */
  private static boolean connectionLost(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P0"));
  }
}
