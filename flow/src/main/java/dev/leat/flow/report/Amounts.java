package dev.leat.flow.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Quantities and times as people read them. */
final class Amounts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private Amounts() {}

  static String time(Instant at) {
    return TIME.format(at);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String count(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** {@code 950}, {@code 36.5k}, {@code 1.2M}. */
  static String roughly(long value) {
    String[] units = {"", "k", "M", "G", "T", "P", "E"};
    double scaled = value;
    int unit = 0;
    while (scaled >= 999.5) {
      scaled /= 1000;
      unit++;
    }
    return unit == 0
        ? Long.toString(value)
        : String.format(Locale.ROOT, scaled < 99.95 ? "%.1f" : "%.0f", scaled) + units[unit];
  }

  /** {@code 12 ms}, {@code 3.4 s}, {@code 2 min 5 s}, {@code 3 h 12 min}. */
  static String duration(Duration value) {
    long millis = Math.max(0, value.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = Math.round(millis / 1000.0);
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    return minutes < 60
        ? two(minutes, "min", seconds % 60, "s")
        : two(minutes / 60, "h", minutes % 60, "min");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** A part of a whole in percent. */
  static String share(long part, long whole) {
    double percent = 100.0 * part / whole;
    return percent > 0 && percent < 0.1
        ? "< 0.1 %"
        : String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }
}
