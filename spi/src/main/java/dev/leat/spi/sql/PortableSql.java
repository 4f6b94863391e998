package dev.leat.spi.sql;

import dev.leat.spi.schema.TableId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;

/** The one place where names and texts become portable SQL. */
public final class PortableSql {

  /** Times as literals have them: {@code 10:00:00}, with up to six digits of a second. */
  public static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  /** Timestamps as literals have them: {@code 2024-05-01 10:00:00.5}. */
  public static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter(Locale.ROOT);

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private PortableSql() {}

  /** The name of a column. */
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The name of a dataset. */
  public static String name(TableId table) {
    return name(table.schema()) + "." + name(table.table());
  }

  /** The name of a dataset as a person would type it: in quotes only where it needs them. */
  public static String typed(TableId table) {
    return typed(table.schema()) + "." + typed(table.table());
  }

  private static String typed(String name) {
    return PLAIN.matcher(name).matches() ? name : name(name);
  }

  /** A text as a literal. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
