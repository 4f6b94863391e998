package dev.leat.replication;

import dev.leat.replication.ReplicationProgress.Stage;
import dev.leat.spi.Position;
import dev.leat.spi.state.Activity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The figures of a running replication. Written by its threads, read by anyone. */
final class Monitor {
  private static final long NO_CHANGE = Long.MIN_VALUE;

  private volatile Stage stage = Stage.STARTING;
  private volatile List<ReplicatedTable> tables = List.of();
  private volatile Position durable = Position.START;
  private volatile Position serverPosition = Position.START;
  private volatile long oldestPendingMicros = NO_CHANGE;
  private volatile long lastCommitMicros = NO_CHANGE;
  private volatile long retainedBytes = -1;
  private volatile double changesPerSecond;
  private volatile @Nullable String trouble;
  private final LongAdder changes = new LongAdder();

  private long changesAtLastTick;
  private long lastTickNanos = System.nanoTime();

  void stage(Stage newStage) {
    stage = newStage;
  }

  void tables(Collection<ReplicatedTable> newTables) {
    tables = List.copyOf(newTables);
  }

  void durable(Position position) {
    durable = position;
  }

  void serverPosition(Position position) {
    serverPosition = position;
  }

  void retainedBytes(long bytes) {
    retainedBytes = bytes;
  }

  void trouble(@Nullable String newTrouble) {
    trouble = newTrouble;
  }

  /** Changes arrived that are not durable yet; the oldest was committed at {@code micros}. */
  void pendingSince(long micros) {
    oldestPendingMicros = micros;
  }

  void nothingPending() {
    oldestPendingMicros = NO_CHANGE;
  }

  void applied(long newChanges, long committedMicros) {
    changes.add(newChanges);
    lastCommitMicros = committedMicros;
  }

  /** Brings the rate up to date; called about once a second by one thread. */
  void tick() {
    long now = System.nanoTime();
    long sum = changes.sum();
    double seconds = (now - lastTickNanos) / 1e9;
    if (seconds > 0) {
      double rate = (sum - changesAtLastTick) / seconds;
      changesPerSecond = changesPerSecond == 0 ? rate : changesPerSecond * 0.6 + rate * 0.4;
      if (changesPerSecond < 0.05) {
        changesPerSecond = 0;
      }
    }
    changesAtLastTick = sum;
    lastTickNanos = now;
  }

  ReplicationProgress progress() {
    Position done = durable;
    Position server = Position.max(serverPosition, done);
    long oldest = oldestPendingMicros;
    long last = lastCommitMicros;
    long lagMillis =
        oldest == NO_CHANGE ? 0 : Math.max(0, System.currentTimeMillis() - oldest / 1000);
    return new ReplicationProgress(
        stage,
        tables.stream().map(ReplicatedTable::progress).toList(),
        done,
        server,
        done.equals(Position.START) ? 0 : server.sequence() - done.sequence(),
        retainedBytes,
        lagMillis,
        changes.sum(),
        changesPerSecond,
        last == NO_CHANGE ? null : instant(last),
        trouble);
  }

  Activity activity() {
    ReplicationProgress now = progress();
    return new Activity(
        Instant.now(),
        now.durable(),
        now.serverPosition(),
        now.lagBytes(),
        now.lagMillis(),
        now.rowsCopied(),
        now.changesApplied(),
        now.changesPerSecond(),
        now.lastCommit());
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
