package dev.leat.replication;

import dev.leat.spi.Failpoint;
import dev.leat.spi.Position;
import dev.leat.spi.destination.ChangeWriter;
import dev.leat.spi.error.LeatException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes deliveries in a thread of its own, so that the destination works while the next changes
 * are received. At most one delivery waits while one is written: then {@link #hand} blocks, which
 * is the back-pressure.
 */
final class ChangeApplier implements AutoCloseable {
  private final ChangeWriter writer;
  private final TableStates tables;
  private final Monitor monitor;
  private final BlockingQueue<Delivery> waiting = new ArrayBlockingQueue<>(1);
  private final Thread thread;

  private volatile Position durable;
  private volatile boolean busy;
  private volatile boolean ending;
  private volatile @Nullable LeatException failure;

  /** Changes since the last commit: a large transaction comes in several deliveries. */
  private final Map<ReplicatedTable, Long> written = new HashMap<>();

  ChangeApplier(ChangeWriter writer, TableStates tables, Monitor monitor, Position durable) {
    this.writer = writer;
    this.tables = tables;
    this.monitor = monitor;
    this.durable = durable;
    // A platform thread: destinations block in native code.
    this.thread = Thread.ofPlatform().name("leat-apply").daemon().start(this::work);
  }

  /** Everything before this is durable. */
  Position durable() {
    return durable;
  }

  /** Whether a delivery handed over now would be begun at once. */
  boolean idle() {
    return !busy && waiting.isEmpty();
  }

  /** Throws what stopped the applier, if something did. */
  void throwFailure() {
    LeatException e = failure;
    if (e != null) {
      throw e;
    }
  }

  /**
   * Hands a delivery over; waits until there is room. The delivery is written or discarded in any
   * case.
   */
  void hand(Delivery delivery) {
    try {
      while (failure == null && thread.isAlive()) {
        if (waiting.offer(delivery, 50, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delivery.discard();
    throwFailure();
    throw ReplicationErrors.unexpected(
        "handing changes over", new InterruptedException("interrupted"));
  }

  /** Waits until everything handed over is durable. */
  void drain() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throwFailure();
  }

  private void work() {
    try {
      while (true) {
        Delivery delivery = waiting.poll(20, TimeUnit.MILLISECONDS);
        if (delivery != null) {
          busy = true;
          apply(delivery);
          busy = false;
        } else if (ending && waiting.isEmpty()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LeatException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      failure = ReplicationErrors.unexpected("applying changes", e);
    } finally {
      busy = false;
    }
  }

  private void apply(Delivery delivery) {
    int done = 0;
    try {
      for (Delivery.Step step : delivery.steps()) {
        done++;
        write(step);
      }
    } finally {
      for (Delivery.Step step : delivery.steps().subList(done, delivery.steps().size())) {
        step.discard();
      }
    }
    Position commit = delivery.commit();
    if (commit == null) {
      Failpoint.reach("transaction-partly-written");
      return;
    }
    Failpoint.reach("before-destination-commit");
    writer.commit(commit);
    Failpoint.reach("after-destination-commit");
    long changes = 0;
    for (Map.Entry<ReplicatedTable, Long> table : written.entrySet()) {
      table.getKey().changes.add(table.getValue());
      changes += table.getValue();
    }
    written.clear();
    if (changes > 0) {
      monitor.applied(changes, delivery.committedMicros());
    }
    durable = commit;
    monitor.durable(commit);
  }

  private void write(Delivery.Step step) {
    try {
      switch (step) {
        case Delivery.Write write -> {
          writer.write(write.target(), write.batch());
          written.merge(write.table(), write.changes(), Long::sum);
        }
        case Delivery.Alter alter -> {
          writer.reshape(alter.reshape());
          Failpoint.reach("table-altered");
        }
      }
    } catch (LeatException e) {
      if (!e.category().stopsOnlyItsTable()) {
        throw e;
      }
      // The writer has rolled back, so the changes of the other tables are received again, without
      // this one.
      tables.fail(step.table(), e);
      throw new LeatException(ReplicationErrors.TABLE_STOPPED, e.message(), e.fix(), e);
    }
  }

  @Override
  public void close() {
    ending = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Delivery left = waiting.poll();
    if (left != null) {
      left.discard();
    }
    writer.close();
  }
}
