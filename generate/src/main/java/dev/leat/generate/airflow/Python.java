package dev.leat.generate.airflow;

import java.time.Duration;

/** Values in Python. */
final class Python {
  private Python() {}

  static String text(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c == '\u007F') {
            quoted.append("\\x%02x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** Exact to a millisecond. */
  static String duration(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? "timedelta(seconds=" + duration.toSeconds() + ")"
        : "timedelta(milliseconds=" + duration.toMillis() + ")";
  }
}
