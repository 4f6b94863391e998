package dev.leat.flow.report;

import java.util.Locale;

/** Markup as it is put together; whatever is filled into it is escaped, here and nowhere else. */
final class Html {
  private final StringBuilder text = new StringBuilder();

  /**
   * Adds markup.
   *
   * @param markup as it is written in this program, with {@code {}} where a value belongs
   * @param values which are escaped
   */
  Html put(String markup, Object... values) {
    int from = 0;
    for (Object value : values) {
      int gap = markup.indexOf("{}", from);
      if (gap < 0) {
        throw new IllegalArgumentException("more values than gaps in " + markup);
      }
      text.append(markup, from, gap);
      text.append(value instanceof Double number ? number(number) : escape(value.toString()));
      from = gap + 2;
    }
    text.append(markup, from, markup.length());
    return this;
  }

  /** Adds what was put together elsewhere. */
  Html add(Html other) {
    text.append(other.text);
    return this;
  }

  /** A text as the content of an element or of an attribute in quotes. */
  static String escape(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 16);
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.append((char) c);
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
  }

  /** Short enough for a drawing. */
  private static String number(double value) {
    String number = String.format(Locale.ROOT, "%.1f", value);
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
