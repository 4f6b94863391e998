package dev.leat.spi.destination;

import dev.leat.spi.engine.Queryable;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.Finding;
import java.util.List;
import java.util.Optional;

/**
 * A system that records go to, opened for one replication. Safe for use by several threads, except
 * that there is at most one {@link ChangeWriter} at a time. Every method may throw {@link
 * dev.leat.spi.error.LeatException} and nothing else.
 *
 * <p><b>Accepted</b> means that the destination has taken rows; <b>durable</b> that it will still
 * have them after any crash. Only durable rows move progress, and progress is made durable together
 * with the rows it speaks of: after a crash the destination holds exactly what {@link #progress()}
 * says, no row more or less.
 */
public interface Destination extends AutoCloseable {

  /** The system in a few words for people, without secrets, such as {@code duckdb:shop.duckdb}. */
  String describe();

  /** What is durable here of this replication. */
  DestinationProgress progress();

  /** Looks for what would prevent writing these tables. Changes nothing. */
  List<Finding> check(List<TableTarget> targets);

  /**
   * Makes the table if it does not exist and verifies its shape if it does.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if a table of that name exists that is
   *     not this replication's, SCHEMA if it has another shape
   */
  void prepare(TableTarget target);

  /** Begins a table's copy anew: durably empties the table and forgets its finished ranges. */
  void startCopy(TableTarget target);

  /**
   * Writes all rows of one range, and durably records that the range is finished together with
   * them; on failure neither. Several ranges, also of one table, are written at the same time by
   * different threads.
   *
   * @param overlapping rows of the range may already be here in an older version under the same
   *     key, and are replaced
   */
  CopyOutcome copy(TableTarget target, CopyRange range, BatchReader rows, boolean overlapping);

  /** All ranges of the table are in; a place for what is better done once, such as statistics. */
  void finishCopy(TableTarget target);

  ChangeWriter openChangeWriter();

  /** The first rows of a table at the destination, while writing goes on. */
  Rows preview(TableId table, int limit);

  /** What can query the data here; empty if there is nothing that can. */
  default Optional<Queryable> queries() {
    return Optional.empty();
  }

  @Override
  void close();
}
