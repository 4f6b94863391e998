package dev.leat.flow.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The time of a run along a line.
 *
 * @param begin where it starts
 * @param millis how much it shows, more than 0
 * @param left of the line, in pixels
 * @param width of the line, in pixels
 */
record TimeAxis(Instant begin, double millis, double left, double width) {
  private static final int MOST_TICKS = 8;
  private static final long[] STEPS = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    14_400_000,
    21_600_000,
    43_200_000,
    86_400_000
  };

  static TimeAxis of(Instant begin, Instant end, double left, double width) {
    return new TimeAxis(
        begin, Math.max(1, Duration.between(begin, end).toNanos() / 1e6), left, width);
  }

  double x(Instant at) {
    double offset = Duration.between(begin, at).toNanos() / 1e6;
    return left + width * Math.clamp(offset / millis, 0, 1);
  }

  /** Round times since the begin, in milliseconds, the begin included. */
  List<Long> ticks() {
    long step = STEPS[STEPS.length - 1];
    for (long each : STEPS) {
      if (millis / each <= MOST_TICKS) {
        step = each;
        break;
      }
    }
    while (millis / step > MOST_TICKS) {
      step *= 2;
    }
    List<Long> ticks = new ArrayList<>();
    for (long at = 0; at <= millis; at += step) {
      ticks.add(at);
    }
    return ticks;
  }

  double x(long tick) {
    return left + width * tick / millis;
  }
}
