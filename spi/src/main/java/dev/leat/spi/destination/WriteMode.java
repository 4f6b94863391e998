package dev.leat.spi.destination;

import dev.leat.spi.batch.BatchMode;

/** What a table at the destination is. */
public enum WriteMode {
  /** The current state of the source's table: equal to it row by row, without further columns. */
  MIRROR(BatchMode.LAST_PER_KEY),
  /** As {@link #MIRROR}, but deleted rows stay, marked in {@code _leat_deleted}. */
  MIRROR_KEEPING_DELETED(BatchMode.LAST_PER_KEY_KEEPING_DELETED),
  /**
   * Every change as a row, with {@code _leat_op}, {@code _leat_lsn}, {@code _leat_ordinal} and more
   * beside it.
   */
  HISTORY(BatchMode.EVERY_CHANGE);

  private final BatchMode batches;

  WriteMode(BatchMode batches) {
    this.batches = batches;
  }

  /** What such a table is handed. */
  public BatchMode batches() {
    return batches;
  }
}
