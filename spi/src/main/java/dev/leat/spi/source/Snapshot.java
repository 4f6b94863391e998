package dev.leat.spi.source;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;

/**
 * The state of a source at one moment, for as long as it is open. Safe for use by several threads.
 *
 * <p>If the source loses the snapshot (its connection breaks), readers already open may go on, and
 * the next {@link #read} fails with a {@link dev.leat.spi.error.ErrorCategory#TRANSIENT} error; the
 * copy is then continued in a new snapshot.
 */
public interface Snapshot extends AutoCloseable {

  /** The snapshot sees exactly the changes before this position. */
  Position position();

  /**
   * Divides the copy of a table.
   *
   * @param wantedRanges about how many ranges a large table should have; small tables have one
   */
  CopyPlan plan(TableSchema table, int wantedRanges);

  /**
   * The layout that {@link #plan} would name now: a plan with another layout must not be continued.
   */
  String layout(TableId table);

  /**
   * Starts to read one range over a connection of its own. Blocks while all connections allowed are
   * in use.
   *
   * @throws dev.leat.spi.error.LeatException if the table does not have the given shape any more,
   *     or cannot be read
   */
  BatchReader read(TableSchema table, CopyRange range);

  @Override
  void close();
}
