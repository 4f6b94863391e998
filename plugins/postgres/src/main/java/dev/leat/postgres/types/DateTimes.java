package dev.leat.postgres.types;

import java.time.LocalDate;

/**
 * Dates and times from PostgreSQL's numbers, which count from 2000-01-01, to the text of its style
 * ISO: years as people count them, BC behind the rest.
 */
final class DateTimes {
  private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  private DateTimes() {}

  static void date(byte[] bytes, int at, StringBuilder out) {
    int days = BinaryDecoders.intAt(bytes, at);
    switch (days) {
      case Integer.MAX_VALUE -> out.append("infinity");
      case Integer.MIN_VALUE -> out.append("-infinity");
      default -> {
        LocalDate date = LocalDate.ofEpochDay(days + EPOCH_DAY);
        day(date, out);
        era(date, out);
      }
    }
  }

  static void timestamp(long micros, String zone, StringBuilder out) {
    if (micros == Long.MAX_VALUE) {
      out.append("infinity");
    } else if (micros == Long.MIN_VALUE) {
      out.append("-infinity");
    } else {
      LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY) + EPOCH_DAY);
      day(date, out);
      out.append(' ');
      time(Math.floorMod(micros, MICROS_PER_DAY), out);
      out.append(zone);
      era(date, out);
    }
  }

  static void time(byte[] bytes, int at, StringBuilder out) {
    time(BinaryDecoders.longAt(bytes, at), out);
  }

  /** The zone is in seconds west of Greenwich. */
  static void timeWithZone(byte[] bytes, int at, StringBuilder out) {
    time(BinaryDecoders.longAt(bytes, at), out);
    int west = BinaryDecoders.intAt(bytes, at + 8);
    int seconds = Math.abs(west);
    out.append(west <= 0 ? '+' : '-');
    twoDigits(seconds / 3600, out);
    if (seconds % 3600 != 0) {
      out.append(':');
      twoDigits(seconds / 60 % 60, out);
    }
    if (seconds % 60 != 0) {
      out.append(':');
      twoDigits(seconds % 60, out);
    }
  }

  private static void time(long micros, StringBuilder out) {
    long seconds = micros / MICROS_PER_SECOND;
    twoDigits((int) (seconds / 3600), out);
    out.append(':');
    twoDigits((int) (seconds / 60 % 60), out);
    out.append(':');
    twoDigits((int) (seconds % 60), out);
    int fraction = (int) (micros % MICROS_PER_SECOND);
    if (fraction != 0) {
      String digits = Long.toString(MICROS_PER_SECOND + fraction);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      out.append('.').append(digits, 1, end);
    }
  }

  private static void day(LocalDate date, StringBuilder out) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    out.append("0".repeat(Math.max(0, 4 - Integer.toString(year).length()))).append(year);
    out.append('-');
    twoDigits(date.getMonthValue(), out);
    out.append('-');
    twoDigits(date.getDayOfMonth(), out);
  }

  private static void era(LocalDate date, StringBuilder out) {
    out.append(date.getYear() > 0 ? "" : " BC");
  }

  private static void twoDigits(int value, StringBuilder out) {
    if (value < 10) {
      out.append('0');
    }
    out.append(value);
  }
}
