package dev.leat.spi.engine;

import java.util.ArrayList;
import java.util.List;

/** Tells work under way that its result is not wanted any more. Safe for use by several threads. */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /** Nobody will ever cancel. */
  public static Cancellation never() {
    return new Cancellation();
  }

  /** Has all work that was announced stopped; more than once is as good as once. */
  public void cancel() {
    List<Runnable> now;
    synchronized (this) {
      cancelled = true;
      now = List.copyOf(actions);
    }
    now.forEach(Runnable::run);
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Announces work that {@code action} stops, from whatever thread; called at once if it is
   * cancelled already.
   *
   * @return closed when the work has ended
   */
  public Announced announce(Runnable action) {
    boolean late;
    synchronized (this) {
      late = cancelled;
      actions.add(action);
    }
    if (late) {
      action.run();
    }
    return () -> {
      synchronized (this) {
        actions.remove(action);
      }
    };
  }

  /** Work under way. */
  public interface Announced extends AutoCloseable {
    @Override
    void close();
  }
}
