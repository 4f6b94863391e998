package dev.leat.spi.state;

/** Where a table is on its way. */
public enum TablePhase {
  /** Known, nothing done yet. */
  INIT,
  /** The copy is under way. */
  COPYING,
  /** The copy is durable; changes have not been followed yet. */
  COPIED,
  /**
   * Changes are applied that the copy may already hold in part; the table is consistent when this
   * ends.
   */
  CATCHING_UP,
  /** The table follows its source. */
  STREAMING,
  /** Stopped, see the error; the other tables go on. */
  ERRORED,
  /** Stopped by a person. */
  PAUSED
}
