package dev.leat.postgres.snapshot;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.spi.error.LeatException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that see one exported snapshot, at most so many at a time.
 *
 * <p>Each range gets a transaction of its own: a transaction that stayed open would keep its tables
 * locked against ALTER TABLE, and everything behind such an ALTER, until the whole copy is done.
 */
final class SnapshotSessions implements AutoCloseable {
  private final Sessions sessions;
  private final String snapshot;
  private final Semaphore permits;
  private final Deque<WireConnection> unused = new ArrayDeque<>();
  private boolean closed;

  SnapshotSessions(Sessions sessions, String snapshot, int limit) {
    this.sessions = sessions;
    this.snapshot = snapshot;
    this.permits = new Semaphore(limit);
  }

  /** A session in a transaction that sees the snapshot; waits while all are in use. */
  WireConnection take() {
    permits.acquireUninterruptibly();
    WireConnection session = null;
    try {
      session = unusedOrNew();
      session.doing("entering the snapshot", "");
      session.execute(
          "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT "
              + Sql.literal(snapshot));
      return session;
    } catch (LeatException e) {
      if (session != null) {
        session.close();
      }
      permits.release();
      // The server's answer differs by version: an invalid value, or an object that is not there.
      boolean unknownSnapshot =
          e.code().equals(PostgresErrors.DATA) || e.code().equals(PostgresErrors.QUERY);
      throw session != null && unknownSnapshot ? lost(e) : e;
    }
  }

  private WireConnection unusedOrNew() {
    synchronized (unused) {
      if (closed) {
        throw lost(null);
      }
      WireConnection session = unused.poll();
      if (session != null) {
        return session;
      }
    }
    return sessions.openWire();
  }

  /** Ends the session's transaction and keeps the session for the next range. */
  void giveBack(WireConnection session) {
    try {
      session.execute("COMMIT");
      synchronized (unused) {
        if (!closed) {
          unused.add(session);
          return;
        }
      }
      session.close();
    } catch (LeatException e) {
      session.close();
      throw e;
    } finally {
      permits.release();
    }
  }

  /** Ends a session, in the middle of a COPY too. */
  void discard(WireConnection session) {
    try {
      if (!session.idle()) {
        session.cancel();
      }
      session.close();
    } finally {
      permits.release();
    }
  }

  private static LeatException lost(@Nullable Throwable cause) {
    return new LeatException(
        PostgresErrors.SNAPSHOT_LOST,
        "The snapshot that tables are copied from is gone: the connection that held it broke.",
        "The copy goes on in a new snapshot; ranges that were finished stay.",
        cause);
  }

  @Override
  public void close() {
    synchronized (unused) {
      closed = true;
      unused.forEach(WireConnection::close);
      unused.clear();
    }
  }
}
