package dev.leat.spi.source;

import dev.leat.spi.Position;
import java.time.Duration;

/**
 * The changes of a source from a position on. All methods but {@link #serverPosition()}, {@link
 * #close()} are called by one thread.
 *
 * <p>The stream tells the source only what {@link #confirm} was called with, however long that
 * takes; it answers the source's signs of life in between without confirming more. After {@link
 * #close()}, or any exception, the stream is of no more use; a new one resumes at the position that
 * is durable then.
 */
public interface ChangeStream extends AutoCloseable {

  /**
   * Hands what has arrived to the sink. Returns after a bounded amount of work, at the latest after
   * {@code wait} if nothing arrives. A transaction may take several calls.
   *
   * @return whether more had already arrived, so that it pays to call again before handing batches
   *     on
   * @throws dev.leat.spi.error.LeatException category TRANSIENT if the connection broke, CONFIG if
   *     the stream is lost for good
   */
  boolean receive(ChangeSink sink, Duration wait);

  /**
   * Everything before {@code durable} will never be asked for again: the source may forget it.
   * Never moves backwards.
   */
  void confirm(Position durable);

  /** The end of the source's log as the stream last heard of it; from any thread. */
  Position serverPosition();

  /** Ends the stream at once; from any thread. */
  @Override
  void close();
}
