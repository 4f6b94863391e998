package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.batch.ChangeBatch;
import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.state.TableState;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Completes rows while the stream overlaps a copy that was continued in a second snapshot: a change
 * may then leave values out that neither the change nor the destination has. Such a row is read at
 * the source as it is now; the changes up to now are still to come and lead to the same row again.
 */
final class Overlap {
  private final Source source;
  private final StreamIdentity stream;
  private final TableStates tables;
  private final BufferAllocator allocator;

  Overlap(Source source, StreamIdentity stream, TableStates tables, BufferAllocator allocator) {
    this.source = source;
    this.stream = stream;
    this.tables = tables;
    this.allocator = allocator;
  }

  /**
   * The whole rows of these keys that still exist, to be written after the changes; null if none
   * does.
   */
  @Nullable ChangeBatch lookUp(ReplicatedTable table, RowBatch keys) {
    RowBatch rows = source.lookUp(table.target().schema(), keys);
    if (rows == null) {
      return null;
    }
    Position now = source.lag(stream).serverPosition();
    TableState state = table.state();
    Position consistent = state.consistentFrom();
    // The rows are newer than the stream: the table is consistent only once the stream has come
    // this far.
    tables.save(
        table,
        new TableState(
            state.table(),
            state.destination(),
            state.phase(),
            state.plan(),
            state.copiedFrom(),
            consistent == null ? now : Position.max(consistent, now),
            state.rows(),
            state.error()));
    return ChangeBatch.replacing(rows, table.target().mode().batches(), allocator, now);
  }
}
