package dev.leat.testkit.net;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How one direction behaves now; shared by the pumps of all connections.
 *
 * <p>A fault is a change of this state, so that it also reaches the bytes that are already waiting.
 */
final class Line {
  private long delayNanos;
  private long bytesPerSecond = Long.MAX_VALUE;
  private boolean frozen;
  private boolean swallowing;
  private long bytesUntilCut = Long.MAX_VALUE;
  private long bytes;

  /** What is to become of some bytes. */
  enum Verdict {
    FORWARD,
    DROP,
    /** Forward, then cut every connection. */
    FORWARD_AND_CUT
  }

  /**
   * A decision over the first bytes of a chunk.
   *
   * @param length how many bytes it is about
   */
  record Passage(Verdict verdict, int length, long pauseNanos) {}

  synchronized void reset() {
    delayNanos = 0;
    bytesPerSecond = Long.MAX_VALUE;
    frozen = false;
    swallowing = false;
    bytesUntilCut = Long.MAX_VALUE;
    notifyAll();
  }

  synchronized void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  synchronized void throttle(long limit) {
    bytesPerSecond = limit;
    notifyAll();
  }

  synchronized void freeze() {
    frozen = true;
  }

  synchronized void swallow() {
    swallowing = true;
  }

  synchronized void cutAfter(long count) {
    bytesUntilCut = count;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long delayNanos() {
    return delayNanos;
  }

  /**
   * Waits while the line is frozen, then says what happens to the next bytes of at most this many.
   *
   * @param broken set once bytes of the connection are lost; nothing of it passes from then on
   */
  synchronized Passage next(int available, AtomicBoolean broken) throws InterruptedException {
    awaitThaw();
    if (swallowing || broken.get()) {
      broken.set(true);
      return new Passage(Verdict.DROP, available, 0);
    }
    int length =
        (int) Math.min(Math.min(available, bytesUntilCut), Math.max(1, bytesPerSecond / 20));
    bytes += length;
    if (bytesUntilCut != Long.MAX_VALUE) {
      bytesUntilCut -= length;
    }
    if (bytesUntilCut == 0) {
      bytesUntilCut = Long.MAX_VALUE;
      broken.set(true);
      return new Passage(Verdict.FORWARD_AND_CUT, length, 0);
    }
    long pause = bytesPerSecond == Long.MAX_VALUE ? 0 : length * 1_000_000_000L / bytesPerSecond;
    return new Passage(Verdict.FORWARD, length, pause);
  }

  /** Waits while the line is frozen, then says whether the end of the connection passes. */
  synchronized boolean endPasses(AtomicBoolean broken) throws InterruptedException {
    awaitThaw();
    if (swallowing) {
      broken.set(true);
    }
    return !broken.get();
  }

  private void awaitThaw() throws InterruptedException {
    while (frozen) {
      wait();
    }
  }
}
