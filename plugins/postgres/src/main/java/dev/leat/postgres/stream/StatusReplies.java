package dev.leat.postgres.stream;

import dev.leat.postgres.connect.WireConnection;
import dev.leat.spi.error.LeatException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server what is confirmed: soon after it moved, and by a thread of its own at least
 * every few seconds, so that the server does not give up a consumer that is busy, however long its
 * destination blocks.
 *
 * <p>All three positions of a status are the one that is confirmed. The server forgets what is
 * before them, so what was merely received must never be in one; and while they are behind, the
 * server goes on saying how far it is, which is what moves an idle replication.
 */
final class StatusReplies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusReplies.class);
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final long AT_MOST_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int LENGTH = 34;

  private final WireConnection session;
  private final long intervalNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private long confirmed;
  private long sent;
  private long sentNanos = System.nanoTime();
  private boolean closed;
  private volatile boolean askForAnswer;

  StatusReplies(WireConnection session, long confirmed, Duration interval) {
    this.session = session;
    this.confirmed = confirmed;
    this.sent = confirmed;
    this.intervalNanos = interval.toNanos();
    Thread.ofPlatform().name("leat-postgres-status").daemon().start(this::keepAlive);
  }

  private void keepAlive() {
    lock.lock();
    try {
      while (!closed) {
        long left = sentNanos + intervalNanos - System.nanoTime();
        if (left <= 0) {
          send();
        } else {
          long unused = ended.awaitNanos(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LeatException e) {
      // The thread that reads meets the broken connection too, and reports it.
      LOG.debug("status not sent", e);
    } finally {
      lock.unlock();
    }
  }

  /** Takes over a position that is durable; never moves back. */
  void confirm(long lsn) {
    lock.lock();
    try {
      if (Long.compareUnsigned(confirmed, lsn) < 0) {
        confirmed = lsn;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what was confirmed since the last time.
   *
   * @param now even if the last time is only a moment ago
   */
  void flush(boolean now) {
    lock.lock();
    try {
      if (confirmed != sent && (now || System.nanoTime() - sentNanos >= AT_MOST_EVERY_NANOS)) {
        send();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The server asked for a sign of life. */
  void answer() {
    lock.lock();
    try {
      send();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server is to answer the next status, since nothing was heard of it for long. */
  void askForAnswer(boolean ask) {
    askForAnswer = ask;
  }

  private void send() {
    ByteBuffer status = ByteBuffer.allocate(LENGTH);
    status.put((byte) 'r').putLong(confirmed).putLong(confirmed).putLong(confirmed);
    status.putLong(ChronoUnit.MICROS.between(EPOCH, Instant.now()));
    status.put((byte) (askForAnswer ? 1 : 0));
    // Before sending: a send that fails must not be tried again at once.
    sentNanos = System.nanoTime();
    sent = confirmed;
    session.send(status.array());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
