package dev.leat.sqlite.engine;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as the texts that columns hold: of one length, so that they sort as times, and in
 * UTC. Years 1 to 9999.
 */
final class Temporals {
  static final String DATE_GLOB = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]";
  static final String TIME_GLOB = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]";
  static final int DATE_LENGTH = 10;

  private static final String TIME = "(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,6}))?)?";
  private static final Pattern TIME_TEXT = Pattern.compile(TIME);
  private static final Pattern TIMESTAMP_TEXT =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:[ T]" + TIME + "(?: ?(Z|[+-]\\d\\d(?::?\\d\\d)?))?)?");

  private Temporals() {}

  static LocalDate date(String text) {
    if (text.length() == DATE_LENGTH) {
      try {
        return inRange(LocalDate.parse(text));
      } catch (DateTimeException _) {
        throw new ValueException("a text is not a date such as 2024-05-01");
      }
    }
    throw new ValueException("a text is not a date such as 2024-05-01");
  }

  /**
   * A date or a timestamp, as it is stored or as people write it.
   *
   * @param zone whether an offset may follow; without one it is UTC
   */
  static LocalDateTime timestamp(String text, boolean zone) {
    Matcher parts = TIMESTAMP_TEXT.matcher(text);
    if (!parts.matches() || (!zone && parts.group(6) != null)) {
      throw new ValueException(
          "a text is not a timestamp such as 2024-05-01 10:00:00, with at most six digits behind"
              + " the point");
    }
    LocalDate date = date(parts.group(1));
    if (parts.group(2) == null) {
      return date.atStartOfDay();
    }
    LocalDateTime local = date.atTime(LocalTime.ofNanoOfDay(micros(parts, 2) * 1000));
    String offset = parts.group(6);
    return offset == null
        ? local
        : inRange(local.minusSeconds(ZoneOffset.of(offset).getTotalSeconds()));
  }

  /** Microseconds since midnight; 24:00 is one. */
  static long time(String text) {
    if (text.startsWith("24:00") && text.replaceAll("[0:.]", "").equals("24")) {
      return ChronoUnit.DAYS.getDuration().toNanos() / 1000;
    }
    Matcher parts = TIME_TEXT.matcher(text);
    if (!parts.matches()) {
      throw new ValueException("a text is not a time such as 10:00:00");
    }
    return micros(parts, 1);
  }

  private static long micros(Matcher parts, int hour) {
    int hours = Integer.parseInt(parts.group(hour));
    int minutes = Integer.parseInt(parts.group(hour + 1));
    int seconds = parts.group(hour + 2) == null ? 0 : Integer.parseInt(parts.group(hour + 2));
    String fraction = parts.group(hour + 3);
    if (hours > 23 || minutes > 59 || seconds > 59) {
      throw new ValueException("a text is not a time such as 10:00:00");
    }
    long micros =
        fraction == null ? 0 : Long.parseLong(fraction + "0".repeat(6 - fraction.length()));
    return ((hours * 60L + minutes) * 60 + seconds) * 1_000_000 + micros;
  }

  static String text(LocalDate date) {
    return inRange(date).toString();
  }

  static String text(LocalDateTime time) {
    return text(time.toLocalDate()) + " " + time(time.toLocalTime().toNanoOfDay() / 1000);
  }

  /** {@code 10:00:00.000000}. */
  static String time(long micros) {
    long seconds = micros / 1_000_000;
    StringBuilder text = new StringBuilder(15);
    digits(text, seconds / 3600, 2).append(':');
    digits(text, seconds / 60 % 60, 2).append(':');
    digits(text, seconds % 60, 2).append('.');
    return digits(text, micros % 1_000_000, 6).toString();
  }

  private static StringBuilder digits(StringBuilder text, long number, int count) {
    String digits = Long.toString(number);
    return text.repeat('0', count - digits.length()).append(digits);
  }

  static LocalDate inRange(LocalDate date) {
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw new ValueException("a date is not in the years 1 to 9999");
    }
    return date;
  }

  static LocalDateTime inRange(LocalDateTime time) {
    LocalDate unused = inRange(time.toLocalDate());
    return time;
  }
}
