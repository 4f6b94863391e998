package dev.leat.spi.source;

import dev.leat.spi.batch.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows batch by batch. For one thread at a time, which need not be the one that opened it.
 */
public interface BatchReader extends AutoCloseable {

  /**
   * Reads the next batch, waiting for it. The caller closes the batch.
   *
   * @return the batch, with at least one row, or null at the end
   * @throws dev.leat.spi.error.LeatException if reading fails; rows read so far are then not the
   *     whole
   */
  @Nullable RowBatch next();

  /** The bytes taken from the source so far; may be called from any thread. */
  long bytesRead();

  /** The rows handed out so far; may be called from any thread. */
  long rowsRead();

  /** Stops reading, also in the middle, and gives connection and memory back. */
  @Override
  void close();
}
