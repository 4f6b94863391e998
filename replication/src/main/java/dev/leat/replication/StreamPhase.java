package dev.leat.replication;

import dev.leat.spi.Failpoint;
import dev.leat.spi.Position;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.source.ChangeStream;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TablePhase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the change stream over one connection: receives, hands over, and confirms what is
 * durable, in that order.
 */
final class StreamPhase {
  private static final Logger log = LoggerFactory.getLogger(StreamPhase.class);
  private static final Duration QUIET = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofMillis(2);
  private static final long BARE_PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ReplicationSettings settings;
  private final Source source;
  private final Destination destination;
  private final StateStore store;
  private final Lease lease;
  private final TableStates tables;
  private final Monitor monitor;
  private final Stop stop;
  private final BufferAllocator allocator;

  private ReplicationState state;
  private Position confirmed = Position.START;
  private @Nullable Position caughtUpAt;
  private long lastBareNanos = System.nanoTime();
  private long lastSaveNanos = System.nanoTime();

  StreamPhase(
      ReplicationSettings settings,
      Source source,
      Destination destination,
      StateStore store,
      Lease lease,
      TableStates tables,
      Monitor monitor,
      Stop stop,
      BufferAllocator allocator,
      ReplicationState state) {
    this.settings = settings;
    this.source = source;
    this.destination = destination;
    this.store = store;
    this.lease = lease;
    this.tables = tables;
    this.monitor = monitor;
    this.stop = stop;
    this.allocator = allocator;
    this.state = state;
  }

  /**
   * How far this phase has brought progress, for telling failures in a row from failures with
   * progress in between.
   */
  Position reached() {
    return confirmed;
  }

  /**
   * Follows until stopped, until caught up where that is wanted, or until there is other work;
   * throws what ends the connection.
   *
   * @return whether it ended for other work, to be called again after that
   */
  boolean run(StreamIdentity identity, BooleanSupplier otherWork) {
    Position streamed = destination.progress().streamed();
    Position from = streamed == null ? state.start() : Position.max(state.start(), streamed);
    if (caughtUpAt == null) {
      caughtUpAt = source.lag(identity).serverPosition();
    }
    Position target = caughtUpAt;
    for (ReplicatedTable table : tables.in(TablePhase.COPIED)) {
      tables.save(table, table.state().in(TablePhase.CATCHING_UP));
    }
    log.info("replication={} stream=opening position={}", settings.name(), from);
    monitor.durable(from);
    Targets.restore(settings.name(), tables.all(), store, from);
    try (ChangeStream stream =
            source.resumeStream(
                identity, from, tables.all().stream().map(t -> t.target().schema()).toList());
        ChangeApplier applier =
            new ChangeApplier(destination.openChangeWriter(), tables, monitor, from)) {
      ChangeCollector collector =
          new ChangeCollector(
              settings,
              allocator,
              tables,
              applier,
              monitor,
              new Overlap(source, identity, tables, allocator),
              source,
              store);
      try {
        monitor.trouble(null);
        boolean interrupted = follow(stream, applier, collector, target, otherWork);
        if (collector.pending() && !collector.inTransaction()) {
          collector.handOver();
        }
        applier.drain();
        confirm(stream, applier.durable());
        tables.caughtUp(applier.durable(), target);
        save(applier.durable());
        // The confirmation has to reach the source before the connection ends.
        boolean unused = stream.receive(Discard.SINK, Duration.ZERO);
        return interrupted;
      } finally {
        collector.discard();
      }
    }
  }

  private boolean follow(
      ChangeStream stream,
      ChangeApplier applier,
      ChangeCollector collector,
      Position target,
      BooleanSupplier otherWork) {
    while (!stop.isWished()) {
      if (!collector.inTransaction() && otherWork.getAsBoolean()) {
        return true;
      }
      boolean more = stream.receive(collector, patience(applier, collector));
      applier.throwFailure();
      monitor.serverPosition(stream.serverPosition());
      if (!collector.inTransaction()) {
        handOverIfDue(more, applier, collector, target);
      }
      Position durable = applier.durable();
      if (applier.idle() && !collector.pending()) {
        monitor.nothingPending();
      }
      confirm(stream, durable);
      tables.caughtUp(durable, target);
      if (settings.untilCaughtUp() && !durable.isBefore(target)) {
        log.info("replication={} stream=caught-up position={}", settings.name(), durable);
        return false;
      }
    }
    return false;
  }

  private void handOverIfDue(
      boolean more, ChangeApplier applier, ChangeCollector collector, Position target) {
    if (!applier.idle()) {
      return;
    }
    if (collector.pending()) {
      Duration linger = more ? settings.behindLinger() : settings.linger();
      if (collector.age() >= linger.toNanos()) {
        collector.handOver();
      }
      return;
    }
    Position bare = collector.bareProgress(applier.durable());
    if (bare != null) {
      long now = System.nanoTime();
      boolean reachesTarget = applier.durable().isBefore(target) && !bare.isBefore(target);
      if (reachesTarget || now - lastBareNanos >= BARE_PROGRESS_NANOS) {
        lastBareNanos = now;
        collector.handOver();
      }
    }
  }

  private Duration patience(ChangeApplier applier, ChangeCollector collector) {
    if (!collector.pending()) {
      return applier.idle() ? QUIET : SOON;
    }
    long left = settings.linger().toNanos() - collector.age();
    return left > 0 ? Duration.ofNanos(left) : SOON;
  }

  private void confirm(ChangeStream stream, Position durable) {
    if (!confirmed.isBefore(durable)) {
      return;
    }
    if (!lease.held()) {
      throw ReplicationErrors.leaseLost(settings.name());
    }
    if (System.nanoTime() - lastSaveNanos >= SAVE_NANOS) {
      save(durable);
    }
    Failpoint.reach("before-confirm");
    stream.confirm(durable);
    confirmed = durable;
  }

  private void save(Position durable) {
    lastSaveNanos = System.nanoTime();
    if (state.saved().isBefore(durable)) {
      state = state.withSaved(durable);
      store.saveReplication(state);
    }
  }
}
