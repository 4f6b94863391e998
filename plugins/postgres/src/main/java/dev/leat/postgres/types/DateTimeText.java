package dev.leat.postgres.types;

import dev.leat.spi.error.LeatException;
import java.time.LocalDate;

/** Dates and times in ISO style, with years of any length and BC. */
final class DateTimeText {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  private static final int FRACTION_DIGITS = 6;

  private DateTimeText() {}

  static int days(String text) {
    return switch (text) {
      case "infinity" -> Dates.INFINITE_DAYS;
      case "-infinity" -> -Dates.INFINITE_DAYS;
      default -> Math.toIntExact(epochDay(withoutEra(text), isBefore(text)));
    };
  }

  static long micros(String text, ValueErrors errors) throws LeatException {
    if (text.equals("infinity")) {
      return Dates.INFINITE_MICROS;
    }
    if (text.equals("-infinity")) {
      return -Dates.INFINITE_MICROS;
    }
    String plain = withoutEra(text);
    int space = plain.indexOf(' ');
    long day = epochDay(plain.substring(0, space), isBefore(text));
    String time = plain.substring(space + 1);
    int zone = Math.max(time.indexOf('+'), time.indexOf('-'));
    long micros = timeMicros(zone < 0 ? time : time.substring(0, zone));
    if (zone >= 0) {
      long offset = timeMicros(time.substring(zone + 1));
      micros -= time.charAt(zone) == '-' ? -offset : offset;
    }
    try {
      return Math.addExact(Math.multiplyExact(day, MICROS_PER_DAY), micros);
    } catch (ArithmeticException e) {
      throw Dates.tooLate(errors);
    }
  }

  /** {@code 04:05:06.789}, also without seconds or minutes as in offsets. */
  static long timeMicros(String text) {
    String[] parts = text.split(":", -1);
    long micros = Long.parseLong(parts[0]) * 3_600 * MICROS_PER_SECOND;
    if (parts.length > 1) {
      micros += Long.parseLong(parts[1]) * 60 * MICROS_PER_SECOND;
    }
    if (parts.length > 2) {
      micros += seconds(parts[2]);
    }
    return micros;
  }

  private static long seconds(String text) {
    int point = text.indexOf('.');
    if (point < 0) {
      return Long.parseLong(text) * MICROS_PER_SECOND;
    }
    String fraction = text.substring(point + 1);
    long micros = Long.parseLong(fraction);
    for (int digits = fraction.length(); digits < FRACTION_DIGITS; digits++) {
      micros *= 10;
    }
    return Long.parseLong(text.substring(0, point)) * MICROS_PER_SECOND + micros;
  }

  private static boolean isBefore(String text) {
    return text.endsWith(" BC");
  }

  private static String withoutEra(String text) {
    return isBefore(text) ? text.substring(0, text.length() - 3) : text;
  }

  private static long epochDay(String text, boolean beforeChrist) {
    int second = text.lastIndexOf('-');
    int first = text.lastIndexOf('-', second - 1);
    int year = Integer.parseInt(text.substring(0, first));
    return LocalDate.of(
            beforeChrist ? 1 - year : year,
            Integer.parseInt(text.substring(first + 1, second)),
            Integer.parseInt(text.substring(second + 1)))
        .toEpochDay();
  }
}
