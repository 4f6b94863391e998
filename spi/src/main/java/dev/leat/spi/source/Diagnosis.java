package dev.leat.spi.source;

/**
 * One matter that was looked at, whether it is well or not.
 *
 * @param level how it stands
 * @param area what it belongs to, such as {@code server} or a table's name; for grouping
 * @param message one sentence
 * @param fix the statement or step that makes it well; empty if there is nothing to do
 */
public record Diagnosis(Level level, String area, String message, String fix) {

  /** How a matter stands. */
  public enum Level {
    OK,
    /** Worth knowing. */
    NOTE,
    /** Something will go wrong or be slow. */
    WARNING,
    /** A replication cannot start, or loses data. */
    PROBLEM
  }
}
