package dev.leat.flow.instruction;

import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns and orders as people write them in SQL: {@code total * 2 AS twice}, {@code at DESC}. */
final class ColumnText {
  private static final String NAME = "([A-Za-z_][A-Za-z0-9_]*|\"(?:[^\"]|\"\")+\")";
  private static final Pattern ONE_NAME = Pattern.compile(NAME);
  private static final Pattern REFERENCE = Pattern.compile("(?:" + NAME + "\\s*\\.\\s*)?" + NAME);
  private static final Pattern DIRECTION =
      Pattern.compile("(.*\\S)\\s+(ASC|DESC)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private ColumnText() {}

  /**
   * Reads a column with a name: {@code EXPRESSION AS NAME}, or only a column of the input.
   *
   * @throws IllegalArgumentException for an expression without a name
   */
  static Projection projection(String text) {
    int as = lastAs(text);
    if (as >= 0) {
      String name = text.substring(as + "AS".length()).strip();
      if (ONE_NAME.matcher(name).matches()) {
        return new Projection(plain(name), text.substring(0, as).strip());
      }
    }
    Matcher reference = REFERENCE.matcher(text.strip());
    if (as < 0 && reference.matches()) {
      return new Projection(plain(reference.group(2)), text.strip());
    }
    throw new IllegalArgumentException(
        "a column needs a name, as in \"total * 2 AS twice\": " + text);
  }

  /** Reads an expression that {@code ASC} or {@code DESC} may stand behind. */
  static Order order(String text) {
    Matcher matcher = DIRECTION.matcher(text.strip());
    return matcher.matches()
        ? new Order(matcher.group(1), matcher.group(2).toUpperCase(Locale.ROOT).equals("DESC"))
        : Order.ascending(text.strip());
  }

  private static String plain(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  /** Where the last AS begins that is in no parentheses, quotes or texts; -1 if there is none. */
  private static int lastAs(String text) {
    int depth = 0;
    int found = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '(', '[' -> depth++;
        case ')', ']' -> depth--;
        case '\'', '"' -> {
          int end = text.indexOf(c, i + 1);
          i = end < 0 ? text.length() : end;
        }
        default -> {
          if (depth == 0 && isAs(text, i)) {
            found = i;
          }
        }
      }
    }
    return found;
  }

  private static boolean isAs(String text, int at) {
    return text.regionMatches(true, at, "AS", 0, 2)
        && (at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1)))
        && at + 2 < text.length()
        && !Character.isJavaIdentifierPart(text.charAt(at + 2));
  }
}
