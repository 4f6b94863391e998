package dev.leat.replication;

import dev.leat.replication.ReplicationProgress.Stage;
import dev.leat.spi.Failpoint;
import dev.leat.spi.Position;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.DestinationProgress;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.Finding;
import dev.leat.spi.source.Snapshot;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.source.StreamStart;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The continuous copy of one source into one destination: every selected table is copied, then
 * every change is followed, exactly from where an earlier process stopped.
 *
 * <p>{@link #run()} is called once, by any thread, and returns when the work is done or {@link
 * #stop()} was called. Source, destination, store and lease belong to the caller, who closes them
 * afterwards.
 */
public final class Replication {
  private static final Logger log = LoggerFactory.getLogger(Replication.class);

  private final ReplicationSettings settings;
  private final Source source;
  private final Destination destination;
  private final StateStore store;
  private final Lease lease;
  private final BufferAllocator allocator;
  private final SourceTables found;
  private final Monitor monitor = new Monitor();
  private final Stop stop = new Stop();
  private final TableWork work;

  /**
   * @param lease the right to run this flow, taken from {@code store}
   * @param allocator memory for changes on their way
   */
  public Replication(
      ReplicationSettings settings,
      Source source,
      Destination destination,
      StateStore store,
      Lease lease,
      BufferAllocator allocator) {
    this.settings = settings;
    this.source = source;
    this.destination = destination;
    this.store = store;
    this.lease = lease;
    this.allocator = allocator;
    this.found = new SourceTables(settings, source, destination);
    this.work = new TableWork(settings, source, destination, store, monitor, found);
  }

  /**
   * Asks {@link #run()} to make durable what has arrived and to return; from any thread, at once.
   */
  public void stop() {
    stop.wish();
  }

  /**
   * Asks {@link #run()} to do something about one table as soon as it can: not before a copy under
   * way has ended; from any thread.
   */
  public void request(TableId table, TableAction action) {
    work.request(table, action);
  }

  /** The figures of this moment; from any thread. */
  public ReplicationProgress progress() {
    return monitor.progress();
  }

  /**
   * Finds what would prevent or harm the work, without changing anything.
   *
   * @throws LeatException if source or destination cannot even be looked at
   */
  public List<Finding> check() {
    return found.check(found.discover());
  }

  /**
   * Does the work.
   *
   * @throws LeatException what stopped it; everything made durable before stays, and the next run
   *     goes on from there
   */
  public ReplicationResult run() {
    try (ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leat-clock").daemon().factory())) {
      try {
        TableStates tables = beginWithPatience(clock);
        doWork(tables);
        List<TableId> stopped =
            tables.in(TablePhase.ERRORED).stream().map(ReplicatedTable::id).toList();
        return new ReplicationResult(monitor.progress(), stopped);
      } finally {
        closeFirstSnapshot();
        clock.shutdownNow();
        monitor.stage(Stage.ENDED);
      }
    }
  }

  private @Nullable Snapshot firstSnapshot;
  private @Nullable ReplicationState state;

  /**
   * A first run, and one that is to end by itself, say at once what is wrong; one that follows,
   * started again perhaps because of the very trouble, waits for it to pass.
   */
  private TableStates beginWithPatience(ScheduledExecutorService clock) {
    for (int failures = 1; ; failures++) {
      try {
        return begin(clock);
      } catch (LeatException e) {
        if (!e.category().retryable()
            || failures > settings.retry().times()
            || stop.isWished()
            || settings.untilCaughtUp()
            || store.replication(settings.name()).isEmpty()) {
          throw e;
        }
        waitOut(e, failures);
        monitor.stage(Stage.STARTING);
      }
    }
  }

  private TableStates begin(ScheduledExecutorService clock) {
    List<FoundTable> present = found.discover();
    DestinationProgress there = destination.progress();
    Map<TableId, TableState> known =
        store.tables(settings.name()).stream()
            .collect(Collectors.toMap(TableState::table, Function.identity()));
    ReplicationState before = store.replication(settings.name()).orElse(null);
    boolean begun = before != null && isBegun(before);
    Map<TableId, LeatException> problems = found.problems(present, !begun);
    requireSameHistory(before, known, there);

    List<ReplicatedTable> replicated = new ArrayList<>();
    for (FoundTable table : present) {
      replicated.add(table.replicated(known.get(table.id())));
    }
    Position streamed = there.streamed();
    Targets.restore(
        settings.name(), replicated, store, streamed == null ? Position.START : streamed);
    TableStates tables = new TableStates(settings.name(), store, replicated);
    monitor.tables(replicated);
    problems.forEach((table, problem) -> stop(tables, table, problem));
    for (ReplicatedTable table :
        tables.in(TablePhase.COPIED, TablePhase.CATCHING_UP, TablePhase.STREAMING)) {
      prepare(table, tables);
    }
    state = before != null && begun ? goOn(before, tables) : start(before, tables);
    var unused = clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    return tables;
  }

  private static void stop(TableStates tables, TableId id, LeatException problem) {
    ReplicatedTable table = tables.table(id);
    if (table != null) {
      switch (table.state().phase()) {
        case ERRORED, PAUSED -> {}
        case INIT, COPYING, COPIED, CATCHING_UP, STREAMING -> tables.fail(table, problem);
      }
    }
  }

  /** A table whose shape no longer fits stops; the others go on. */
  private void prepare(ReplicatedTable table, TableStates tables) {
    try {
      destination.prepare(table.target());
    } catch (LeatException e) {
      if (!e.category().stopsOnlyItsTable()) {
        throw e;
      }
      tables.fail(table, e);
    }
  }

  private boolean isBegun(ReplicationState before) {
    return settings.mode() == StartMode.COPY || before.stream() != null;
  }

  /**
   * A later run: tables that are new have to be in the stream before their copy's snapshot is
   * taken, or changes would be missed.
   */
  private ReplicationState goOn(ReplicationState before, TableStates tables) {
    StreamIdentity stream = before.stream();
    if (stream != null && settings.mode() != StartMode.COPY) {
      work.publish(stream, tables, null);
    }
    if (settings.mode() == StartMode.STREAM) {
      for (ReplicatedTable table : tables.in(TablePhase.INIT)) {
        destination.prepare(table.target());
        Targets.save(settings.name(), store, table, before.saved());
        tables.save(table, table.state().in(TablePhase.COPIED));
      }
    }
    return before;
  }

  /** Makes the stream, or only the record of a replication that has none. */
  private ReplicationState start(@Nullable ReplicationState before, TableStates tables) {
    if (settings.mode() == StartMode.COPY) {
      ReplicationState copyOnly =
          new ReplicationState(settings.name(), null, Position.START, Position.START);
      store.saveReplication(copyOnly);
      return copyOnly;
    }
    List<ReplicatedTable> copied =
        tables.in(
            TablePhase.COPIED, TablePhase.CATCHING_UP, TablePhase.STREAMING, TablePhase.COPYING);
    if (before != null && !copied.isEmpty()) {
      throw ReplicationErrors.modeChanged(copied.getFirst().id());
    }
    // Saved first: if this process dies while the stream is being made, the next one knows the
    // leftover for its own.
    store.saveReplication(
        new ReplicationState(settings.name(), null, Position.START, Position.START));
    Failpoint.reach("before-stream-start");
    StreamStart start =
        source.startStream(
            settings.name(),
            tables.all().stream().map(ReplicatedTable::id).toList(),
            before != null);
    Failpoint.reach("after-stream-start");
    Position from = start.snapshot().position();
    ReplicationState begun = new ReplicationState(settings.name(), start.identity(), from, from);
    if (destination.progress().streamed() != null) {
      // Progress of a stream that is given up, which may be ahead of this one.
      try (ChangeWriter writer = destination.openChangeWriter()) {
        writer.commit(from);
      }
    }
    store.saveReplication(begun);
    if (settings.mode() == StartMode.STREAM) {
      start.snapshot().close();
      for (ReplicatedTable table : tables.all()) {
        destination.prepare(table.target());
        Targets.save(settings.name(), store, table, from);
        tables.save(
            table,
            new TableState(
                table.id(), table.target().table(), TablePhase.COPIED, null, from, from, 0, null));
      }
    } else {
      firstSnapshot = start.snapshot();
    }
    return begun;
  }

  private void doWork(TableStates tables) {
    ReplicationState begun = java.util.Objects.requireNonNull(state);
    CopyPhase copy =
        new CopyPhase(settings, source, destination, store, tables, work::copiesAnew, stop);
    StreamIdentity identity = begun.stream();
    StreamPhase stream =
        new StreamPhase(
            settings, source, destination, store, lease, tables, monitor, stop, allocator, begun);
    int failures = 0;
    while (!stop.isWished()) {
      Position reached = stream.reached();
      try {
        work.meet(identity, tables);
        if (copy.needed()) {
          monitor.stage(Stage.COPYING);
          Snapshot given = firstSnapshot;
          firstSnapshot = null;
          try (RetainedLog _ = new RetainedLog(source, identity, monitor)) {
            copy.run(given);
          }
          monitor.trouble(null);
          Failpoint.reach("copy-finished");
        } else if (identity == null || settings.mode() == StartMode.COPY) {
          return;
        } else {
          monitor.stage(Stage.STREAMING);
          if (!follow(stream, identity, tables)) {
            return;
          }
        }
      } catch (LeatException e) {
        if (e.code().equals(ReplicationErrors.TABLE_STOPPED)) {
          continue;
        }
        boolean progressed =
            reached.isBefore(stream.reached()) || e.context().containsKey(CopyPhase.PROGRESSED);
        failures = progressed ? 1 : failures + 1;
        if (!e.category().retryable() || failures > settings.retry().times()) {
          throw e;
        }
        waitOut(e, failures);
      }
    }
  }

  /** Follows until the end, or until something has to be copied; whether there is more to do. */
  private boolean follow(StreamPhase stream, StreamIdentity identity, TableStates tables) {
    if (settings.untilCaughtUp()) {
      return stream.run(identity, work::requested);
    }
    try (NewTables watch = new NewTables(() -> work.hasNew(tables))) {
      boolean more = stream.run(identity, () -> watch.found() || work.requested());
      if (watch.found()) {
        work.adopt(identity, tables);
      }
      return more;
    }
  }

  private void waitOut(LeatException e, int failures) {
    var wait = settings.retry().wait(failures);
    log.warn(
        "replication={} error={} reason={} attempt={} wait_ms={}",
        settings.name(),
        e.code().name(),
        e.message(),
        failures,
        wait.toMillis());
    log.debug("replication={} retried error", settings.name(), e);
    monitor.trouble(e.message());
    monitor.stage(Stage.WAITING);
    stop.await(wait);
  }

  private void closeFirstSnapshot() {
    Snapshot snapshot = firstSnapshot;
    if (snapshot != null) {
      snapshot.close();
      firstSnapshot = null;
    }
  }

  private void tick() {
    monitor.tick();
    try {
      store.saveActivity(settings.name(), monitor.activity());
    } catch (LeatException e) {
      // Only figures for people: positions and states are saved elsewhere, and those failures end
      // the run.
      log.warn("replication={} activity not saved: {}", settings.name(), e.message());
    }
  }

  private void requireSameHistory(
      @Nullable ReplicationState before,
      Map<TableId, TableState> known,
      DestinationProgress there) {
    boolean somethingThere = there.streamed() != null || !there.finishedRanges().isEmpty();
    boolean somethingKnown =
        known.values().stream()
            .anyMatch(
                table ->
                    switch (table.phase()) {
                      case COPIED, CATCHING_UP, STREAMING -> true;
                      case INIT, COPYING, ERRORED, PAUSED -> false;
                    });
    if (before == null && somethingThere) {
      throw ReplicationErrors.stateLost(destination.describe(), store.describe());
    }
    if (before != null
        && settings.mode() != StartMode.STREAM
        && somethingKnown
        && !somethingThere) {
      throw ReplicationErrors.destinationLost(destination.describe(), store.describe());
    }
    Position streamed = there.streamed();
    if (before != null
        && before.start().isBefore(before.saved())
        && (streamed == null || streamed.isBefore(before.saved()))) {
      throw ReplicationErrors.destinationBehind(
          destination.describe(), store.describe(), before.saved(), streamed);
    }
  }
}
