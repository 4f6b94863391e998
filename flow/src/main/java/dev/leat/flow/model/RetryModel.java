package dev.leat.flow.model;

import java.time.Duration;

/**
 * How often a step is tried again after an error that may pass.
 *
 * @param times beyond the first attempt
 * @param firstWait before the second attempt
 * @param backoff what each wait is multiplied with
 * @param maxWait the longest wait
 */
public record RetryModel(int times, Duration firstWait, double backoff, Duration maxWait) {
  public static RetryModel usual() {
    return new RetryModel(3, Duration.ofSeconds(1), 2, Duration.ofMinutes(1));
  }

  public static RetryModel none() {
    return new RetryModel(0, Duration.ZERO, 1, Duration.ZERO);
  }
}
