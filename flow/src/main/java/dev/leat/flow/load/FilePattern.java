package dev.leat.flow.load;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files: {@code *} for characters of one part, {@code **} for any folders, {@code ?},
 * {@code [a-z]}, {@code {a,b}}, and {@code {date:yyyy-MM-dd}} for a date, which becomes a column.
 */
public final class FilePattern {
  private final Pattern pattern;
  private final String prefix;
  private final List<DatePart> dates;

  private record DatePart(String column, DateTimeFormatter format) {}

  private FilePattern(Pattern pattern, String prefix, List<DatePart> dates) {
    this.pattern = pattern;
    this.prefix = prefix;
    this.dates = List.copyOf(dates);
  }

  /**
   * Reads a pattern.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if it is none
   */
  public static FilePattern of(String text) {
    StringBuilder regex = new StringBuilder();
    StringBuilder prefix = new StringBuilder();
    List<DatePart> dates = new ArrayList<>();
    boolean literal = true;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      literal &= "*?[{".indexOf(c) < 0;
      if (literal) {
        prefix.append(c);
      }
      if (text.startsWith("**/", i)) {
        regex.append("(?:[^/]+/)*");
        i += 2;
      } else if (text.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[') {
        int end = text.indexOf(']', i + 2);
        if (end < 0) {
          throw wrong(text, "[ is not closed");
        }
        String inside = text.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
        regex
            .append('[')
            .append(inside.startsWith("!") ? "^" + inside.substring(1) : inside)
            .append(']');
        i = end;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw wrong(text, "{ is not closed");
        }
        String inside = text.substring(i + 1, end);
        Matcher date = Pattern.compile("([A-Za-z_]\\w*):(.+)").matcher(inside);
        if (date.matches()) {
          regex.append('(').append(digits(text, date.group(2))).append(')');
          dates.add(new DatePart(date.group(1), format(text, date.group(2))));
          i = end;
        } else {
          regex.append("(?:");
          depth++;
        }
      } else if (c == '}' && depth > 0) {
        regex.append(')');
        depth--;
      } else if (c == ',' && depth > 0) {
        regex.append('|');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return new FilePattern(Pattern.compile(regex.toString()), prefix.toString(), dates);
    } catch (java.util.regex.PatternSyntaxException e) {
      throw wrong(text, "it is no pattern of names");
    }
  }

  /** What all names begin with. */
  public String prefix() {
    return prefix;
  }

  /** The columns that names give, dates all of them. */
  public List<String> columns() {
    return dates.stream().map(DatePart::column).distinct().toList();
  }

  /** The values in a name, by column; empty if the name is none of the pattern's. */
  public Optional<Map<String, String>> match(String name) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < dates.size(); i++) {
      DatePart date = dates.get(i);
      try {
        String value = LocalDate.parse(matcher.group(i + 1), date.format()).toString();
        String other = values.put(date.column(), value);
        if (other != null && !other.equals(value)) {
          return Optional.empty();
        }
      } catch (DateTimeException e) {
        // Such as a 30th of February: no date, so no name of the pattern.
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** The pattern's text with a day in the place of dates, for names that are made. */
  static String on(String text, LocalDate day) {
    Matcher date = Pattern.compile("\\{[A-Za-z_]\\w*:([^}]+)}").matcher(text);
    return date.replaceAll(
        match ->
            Matcher.quoteReplacement(
                DateTimeFormatter.ofPattern(match.group(1), Locale.ROOT).format(day)));
  }

  private static String digits(String text, String format) {
    if (!format.matches("[yMd\\W_]+") || !format.contains("y")) {
      throw wrong(text, "{…:" + format + "} is no form of a date");
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      regex.append(Character.isLetter(c) ? "\\d" : Pattern.quote(String.valueOf(c)));
    }
    return regex.toString();
  }

  private static DateTimeFormatter format(String text, String format) {
    try {
      return new DateTimeFormatterBuilder()
          .appendPattern(format.replace('y', 'u'))
          .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
          .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(java.time.format.ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw wrong(text, "{…:" + format + "} is no form of a date");
    }
  }

  private static RuntimeException wrong(String text, String why) {
    return LoadErrors.pattern(
        "path: " + text + " cannot be used: " + why,
        "write for example path = \"crm/customers_{date:yyyy-MM-dd}*.csv\"");
  }
}
