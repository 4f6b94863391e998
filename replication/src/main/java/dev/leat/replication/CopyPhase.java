package dev.leat.replication;

import dev.leat.spi.Failpoint;
import dev.leat.spi.Position;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.Snapshot;
import dev.leat.spi.source.Source;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies all tables that are not copied yet, range by range, several at a time, and continues what
 * an earlier process left.
 *
 * <p>Ranges finished in an earlier snapshot stay. The rest is read in a new one, which is right
 * only if every change from the first snapshot on is replayed over it: so a table is continued only
 * if its rows have keys, only its current state is kept, and its physical layout is the same;
 * otherwise its copy begins anew. See docs/decisions.
 */
final class CopyPhase {
  private static final Logger log = LoggerFactory.getLogger(CopyPhase.class);
  private static final long BYTES_PER_RANGE = 96L << 20;
  private static final int MOST_RANGES = 4096;

  private final ReplicationSettings settings;
  private final Source source;
  private final Destination destination;
  private final StateStore store;
  private final TableStates tables;
  private final Predicate<ReplicatedTable> copiesAnew;
  private final Stop stop;

  /**
   * @param copiesAnew sees to it that a table whose shape was changed when its copy had just begun
   *     is copied anew; false if that is not why the copy failed
   */
  CopyPhase(
      ReplicationSettings settings,
      Source source,
      Destination destination,
      StateStore store,
      TableStates tables,
      Predicate<ReplicatedTable> copiesAnew,
      Stop stop) {
    this.settings = settings;
    this.source = source;
    this.destination = destination;
    this.store = store;
    this.tables = tables;
    this.copiesAnew = copiesAnew;
    this.stop = stop;
  }

  boolean needed() {
    return !tables.in(TablePhase.INIT, TablePhase.COPYING).isEmpty();
  }

  /**
   * Copies once, in one snapshot. A table's own errors stop that table.
   *
   * @throws LeatException what stops all copying; what was finished stays
   */
  void run(@Nullable Snapshot given) {
    boolean streaming = settings.mode() != StartMode.COPY;
    try (Snapshot snapshot =
        given != null ? given : source.openSnapshot(settings.name(), streaming)) {
      Map<TableId, Set<String>> finished = destination.progress().finishedRanges();
      List<Callable<Void>> work = new ArrayList<>();
      Attempt attempt = new Attempt();
      for (ReplicatedTable table : tables.in(TablePhase.INIT, TablePhase.COPYING)) {
        try {
          work.addAll(
              prepare(
                  table,
                  snapshot,
                  finished.getOrDefault(table.id(), Set.of()),
                  streaming,
                  attempt));
        } catch (LeatException e) {
          onTableError(table, e);
        }
      }
      Failpoint.reach("copy-planned");
      runAll(work, attempt);
    }
  }

  private List<Callable<Void>> prepare(
      ReplicatedTable table,
      Snapshot snapshot,
      Set<String> finished,
      boolean streaming,
      Attempt attempt) {
    TableState state = table.state();
    CopyPlan plan = state.plan();
    boolean continued =
        plan != null
            && streaming
            && !finished.isEmpty()
            && table.target().schema().hasKey()
            && table.target().mode() != WriteMode.HISTORY
            && state.copiedFrom() != null
            && hasShapeOfCopy(table, state.copiedFrom())
            && plan.layout().equals(snapshot.layout(table.id()));
    List<CopyRange> open;
    if (continued && plan != null) {
      open = plan.ranges().stream().filter(range -> !finished.contains(range.id())).toList();
      if (!open.isEmpty()) {
        tables.save(table, state.copying(plan, state.copiedFrom(), snapshot.position()));
      }
      table.rangesFinished.set(plan.ranges().size() - open.size());
      log.info(
          "table={} copy=continued ranges={} open={}",
          table.id(),
          plan.ranges().size(),
          open.size());
    } else {
      plan = snapshot.plan(table.target().schema(), wantedRanges(table));
      open = plan.ranges();
      destination.startCopy(table.target());
      Position from = snapshot.position();
      store.saveSchema(settings.name(), new SchemaVersion(from, table.target().schema()));
      tables.save(table, state.withRows(0).copying(plan, from, from));
      table.rangesFinished.set(0);
      table.rowsOfFinishedRanges.reset();
      table.bytesOfFinishedRanges.reset();
      log.info("table={} copy=begun ranges={} position={}", table.id(), open.size(), from);
    }
    AtomicInteger left = new AtomicInteger(open.size());
    if (open.isEmpty()) {
      finish(table);
    }
    List<Callable<Void>> work = new ArrayList<>();
    for (CopyRange range : open) {
      work.add(
          () -> {
            copy(table, range, snapshot, continued, left, attempt);
            return null;
          });
    }
    return work;
  }

  /** What is at the destination of a table half copied has the shape it had then. */
  private boolean hasShapeOfCopy(ReplicatedTable table, Position copiedFrom) {
    return store
        .schemaAt(settings.name(), table.id(), copiedFrom)
        .filter(version -> version.schema().equals(table.target().schema()))
        .isPresent();
  }

  private int wantedRanges(ReplicatedTable table) {
    long bySize = Math.min(MOST_RANGES, Math.max(0, table.estimatedBytes()) / BYTES_PER_RANGE + 1);
    return (int) (bySize == 1 ? 1 : Math.max(bySize, settings.copyWorkers()));
  }

  private void copy(
      ReplicatedTable table,
      CopyRange range,
      Snapshot snapshot,
      boolean overlapping,
      AtomicInteger left,
      Attempt attempt) {
    if (attempt.over() || !isBeingCopied(table)) {
      return;
    }
    try (RangeReader reader =
        new RangeReader(
            snapshot.read(table.target().schema(), range),
            () -> attempt.over() || !isBeingCopied(table))) {
      table.reading.add(reader);
      try {
        long rows = destination.copy(table.target(), range, reader, overlapping).rows();
        Failpoint.reach("copy-range-finished");
        table.rowsOfFinishedRanges.add(rows);
        table.bytesOfFinishedRanges.add(reader.bytesRead());
      } finally {
        table.reading.remove(reader);
      }
      table.rangesFinished.incrementAndGet();
      attempt.progressed();
      if (left.decrementAndGet() == 0 && !table.isToBeCopiedAnew()) {
        finish(table);
      }
    } catch (Stop.Stopped e) {
      log.info("table={} range={} copy=interrupted", table.id(), range.id());
    } catch (LeatException e) {
      if (e.category().stopsOnlyItsTable()) {
        onTableError(table, e.with("table", table.id()));
      } else {
        attempt.fail(e.with("table", table.id()));
      }
    }
  }

  private static boolean isBeingCopied(ReplicatedTable table) {
    return table.state().phase() == TablePhase.COPYING && !table.isToBeCopiedAnew();
  }

  private void finish(ReplicatedTable table) {
    destination.finishCopy(table.target());
    tables.save(
        table,
        table
            .state()
            .withRows(table.state().rows() + table.rowsOfFinishedRanges.sum())
            .in(TablePhase.COPIED));
  }

  private synchronized void onTableError(ReplicatedTable table, LeatException e) {
    if (!e.category().stopsOnlyItsTable()) {
      throw e;
    }
    TablePhase phase = table.state().phase();
    if (phase == TablePhase.ERRORED || table.isToBeCopiedAnew()) {
      return;
    }
    if (e.category() == ErrorCategory.SCHEMA && copiesAnew.test(table)) {
      table.copyAnew(true);
    } else {
      tables.fail(table, e);
    }
  }

  private void runAll(List<Callable<Void>> work, Attempt attempt) {
    if (work.isEmpty()) {
      return;
    }
    // Platform threads: destinations block in native code.
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            settings.copyWorkers(), Thread.ofPlatform().name("leat-copy-", 1).daemon().factory())) {
      List<Future<Void>> futures = new ArrayList<>();
      for (Callable<Void> range : work) {
        futures.add(workers.submit(range));
      }
      for (Future<Void> future : futures) {
        try {
          future.get();
        } catch (ExecutionException e) {
          attempt.fail(
              ReplicationErrors.unexpected("copying", e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          stop.wish();
        }
      }
    }
    attempt.throwFailure();
  }

  /** One pass over all ranges: ends early for all when one fails for a reason that concerns all. */
  private final class Attempt {
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile @Nullable LeatException failure;
    private volatile boolean progressed;

    boolean over() {
      return stop.isWished() || failed.get();
    }

    void progressed() {
      progressed = true;
    }

    void fail(LeatException e) {
      if (failed.compareAndSet(false, true)) {
        failure = e;
      }
    }

    void throwFailure() {
      LeatException e = failure;
      if (e != null) {
        throw progressed ? e.with(PROGRESSED, "yes") : e;
      }
    }
  }

  /**
   * In the context of an error before which something was finished, so that it does not count as
   * one more failure in a row.
   */
  static final String PROGRESSED = "progressed";
}
