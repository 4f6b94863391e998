package dev.leat.app.output;

/**
 * How much fits on a screen.
 *
 * @param columns characters in a line
 * @param lines lines on the screen
 */
public record TerminalSize(int columns, int lines) {
  /** What is assumed where there is nothing to ask. */
  public static final TerminalSize USUAL = new TerminalSize(80, 24);
}
