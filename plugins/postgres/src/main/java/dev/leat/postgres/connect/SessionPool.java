package dev.leat.postgres.connect;

import dev.leat.spi.error.LeatException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions for statements, used again when their work is done. There are as many as there is work
 * at one time. Safe for use by several threads.
 */
public final class SessionPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionPool.class);
  private static final int MOST_IDLE = 4;
  private static final int VALID_WITHIN_SECONDS = 10;

  private final Sessions sessions;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  public SessionPool(Sessions sessions) {
    this.sessions = sessions;
  }

  public Sessions sessions() {
    return sessions;
  }

  /**
   * Runs work in a session that has no transaction open; what the work leaves open is undone.
   *
   * @param doing for error messages, see {@link ErrorMapping}
   */
  public <T extends @Nullable Object> T with(String doing, Sessions.Work<T> work) {
    try {
      return work(work);
    } catch (SQLException e) {
      throw sessions.errors().map(doing, "", e);
    }
  }

  /** As {@link #with}, the driver's own errors as they are. */
  public <T extends @Nullable Object> T work(Sessions.Work<T> work) throws SQLException {
    Connection session = take();
    boolean whole = false;
    try {
      T result = work.with(session);
      whole = true;
      return result;
    } catch (SQLException | RuntimeException e) {
      whole = e instanceof LeatException || !isBroken(session);
      throw e;
    } finally {
      giveBack(session, whole);
    }
  }

  private Connection take() throws SQLException {
    while (true) {
      Connection session;
      synchronized (this) {
        session = idle.pollLast();
      }
      if (session == null) {
        return sessions.open();
      }
      if (session.isValid(VALID_WITHIN_SECONDS)) {
        return session;
      }
      discard(session);
    }
  }

  private void giveBack(Connection session, boolean whole) {
    if (whole && restored(session)) {
      synchronized (this) {
        if (!closed && idle.size() < MOST_IDLE) {
          idle.addLast(session);
          return;
        }
      }
    }
    discard(session);
  }

  private static boolean restored(Connection session) {
    try {
      if (!session.getAutoCommit()) {
        session.rollback();
        session.setAutoCommit(true);
      }
      return true;
    } catch (SQLException e) {
      LOG.debug("a session is not used again", e);
      return false;
    }
  }

  private static boolean isBroken(Connection session) {
    try {
      return session.isClosed();
    } catch (SQLException e) {
      LOG.debug("a session is not used again", e);
      return true;
    }
  }

  private static void discard(Connection session) {
    try {
      session.close();
    } catch (SQLException e) {
      LOG.debug("a broken session could not be closed in order", e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      idle.forEach(SessionPool::discard);
      idle.clear();
    }
    sessions.close();
  }
}
