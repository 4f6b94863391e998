package dev.leat.duckdb;

import dev.leat.spi.engine.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stops a session's statements once the work is cancelled. DuckDB forgets an interruption that
 * comes just before a statement begins, so it is repeated until the work has ended.
 */
final class Interruption implements AutoCloseable {
  private static final long AGAIN_MILLIS = 20;

  private final Session session;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Cancellation.Announced announced;
  private @Nullable Thread interrupter;

  Interruption(Session session, Cancellation cancellation) {
    this.session = session;
    this.announced = cancellation.announce(this::begin);
  }

  private synchronized void begin() {
    if (interrupter == null && ended.getCount() > 0) {
      // No virtual thread: those of the machine may all be in DuckDB, which does not let go of
      // them.
      interrupter =
          Thread.ofPlatform().daemon().name("leat-duckdb-interrupt").start(this::interrupt);
    }
  }

  private void interrupt() {
    try {
      do {
        session.interrupt();
      } while (!ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** No statement is stopped afterwards. */
  @Override
  public void close() {
    announced.close();
    Thread last;
    synchronized (this) {
      ended.countDown();
      last = interrupter;
    }
    if (last != null) {
      try {
        last.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
