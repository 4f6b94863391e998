package dev.leat.spi.error;

/** What kind of trouble an error is; decides, and alone decides, what the runtime does about it. */
public enum ErrorCategory {
  /**
   * The flow file, an option or the set-up of a system is wrong; a person has to change something.
   * Never retried.
   */
  CONFIG,
  /**
   * Credentials or privileges are missing or refused. Never retried: repeated log-ins lock
   * accounts.
   */
  AUTH,
  /** A connection, a server or a disk is unavailable just now; retried with backoff. */
  TRANSIENT,
  /** A value or a row cannot be represented; stops its table. */
  DATA,
  /** A table's shape changed, or does not fit, in a way that cannot be applied; stops its table. */
  SCHEMA,
  /**
   * A commit was sent and its answer lost; must be looked up, never guessed or cleaned up after.
   */
  OUTCOME_UNKNOWN,
  /** A defect of Leat or of a plugin; stops the replication. */
  INTERNAL;

  /** Whether trying the same again later can help. */
  public boolean retryable() {
    return this == TRANSIENT || this == OUTCOME_UNKNOWN;
  }

  /** Whether only the table concerned has to stop. */
  public boolean stopsOnlyItsTable() {
    return this == DATA || this == SCHEMA;
  }
}
