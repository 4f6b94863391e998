package dev.leat.replication;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before trying again what failed for a passing reason: doubling, with jitter so
 * that many do not return at once.
 *
 * @param first the wait after the first failure
 * @param longest no wait is longer
 * @param times failures in a row, without progress in between, after which to give up
 */
public record Retry(Duration first, Duration longest, int times) {
  /** From 0.5 s to 30 s, about an hour in all. */
  public static final Retry DEFAULT =
      new Retry(Duration.ofMillis(500), Duration.ofSeconds(30), 125);

  /** Gives up at the first failure. */
  public static final Retry NEVER = new Retry(Duration.ofMillis(1), Duration.ofMillis(1), 0);

  /**
   * The wait after failure number {@code failures}, from 1: between half and all of the doubled
   * wait.
   */
  public Duration wait(int failures) {
    long longestMillis = longest.toMillis();
    long doubled =
        failures > 30 ? longestMillis : Math.min(longestMillis, first.toMillis() << (failures - 1));
    return Duration.ofMillis(doubled / 2 + ThreadLocalRandom.current().nextLong(doubled / 2 + 1));
  }
}
