package dev.leat.library;

import dev.leat.replication.Replication;
import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.TableAction;
import dev.leat.spi.Position;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A replication that runs within this program: it copies tables and follows their changes until it
 * is closed, exactly as {@code leat run} does. Made by {@link #replication}; plugins are those on
 * the class path. Safe for use by several threads.
 */
public final class Leat implements AutoCloseable {
  private static final long POLL_MILLIS = 20;

  private final OpenResources open;
  private final Source source;
  private final Replication replication;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  Leat(OpenResources open, Source source, Replication replication) {
    this.open = open;
    this.source = source;
    this.replication = replication;
    Thread.ofPlatform().name("leat-replication").start(this::run);
  }

  /**
   * Begins to describe a replication.
   *
   * @param name lower-case letters, digits and underscores; the same name means the same
   *     replication, which goes on where it stopped
   */
  public static ReplicationBuilder replication(String name) {
    return new ReplicationBuilder(name);
  }

  private void run() {
    try {
      var unused = replication.run();
      ended.complete(null);
    } catch (RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }

  /** The figures of this moment. */
  public ReplicationProgress progress() {
    return replication.progress();
  }

  /**
   * Waits until everything is durable at the destination that the source held when this was called.
   *
   * @throws LeatException what the replication ended with
   * @throws TimeoutException if it takes longer
   */
  public void awaitCaughtUp(Duration longest) throws InterruptedException, TimeoutException {
    Position end = source.end();
    long deadline = System.nanoTime() + longest.toNanos();
    while (!caughtUp(end)) {
      throwFailure();
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("the replication has not caught up within " + longest);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean caughtUp(Position end) {
    ReplicationProgress now = replication.progress();
    return switch (now.stage()) {
      case STREAMING -> !now.durable().isBefore(end);
      // A copy without following ends by itself.
      case ENDED -> ended.isDone() && !ended.isCompletedExceptionally();
      case STARTING, COPYING, WAITING -> false;
    };
  }

  /** Has something done about one table, soon. */
  public void request(TableId table, TableAction action) {
    replication.request(table, action);
  }

  private void throwFailure() {
    if (ended.isCompletedExceptionally()) {
      try {
        ended.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof LeatException failure) {
          throw failure;
        }
        throw new LeatException(
            ErrorCode.INTERNAL, "the replication ended unexpectedly", "", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Makes durable what has arrived, and ends.
   *
   * @throws LeatException what the replication ended with, if it did so by itself before
   */
  @Override
  public void close() {
    replication.stop();
    try {
      ended.handle((done, failure) -> true).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.close();
    throwFailure();
  }
}
