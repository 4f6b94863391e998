package dev.leat.postgres.engine;

import dev.leat.spi.engine.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells the server to stop work that was cancelled, again and again until the work has ended: the
 * server forgets an order that comes before the statement that it is for.
 */
final class Cancelling implements AutoCloseable {
  private static final long BETWEEN_MILLIS = 200;

  private final Runnable order;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Cancellation.Announced announced;

  /**
   * Announces work.
   *
   * @param order may be called after {@link #close()} once more
   */
  Cancelling(Cancellation cancellation, Runnable order) {
    this.order = order;
    this.announced = cancellation.announce(this::begin);
  }

  private void begin() {
    Thread.ofVirtual().name("leat-cancel").start(this::orderUntilEnded);
  }

  private void orderUntilEnded() {
    try {
      do {
        order.run();
      } while (!ended.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    announced.close();
    ended.countDown();
  }
}
