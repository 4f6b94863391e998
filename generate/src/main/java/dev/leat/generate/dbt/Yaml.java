package dev.leat.generate.dbt;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Maps, lists, texts, numbers and truth values as YAML. */
final class Yaml {
  /** Texts that mean nothing else in YAML without quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

  private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

  private Yaml() {}

  static String write(Map<String, Object> content) {
    StringBuilder text = new StringBuilder();
    map(content, "", text);
    return text.toString();
  }

  private static void map(Map<?, ?> map, String indent, StringBuilder text) {
    map.forEach(
        (key, value) -> {
          text.append(indent).append(scalar(String.valueOf(key))).append(':');
          value(value, indent, text);
        });
  }

  private static void value(Object value, String indent, StringBuilder text) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      text.append('\n');
      map(map, indent + "  ", text);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      text.append('\n');
      list.forEach(item -> item(item, indent + "  ", text));
    } else {
      text.append(' ').append(scalar(value)).append('\n');
    }
  }

  private static void item(Object item, String indent, StringBuilder text) {
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      StringBuilder inner = new StringBuilder();
      map(map, indent + "  ", inner);
      text.append(indent).append("- ").append(inner.substring(indent.length() + 2));
    } else {
      text.append(indent).append("- ").append(scalar(item)).append('\n');
    }
  }

  private static String scalar(Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "{}";
      case List<?> _ -> "[]";
      case String text ->
          PLAIN.matcher(text).matches() && !WORD.matcher(text).matches() ? text : quoted(text);
      default -> String.valueOf(value);
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c == '\u007F' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
