package dev.leat.generate.dbt;

import java.util.regex.Pattern;

/** Text in templates. */
final class Jinja {
  /** What could begin an expression, also together with what comes behind the text. */
  private static final Pattern OPENING = Pattern.compile("\\{(?=[{%#]|$)");

  private Jinja() {}

  /** Text that stands for itself. */
  static String plain(String text) {
    return OPENING.matcher(text).replaceAll("{{ '{' }}");
  }

  /** A text within an expression. */
  static String text(String text) {
    return "'"
        + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
        + "'";
  }
}
