package dev.leat.postgres.engine;

import dev.leat.postgres.connect.SessionPool;
import dev.leat.spi.engine.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work in transactions. */
record Transactions(SessionPool pool, EngineErrors errors) {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T with(Transaction transaction) throws SQLException;
  }

  /**
   * Runs work that is committed as a whole or not at all.
   *
   * @param doing as it goes on after "while"
   */
  <T extends @Nullable Object> T write(String doing, Cancellation cancellation, Work<T> work) {
    return run(doing, cancellation, true, work);
  }

  /** Runs work that changes nothing. */
  <T extends @Nullable Object> T read(String doing, Work<T> work) {
    return run(doing, Cancellation.never(), false, work);
  }

  private <T extends @Nullable Object> T run(
      String doing, Cancellation cancellation, boolean write, Work<T> work) {
    try {
      return pool.work(session -> transaction(doing, session, cancellation, write, work));
    } catch (SQLException e) {
      throw errors.of(doing, e, cancellation);
    }
  }

  private <T extends @Nullable Object> T transaction(
      String doing, Connection session, Cancellation cancellation, boolean write, Work<T> work)
      throws SQLException {
    try (Cancelling _ = new Cancelling(cancellation, () -> cancel(session))) {
      EngineErrors.check(cancellation);
      session.setAutoCommit(false);
      Transaction transaction = new Transaction(session, cancellation);
      if (!write) {
        transaction.execute("SET TRANSACTION READ ONLY");
        T result = work.with(transaction);
        session.rollback();
        return result;
      }
      T result = work.with(transaction);
      EngineErrors.check(cancellation);
      commit(doing, session);
      return result;
    } finally {
      if (cancellation.isCancelled()) {
        // The order to stop may be under way still, and must not stop what comes next.
        session.close();
      }
    }
  }

  private void commit(String doing, Connection session) throws SQLException {
    try {
      session.commit();
    } catch (SQLException e) {
      throw errors.commit(doing, e);
    }
  }

  private static void cancel(Connection session) {
    try {
      session.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      LOG.warn("what runs in PostgreSQL could not be cancelled", e);
    }
  }
}
