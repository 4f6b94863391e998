package dev.leat.spi.destination;

import dev.leat.spi.Position;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.schema.TableId;

/**
 * Writes changes; for one thread. {@link #write} accepts, {@link #commit} makes durable.
 *
 * <p>Between two commits lie whole transactions of the source, one or many, so readers of a
 * transactional destination see no transaction in part. After an exception the writer has rolled
 * back to the last commit and is closed by the caller; if the exception's category is
 * OUTCOME_UNKNOWN, {@link Destination#progress()} of a newly opened destination tells whether the
 * commit happened.
 */
public interface ChangeWriter extends AutoCloseable {

  /** Takes a batch of the target's table; becomes its owner and closes it, also on failure. */
  void write(TableTarget target, ChangeBatch batch);

  /**
   * Follows a change of a table's shape, in order with its batches; becomes its owner and closes
   * it, also on failure. A table that only mirrors its source loses what was dropped; a history
   * keeps it.
   *
   * @throws dev.leat.spi.error.LeatException category SCHEMA if the destination cannot follow: that
   *     stops the table
   */
  void reshape(Reshape reshape);

  /**
   * Makes everything written since the last commit durable together with {@code progress}, or
   * nothing of it. May be called with nothing written, only to move the progress.
   */
  void commit(Position progress);

  /**
   * Forgets everything written since the last commit, and that a table failed is not this writer's
   * business.
   */
  void rollback();

  /**
   * Forgets what was written of one table since the last commit where the destination can;
   * otherwise returns false.
   */
  default boolean rollback(TableId table) {
    return false;
  }

  /** Ends the writer; what was not committed is forgotten. */
  @Override
  void close();
}
