package dev.leat.spi.source;

import dev.leat.spi.batch.ChangeBatchBuilder;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableSchema;
import org.jspecify.annotations.Nullable;

/**
 * Where the changes of one table go, given by the runtime to a stream. Used by the thread that
 * calls {@link ChangeStream#receive}.
 */
public interface TableFeed {

  /**
   * The builder for the next change, asked for again before every change, since a full batch is
   * replaced by a new one.
   *
   * @return null if the change at this position is not wanted: the table is in error or paused, or
   *     its copy already holds the change
   */
  @Nullable ChangeBatchBuilder next(long sequence, long ordinal);

  /** The change begun with {@link #next} is complete. */
  void added();

  /**
   * From now on changes have another shape. Called before the first change of the new shape, in
   * order with the changes.
   *
   * @throws LeatException never: what cannot be applied stops the table inside
   */
  void reshape(TableSchema schema);

  /** Stops this table, not the stream: its changes cannot be represented from here on. */
  void fail(LeatException reason);
}
