package dev.leat.testkit.compare;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as PostgreSQL ({@code 0044-03-15 12:00:00 BC}) and DuckDB ({@code … (BC) …})
 * write them.
 */
final class TemporalText {
  private static final String DATE =
      "(?<year>[+-]?\\d{4,})-(?<month>\\d\\d)-(?<day>\\d\\d)(?<bc1> \\(BC\\))?";
  private static final String TIME = "(?<time>\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)";
  private static final String ZONE = "(?<zone>Z|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)";
  private static final Pattern TIMESTAMP =
      Pattern.compile(DATE + "(?:[ T]" + TIME + ")?" + ZONE + "?(?<bc2> BC)?");
  private static final Pattern TIME_WITH_ZONE = Pattern.compile(TIME + ZONE);

  private TemporalText() {}

  static String date(String text) {
    return infinite(text) ? sign(text) : dateTime(match(TIMESTAMP, text)).toLocalDate().toString();
  }

  static String timestamp(String text) {
    return infinite(text) ? sign(text) : show(dateTime(match(TIMESTAMP, text)));
  }

  static String timestampWithZone(String text) {
    if (infinite(text)) {
      return sign(text);
    }
    Matcher matcher = match(TIMESTAMP, text);
    int offset = offset(matcher.group("zone")).getTotalSeconds();
    return show(dateTime(matcher).minusSeconds(offset)) + "Z";
  }

  /** Not a {@link LocalTime}, which has no 24:00:00. */
  static String time(String text) {
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  static String timeWithZone(String text) {
    Matcher matcher = match(TIME_WITH_ZONE, text);
    return time(matcher.group("time")) + offset(matcher.group("zone"));
  }

  private static LocalDateTime dateTime(Matcher matcher) {
    int year = Integer.parseInt(matcher.group("year"));
    boolean beforeChrist = matcher.group("bc1") != null || matcher.group("bc2") != null;
    LocalDate date =
        LocalDate.of(
            // There is no year 0: 1 BC is followed by 1 AD, and Java counts 1 BC as 0.
            beforeChrist ? 1 - year : year,
            Integer.parseInt(matcher.group("month")),
            Integer.parseInt(matcher.group("day")));
    String time = matcher.group("time");
    return time == null ? date.atStartOfDay() : date.atTime(LocalTime.parse(time));
  }

  private static String show(LocalDateTime value) {
    LocalTime time = value.toLocalTime();
    String fraction = time.getNano() == 0 ? "" : time(".%09d".formatted(time.getNano()));
    return "%s %02d:%02d:%02d%s"
        .formatted(
            value.toLocalDate(), time.getHour(), time.getMinute(), time.getSecond(), fraction);
  }

  private static ZoneOffset offset(@Nullable String text) {
    return text == null ? ZoneOffset.UTC : ZoneOffset.of(text);
  }

  private static boolean infinite(String text) {
    return sign(text).matches("[+-]?infinity");
  }

  private static String sign(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Matcher match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a date or time: " + text);
    }
    return matcher;
  }
}
