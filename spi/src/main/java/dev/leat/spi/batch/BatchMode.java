package dev.leat.spi.batch;

/** What a destination wants to be handed of the changes of a table. */
public enum BatchMode {
  /** Every change as a row, in order. */
  EVERY_CHANGE,
  /**
   * Only the last change of each key; a deleted key is a row to delete. Tables without a key keep
   * every change.
   */
  LAST_PER_KEY,
  /** As {@link #LAST_PER_KEY}, but a deleted row stays present and keeps its last known values. */
  LAST_PER_KEY_KEEPING_DELETED
}
