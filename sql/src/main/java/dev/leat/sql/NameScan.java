package dev.leat.sql;

import dev.leat.spi.schema.TableId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the names of datasets in SQL of any engine, outside of texts, quoted names and comments.
 * The case of letters does not count.
 */
final class NameScan {
  private final Map<String, TableId> known = new HashMap<>();

  NameScan(Collection<TableId> known) {
    for (TableId table : known) {
      this.known.put(key(table.schema() + "." + table.table()), table);
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The text with every name replaced. */
  String replace(String sql, Function<TableId, String> replacement) {
    StringBuilder result = new StringBuilder();
    int i = 0;
    while (i < sql.length()) {
      int end = end(sql, i);
      String part = sql.substring(i, end);
      TableId table = startsName(sql, i) ? known.get(key(part)) : null;
      // What follows a dot is part of a longer name: a column, or a table of a catalog.
      boolean alone = i == 0 || sql.charAt(i - 1) != '.';
      result.append(table != null && alone ? replacement.apply(table) : part);
      i = end;
    }
    return result.toString();
  }

  private static boolean startsName(String sql, int i) {
    return isName(sql.charAt(i));
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  /** Where the text, comment, quoted name, name with one dot, or other character ends. */
  private static int end(String sql, int start) {
    int end = token(sql, start);
    boolean dotted =
        isName(sql.charAt(start))
            && end + 1 < sql.length()
            && sql.charAt(end) == '.'
            && isName(sql.charAt(end + 1));
    return dotted ? word(sql, end + 1) : end;
  }

  /** Where the text, comment, quoted name, name or other character ends. */
  static int token(String sql, int start) {
    char c = sql.charAt(start);
    if (c == '\'' || c == '"' || c == '`') {
      return after(sql, String.valueOf(c), start + 1);
    }
    if (sql.startsWith("--", start)) {
      return after(sql, "\n", start);
    }
    if (sql.startsWith("/*", start)) {
      return after(sql, "*/", start + 2);
    }
    if (c == '$') {
      int tag = sql.indexOf('$', start + 1);
      if (tag > 0 && sql.substring(start + 1, tag).chars().allMatch(each -> isName((char) each))) {
        return after(sql, sql.substring(start, tag + 1), tag + 1);
      }
    }
    if (!isName(c)) {
      return start + 1;
    }
    return word(sql, start);
  }

  private static int word(String sql, int start) {
    int end = start;
    while (end < sql.length() && isName(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int after(String sql, String mark, int from) {
    int end = sql.indexOf(mark, from);
    return end < 0 ? sql.length() : end + mark.length();
  }
}
