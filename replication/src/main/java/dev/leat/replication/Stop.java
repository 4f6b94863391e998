package dev.leat.replication;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wish to end, that waits can be cut short by. */
final class Stop {
  private final CountDownLatch wished = new CountDownLatch(1);

  void wish() {
    wished.countDown();
  }

  boolean isWished() {
    return wished.getCount() == 0;
  }

  /** Waits; returns at once when the wish is or becomes known. */
  void await(Duration longest) {
    try {
      boolean unused = wished.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      wish();
    }
  }

  /**
   * Thrown out of reading a copy's range when the copy is to end early; nothing of the range stays.
   */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("stopped", null, false, false);
    }
  }
}
