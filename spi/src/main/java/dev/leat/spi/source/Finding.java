package dev.leat.spi.source;

import dev.leat.spi.error.LeatException;

/**
 * Something that a check of a system found.
 *
 * @param severity whether it prevents the work
 * @param problem what is wrong and what to do about it
 */
public record Finding(Severity severity, LeatException problem) {

  /** How bad a finding is. */
  public enum Severity {
    /** The work cannot start. */
    ERROR,
    /** The work can start, and something will go wrong or be slow. */
    WARNING
  }

  public static Finding error(LeatException problem) {
    return new Finding(Severity.ERROR, problem);
  }

  public static Finding warning(LeatException problem) {
    return new Finding(Severity.WARNING, problem);
  }
}
