package dev.leat.replication;

import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.state.TableState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One table while it is replicated: where it goes, its state, and the figures that are shown of it.
 * Safe for several threads.
 */
final class ReplicatedTable {
  private volatile TableTarget target;
  private final long estimatedRows;
  private final long estimatedBytes;
  private volatile TableState state;
  private volatile boolean toBeCopiedAnew;

  final LongAdder changes = new LongAdder();
  final LongAdder rowsOfFinishedRanges = new LongAdder();
  final LongAdder bytesOfFinishedRanges = new LongAdder();
  final AtomicInteger attempts = new AtomicInteger();
  final AtomicInteger rangesFinished = new AtomicInteger();
  final Set<BatchReader> reading = ConcurrentHashMap.newKeySet();

  ReplicatedTable(TableTarget target, long estimatedRows, long estimatedBytes, TableState state) {
    this.target = target;
    this.estimatedRows = estimatedRows;
    this.estimatedBytes = estimatedBytes;
    this.state = state;
  }

  TableId id() {
    return target.schema().table();
  }

  TableTarget target() {
    return target;
  }

  /** Another shape is the one to write from now on; only the thread that receives changes it. */
  void target(TableTarget newTarget) {
    target = newTarget;
  }

  TableState state() {
    return state;
  }

  void state(TableState newState) {
    state = newState;
  }

  /** Whether the copy that was begun is of no use, and another one is to come. */
  boolean isToBeCopiedAnew() {
    return toBeCopiedAnew;
  }

  void copyAnew(boolean wanted) {
    toBeCopiedAnew = wanted;
  }

  long estimatedBytes() {
    return estimatedBytes;
  }

  TableProgress progress() {
    long rows = rowsOfFinishedRanges.sum();
    long bytes = bytesOfFinishedRanges.sum();
    for (BatchReader reader : reading) {
      rows += reader.rowsRead();
      bytes += reader.bytesRead();
    }
    TableState now = state;
    int ranges = now.plan() == null ? 0 : now.plan().ranges().size();
    return new TableProgress(
        id(),
        target.table(),
        now.phase(),
        estimatedRows,
        estimatedBytes,
        rows,
        bytes,
        rangesFinished.get(),
        ranges,
        changes.sum(),
        now.error());
  }
}
