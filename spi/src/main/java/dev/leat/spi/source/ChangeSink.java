package dev.leat.spi.source;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import org.jspecify.annotations.Nullable;

/**
 * What a stream hands changes to: whole transactions in commit order. Implemented by the runtime;
 * called only from within {@link ChangeStream#receive}, by that thread. A call may block for as
 * long as the destination cannot take more: that is the back-pressure.
 */
public interface ChangeSink {

  /**
   * Whether changes of a table are wanted from this place on. Before they are, its shape does not
   * matter, and may be one from before its copy that nobody knows any more.
   */
  default boolean wants(TableId table, long sequence) {
    return true;
  }

  /**
   * The place for the changes of a table, asked for once when the stream first meets it.
   *
   * @param schema its shape at this place in the stream, with all columns that the stream sends
   * @return null if the table is none of the replication's
   */
  @Nullable TableFeed feed(TableSchema schema);

  /**
   * A transaction begins; its changes follow.
   *
   * @param sequence the {@link Position#sequence()} of all its changes
   * @param committedMicros when it was committed, microseconds since 1970-01-01 UTC
   */
  void begin(long sequence, long committedMicros);

  /**
   * The transaction is complete.
   *
   * @param next progress once all that was handed over so far is durable
   */
  void commit(Position next);

  /**
   * Outside a transaction: nothing before {@code upTo} is still to come, so progress may move
   * there.
   */
  void idle(Position upTo);
}
