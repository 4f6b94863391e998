package dev.leat.app.conformance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An expression over the columns of {@link Arguments}, and what it means in Java.
 *
 * @param meaning of a row
 */
record FunctionModel(String expression, Function<Arguments, Object> meaning) {

  static List<FunctionModel> all() {
    List<FunctionModel> all = new ArrayList<>();
    all.addAll(texts());
    all.addAll(numbers());
    all.addAll(times());
    return all;
  }

  /** Of one argument, and NULL if that is. */
  private static <A> FunctionModel of(
      String expression, Function<Arguments, A> argument, Function<A, Object> meaning) {
    return new FunctionModel(
        expression,
        row -> {
          A value = argument.apply(row);
          return value == null ? null : meaning.apply(value);
        });
  }

  /** Of two arguments, and NULL if one of them is. */
  private static <A, B> FunctionModel of(
      String expression,
      Function<Arguments, A> first,
      Function<Arguments, B> second,
      BiFunction<A, B, Object> meaning) {
    return new FunctionModel(
        expression,
        row -> {
          A a = first.apply(row);
          B b = second.apply(row);
          return a == null || b == null ? null : meaning.apply(a, b);
        });
  }

  private static List<FunctionModel> texts() {
    return List.of(
        of("UPPER(s)", Arguments::s, s -> mapped(s, true)),
        of("LOWER(s)", Arguments::s, s -> mapped(s, false)),
        of("LENGTH(s)", Arguments::s, s -> (long) s.codePointCount(0, s.length())),
        of("TRIM(s)", Arguments::s, s -> s.replaceAll("^ +| +$", "")),
        of("LTRIM(s)", Arguments::s, s -> s.replaceAll("^ +", "")),
        of("RTRIM(s)", Arguments::s, s -> s.replaceAll(" +$", "")),
        of("s || p", Arguments::s, Arguments::p, (s, p) -> s + p),
        of("LEFT(s, n)", Arguments::s, Arguments::n, (s, n) -> part(s, 0, n)),
        of(
            "RIGHT(s, n)",
            Arguments::s,
            Arguments::n,
            (s, n) -> part(s, Math.max(0, length(s) - n), length(s))),
        of("SUBSTRING(s, n + 1)", Arguments::s, Arguments::n, (s, n) -> part(s, n, length(s))),
        of("SUBSTRING(s, 2, n)", Arguments::s, Arguments::n, (s, n) -> part(s, 1, 1 + n)),
        of(
            "POSITION(p IN s)",
            Arguments::s,
            Arguments::p,
            (s, p) -> s.contains(p) ? s.codePointCount(0, s.indexOf(p)) + 1L : 0L),
        of(
            "REPLACE(s, p, '<>')",
            Arguments::s,
            Arguments::p,
            (s, p) -> p.isEmpty() ? s : s.replace(p, "<>")),
        of(
            "SPLIT_PART(s, ',', n + 1)",
            Arguments::s,
            Arguments::n,
            (s, n) -> {
              String[] parts = s.split(Pattern.quote(","), -1);
              return n < parts.length ? parts[n] : "";
            }),
        of("STARTS_WITH(s, p)", Arguments::s, Arguments::p, String::startsWith),
        of("s LIKE '%' || p || '%'", Arguments::s, Arguments::p, String::contains),
        of(
            "LPAD(s, n, 'x\u00e4')",
            Arguments::s,
            Arguments::n,
            (s, n) -> padding(s, n) + part(s, 0, n)),
        of(
            "RPAD(s, n, 'x\u00e4')",
            Arguments::s,
            Arguments::n,
            (s, n) -> part(s, 0, n) + padding(s, n)),
        of("s < p", Arguments::s, Arguments::p, (s, p) -> Models.bytes().compare(s, p) < 0),
        new FunctionModel(
            "GREATEST(s, p)",
            row ->
                row.s() == null || (row.p() != null && Models.bytes().compare(row.s(), row.p()) < 0)
                    ? row.p()
                    : row.s()));
  }

  private static List<FunctionModel> numbers() {
    return List.of(
        of("i / j", Arguments::i, Arguments::j, (i, j) -> j == 0 ? null : i / j),
        of("MOD(i, j)", Arguments::i, Arguments::j, (i, j) -> j == 0 ? null : i % j),
        of("ABS(i)", Arguments::i, Math::abs),
        of("ABS(d)", Arguments::d, BigDecimal::abs),
        of("SIGN(d)", Arguments::d, BigDecimal::signum),
        of("CEIL(d)", Arguments::d, d -> rounded(d, 0, RoundingMode.CEILING)),
        of("FLOOR(d)", Arguments::d, d -> rounded(d, 0, RoundingMode.FLOOR)),
        of("ROUND(d)", Arguments::d, d -> rounded(d, 0, RoundingMode.HALF_UP)),
        of("ROUND(d, 1)", Arguments::d, d -> rounded(d, 1, RoundingMode.HALF_UP)),
        of(
            "ROUND(i, -2)",
            Arguments::i,
            i -> rounded(new BigDecimal(i), -2, RoundingMode.HALF_UP).intValueExact()),
        of("CAST(d AS TEXT)", Arguments::d, BigDecimal::toPlainString),
        of("CAST(CAST(d AS TEXT) AS DECIMAL(10, 2))", Arguments::d, d -> d),
        of("CAST(i AS TEXT)", Arguments::i, String::valueOf),
        of("CAST(d AS DECIMAL(12, 1))", Arguments::d, d -> d.setScale(1, RoundingMode.HALF_UP)),
        of("d + d * 2", Arguments::d, d -> d.multiply(BigDecimal.valueOf(3))));
  }

  private static List<FunctionModel> times() {
    List<FunctionModel> all =
        new ArrayList<>(
            List.of(
                extract("YEAR", at -> at.getYear()),
                extract("QUARTER", at -> at.get(IsoFields.QUARTER_OF_YEAR)),
                extract("MONTH", at -> at.getMonthValue()),
                extract("WEEK", at -> at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
                extract("DAY", at -> at.getDayOfMonth()),
                extract("DOW", at -> at.getDayOfWeek().getValue() % 7),
                extract("DOY", at -> at.get(ChronoField.DAY_OF_YEAR)),
                extract("HOUR", at -> at.getHour()),
                extract("MINUTE", at -> at.getMinute()),
                extract("SECOND", at -> at.getSecond()),
                of("EXTRACT(EPOCH FROM z)", Arguments::z, Instant::getEpochSecond),
                of("CAST(z AS DATE)", Arguments::at, LocalDateTime::toLocalDate),
                of("CAST(at AS TIMESTAMPTZ)", Arguments::at, at -> at.toInstant(ZoneOffset.UTC)),
                of("CAST(day AS TEXT)", Arguments::day, String::valueOf),
                of("CAST(CAST(at AS TEXT) AS TIMESTAMP)", Arguments::at, at -> at),
                of("day + INTERVAL '1' MONTH", Arguments::day, day -> day.plusMonths(1)),
                of("day - INTERVAL '1' YEAR", Arguments::day, day -> day.minusYears(1)),
                of("at + INTERVAL '13' MONTH", Arguments::at, at -> at.plusMonths(13)),
                of("z + INTERVAL '36' HOUR", Arguments::at, at -> utc(at.plusHours(36))),
                of("z - INTERVAL '1' MONTH", Arguments::at, at -> utc(at.minusMonths(1))),
                of(
                    "TIMESTAMPDIFF(DAY, TIMESTAMP '2000-02-29 12:00:00', at)",
                    Arguments::at,
                    at -> ChronoUnit.DAYS.between(LocalDateTime.of(2000, 2, 29, 12, 0), at)),
                of(
                    "TIMESTAMPDIFF(SECOND, at, TIMESTAMP '2000-02-29 12:00:00')",
                    Arguments::at,
                    at -> ChronoUnit.SECONDS.between(at, LocalDateTime.of(2000, 2, 29, 12, 0)))));
    for (String unit :
        List.of("year", "quarter", "month", "week", "day", "hour", "minute", "second")) {
      all.add(of("DATE_TRUNC('" + unit + "', z)", Arguments::at, at -> utc(truncated(at, unit))));
    }
    return all;
  }

  private static FunctionModel extract(String unit, Function<LocalDateTime, Integer> meaning) {
    return of("EXTRACT(" + unit + " FROM z)", Arguments::at, at -> (long) meaning.apply(at));
  }

  private static Instant utc(LocalDateTime at) {
    return at.toInstant(ZoneOffset.UTC);
  }

  private static LocalDateTime truncated(LocalDateTime at, String unit) {
    LocalDateTime day = at.truncatedTo(ChronoUnit.DAYS);
    return switch (unit) {
      case "year" -> day.withDayOfYear(1);
      case "quarter" -> day.withDayOfMonth(1).minusMonths((at.getMonthValue() - 1) % 3);
      case "month" -> day.withDayOfMonth(1);
      case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case "day" -> day;
      case "hour" -> at.truncatedTo(ChronoUnit.HOURS);
      case "minute" -> at.truncatedTo(ChronoUnit.MINUTES);
      default -> at.truncatedTo(ChronoUnit.SECONDS);
    };
  }

  private static BigDecimal rounded(BigDecimal value, int digits, RoundingMode mode) {
    return value.setScale(digits, mode).setScale(Math.max(2, digits));
  }

  private static String mapped(String s, boolean upper) {
    int[] letters =
        s.codePoints()
            .map(letter -> upper ? Character.toUpperCase(letter) : Character.toLowerCase(letter))
            .toArray();
    return new String(letters, 0, letters.length);
  }

  private static int length(String s) {
    return s.codePointCount(0, s.length());
  }

  /** From the first code point on, up to the other. */
  private static String part(String s, int from, int to) {
    int begin = Math.min(from, length(s));
    int end = Math.max(begin, Math.min(to, length(s)));
    return s.substring(s.offsetByCodePoints(0, begin), s.offsetByCodePoints(0, end));
  }

  private static String padding(String s, int n) {
    return "x\u00e4".repeat(6).substring(0, Math.max(0, n - length(s)));
  }
}
