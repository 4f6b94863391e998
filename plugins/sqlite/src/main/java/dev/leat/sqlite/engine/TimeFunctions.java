package dev.leat.sqlite.engine;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The functions over dates and timestamps, which take and give them as they are stored. */
final class TimeFunctions {
  private TimeFunctions() {}

  static long extract(String unit, String value) {
    if (value.length() != Temporals.DATE_LENGTH && value.charAt(2) == ':') {
      return extract(unit, LocalDate.EPOCH.atStartOfDay().plusNanos(Temporals.time(value) * 1000));
    }
    return extract(unit, Temporals.timestamp(value, false));
  }

  private static long extract(String unit, LocalDateTime time) {
    return switch (unit) {
      case "YEAR" -> time.getYear();
      case "QUARTER" -> time.get(IsoFields.QUARTER_OF_YEAR);
      case "MONTH" -> time.getMonthValue();
      case "WEEK" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "DAY" -> time.getDayOfMonth();
      case "DOW" -> time.getDayOfWeek().getValue() % 7;
      case "DOY" -> time.getDayOfYear();
      case "HOUR" -> time.getHour();
      case "MINUTE" -> time.getMinute();
      case "SECOND" -> time.getSecond();
      case "EPOCH" -> time.toEpochSecond(ZoneOffset.UTC);
      default -> throw unknown(unit);
    };
  }

  static String truncate(String unit, String value) {
    LocalDateTime time = Temporals.timestamp(value, false);
    LocalDate date = time.toLocalDate();
    LocalDateTime result =
        switch (unit) {
          case "YEAR" -> date.withDayOfYear(1).atStartOfDay();
          case "QUARTER" ->
              date.withDayOfMonth(1)
                  .withMonth((date.getMonthValue() - 1) / 3 * 3 + 1)
                  .atStartOfDay();
          case "MONTH" -> date.withDayOfMonth(1).atStartOfDay();
          case "WEEK" ->
              date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay();
          case "DAY" -> date.atStartOfDay();
          case "HOUR" -> time.truncatedTo(ChronoUnit.HOURS);
          case "MINUTE" -> time.truncatedTo(ChronoUnit.MINUTES);
          case "SECOND" -> time.truncatedTo(ChronoUnit.SECONDS);
          default -> throw unknown(unit);
        };
    return like(value, result);
  }

  static String add(String unit, String value, long count) {
    try {
      return like(value, Temporals.timestamp(value, false).plus(count, unit(unit)));
    } catch (DateTimeException | ArithmeticException _) {
      throw new ValueException("a date is not in the years 1 to 9999");
    }
  }

  static long difference(String unit, String from, String to) {
    return unit(unit).between(Temporals.timestamp(from, false), Temporals.timestamp(to, false));
  }

  private static String like(String value, LocalDateTime result) {
    return value.length() == Temporals.DATE_LENGTH
        ? Temporals.text(result.toLocalDate())
        : Temporals.text(result);
  }

  private static ChronoUnit unit(String unit) {
    return switch (unit) {
      case "YEAR" -> ChronoUnit.YEARS;
      case "MONTH" -> ChronoUnit.MONTHS;
      case "WEEK" -> ChronoUnit.WEEKS;
      case "DAY" -> ChronoUnit.DAYS;
      case "HOUR" -> ChronoUnit.HOURS;
      case "MINUTE" -> ChronoUnit.MINUTES;
      case "SECOND" -> ChronoUnit.SECONDS;
      default -> throw unknown(unit);
    };
  }

  private static ValueException unknown(String unit) {
    return new ValueException("there is no unit of time " + unit.toLowerCase(Locale.ROOT));
  }
}
