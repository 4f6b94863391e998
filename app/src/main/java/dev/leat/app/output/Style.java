package dev.leat.app.output;

/** Emphasis by ANSI escape sequences, or none. */
public enum Style {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  RED("1;31"),
  GREEN("32"),
  YELLOW("33"),
  CYAN("36");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text, emphasized if {@code color}. */
  public String of(String text, boolean color) {
    return !color || code.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
