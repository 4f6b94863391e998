package dev.leat.testkit.compare;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals as PostgreSQL ({@code 1 year 2 mons}) and DuckDB ({@code 1 year 2 months}) write them.
 */
final class IntervalText {
  private static final Pattern PART =
      Pattern.compile(
          "(?<count>[+-]?\\d+) (?<unit>year|month|mon|day)s?|(?<sign>[+-])?(?<hours>\\d+):(?<minutes>\\d\\d):"
              + "(?<seconds>\\d\\d(?:\\.\\d+)?)");

  private IntervalText() {}

  /** Months, days and seconds, which PostgreSQL keeps apart. */
  static String canonical(String text) {
    long months = 0;
    long days = 0;
    BigDecimal seconds = BigDecimal.ZERO;
    Matcher matcher = PART.matcher(text);
    int end = 0;
    while (matcher.find()) {
      if (!text.substring(end, matcher.start()).isBlank()) {
        throw new IllegalArgumentException("not an interval: " + text);
      }
      end = matcher.end();
      String unit = matcher.group("unit");
      if (unit == null) {
        seconds = seconds(matcher);
      } else {
        long count = Long.parseLong(matcher.group("count"));
        switch (unit) {
          case "year" -> months += 12 * count;
          case "day" -> days += count;
          default -> months += count;
        }
      }
    }
    if (end != text.length() || end == 0) {
      throw new IllegalArgumentException("not an interval: " + text);
    }
    return "%d months %d days %s seconds"
        .formatted(months, days, seconds.stripTrailingZeros().toPlainString());
  }

  private static BigDecimal seconds(Matcher matcher) {
    BigDecimal value =
        new BigDecimal(matcher.group("seconds"))
            .add(new BigDecimal(matcher.group("minutes")).multiply(BigDecimal.valueOf(60)))
            .add(new BigDecimal(matcher.group("hours")).multiply(BigDecimal.valueOf(3600)));
    return "-".equals(matcher.group("sign")) ? value.negate() : value;
  }
}
