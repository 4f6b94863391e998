package dev.leat.app.output;

import java.time.Duration;
import java.util.Locale;

/** Quantities as people read them. */
public final class Numbers {
  private static final String[] BYTE_UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Numbers() {}

  /** {@code 1,234,567}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1 row}, {@code 1,234 rows}. */
  public static String count(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** Decimal units: {@code 999 B}, {@code 1.5 MB}, {@code 120 GB}. */
  public static String bytes(long value) {
    if (value < 1000) {
      return value + " B";
    }
    double scaled = value / 1000.0;
    int unit = 0;
    while (scaled >= 999.5 && unit < BYTE_UNITS.length - 1) {
      scaled /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, scaled < 9.95 ? "%.1f " : "%.0f ", scaled) + BYTE_UNITS[unit];
  }

  /** {@code 12 ms}, {@code 3.4 s}, {@code 59 s}, {@code 2 min 5 s}, {@code 3 h 12 min}. */
  public static String duration(Duration value) {
    long millis = value.toMillis();
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
    if (minutes < 60) {
      return minutes + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    long hours = minutes / 60;
    if (hours < 48) {
      return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
    return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
  }

  public static String millis(long value) {
    return duration(Duration.ofMillis(value));
  }

  /** Something per second: {@code 0.4}, {@code 12}, {@code 123,000}. */
  public static String rate(double perSecond) {
    if (perSecond > 0 && perSecond < 9.95) {
      return String.format(Locale.ROOT, "%.1f", perSecond);
    }
    return count(Math.round(perSecond));
  }
}
