package dev.leat.flow.repository;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * Names of runs, such as {@code 20261125-101530-ab12}: their order as texts is that of the seconds,
 * in UTC, in which they began.
 */
public final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private RunIds() {}

  /** One of 65,536 names for that second. */
  static String of(Instant startedAt, Random random) {
    return TIME.format(startedAt) + "-%04x".formatted(random.nextInt(1 << 16));
  }

  /** Whether a text can be the name of a run. */
  public static boolean isId(String text) {
    return text.matches("\\d{8}-\\d{6}-[0-9a-f]{4}");
  }
}
