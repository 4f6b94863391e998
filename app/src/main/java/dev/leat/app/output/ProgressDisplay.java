package dev.leat.app.output;

import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.ReplicationProgress.Stage;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows a replication's figures for as long as it is open: a live block on a terminal, a line every
 * few seconds elsewhere.
 */
public final class ProgressDisplay implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(125);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Supplier<ReplicationProgress> progress;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("leat-display").daemon().factory());
  private final long start = System.nanoTime();
  private long rowsBefore;
  private long nanosBefore = start;
  private double rowsPerSecond;

  public ProgressDisplay(Terminal terminal, Supplier<ReplicationProgress> progress) {
    this.terminal = terminal;
    this.progress = progress;
    Duration every = terminal.canShowLive() ? REDRAW : LINE_EVERY;
    var unused =
        clock.scheduleAtFixedRate(
            this::show, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void show() {
    ReplicationProgress now = progress.get();
    measure(now.rowsCopied());
    if (terminal.canShowLive()) {
      terminal.live(ProgressLines.block(now, rowsPerSecond, terminal.size(), terminal.errColor()));
    } else {
      String elapsed = Numbers.duration(Duration.ofNanos(System.nanoTime() - start));
      terminal.say(
          elapsed + "  " + ProgressLines.summary(now, rowsPerSecond),
          ProgressLines.facts(now, rowsPerSecond));
    }
  }

  private void measure(long rows) {
    long nanos = System.nanoTime();
    double seconds = (nanos - nanosBefore) / 1e9;
    if (seconds >= 0.5) {
      double rate = Math.max(0, rows - rowsBefore) / seconds;
      rowsPerSecond = rowsPerSecond == 0 ? rate : rowsPerSecond * 0.5 + rate * 0.5;
      rowsBefore = rows;
      nanosBefore = nanos;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      boolean unused = clock.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A phase that ends before its first line has its figures, too.
    if (terminal.canShowLive() || progress.get().stage() != Stage.ENDED) {
      show();
    }
    terminal.endLive();
  }
}
