package dev.leat.flow.run;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.leat.flow.model.RetryModel;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Tries work again that failed for a reason which may pass, and stops attempts that take too long.
 */
final class Attempts {
  private static final ErrorCode TIMEOUT = new ErrorCode("STEP_TIMEOUT", ErrorCategory.TRANSIENT);
  static final ErrorCode CANCELLED = new ErrorCode("RUN_CANCELLED", ErrorCategory.CONFIG);

  /** A policy wants a wait, even where nothing is tried again. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Cancellation run;
  private final ScheduledExecutorService clock;

  Attempts(Cancellation run, ScheduledExecutorService clock) {
    this.run = run;
    this.clock = clock;
  }

  /** What is told about attempts. */
  interface Observer {
    void began(int attempt);

    void retrying(LeatException e, long waitMillis);
  }

  /**
   * @param work one attempt
   * @throws LeatException what the last attempt failed with
   */
  <T> T run(
      RetryModel retry,
      Optional<Duration> timeout,
      Observer observer,
      Function<Cancellation, T> work) {
    Duration first = max(retry.firstWait(), SHORTEST);
    RetryPolicy<Object> policy =
        RetryPolicy.builder()
            .handleIf(e -> e instanceof LeatException leat && leat.category().retryable())
            .withMaxRetries(retry.times())
            .withBackoff(
                first, max(retry.maxWait(), first.plusMillis(1)), Math.max(1.01, retry.backoff()))
            .withJitter(0.1)
            .abortIf((result, e) -> run.isCancelled())
            .onRetryScheduled(
                event -> {
                  if (event.getLastException() instanceof LeatException e) {
                    observer.retrying(e, event.getDelay().toMillis());
                  }
                })
            .build();
    try {
      return Failsafe.with(policy)
          .get(
              context -> {
                observer.began(context.getAttemptCount() + 1);
                return attempt(timeout, work);
              });
    } catch (FailsafeException e) {
      if (run.isCancelled() || e.getCause() instanceof InterruptedException) {
        throw cancelled(e);
      }
      throw e;
    }
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  static LeatException cancelled(Throwable cause) {
    return new LeatException(
        CANCELLED, "the run was cancelled", "go on with `leat run --resume`", cause);
  }

  private <T> T attempt(Optional<Duration> timeout, Function<Cancellation, T> work) {
    Cancellation attempt = new Cancellation();
    AtomicBoolean late = new AtomicBoolean();
    try (Cancellation.Announced _ = run.announce(attempt::cancel)) {
      ScheduledFuture<?> alarm =
          timeout
              .<ScheduledFuture<?>>map(
                  limit ->
                      clock.schedule(
                          () -> {
                            late.set(true);
                            attempt.cancel();
                          },
                          limit.toMillis(),
                          TimeUnit.MILLISECONDS))
              .orElse(null);
      try {
        return work.apply(attempt);
      } catch (LeatException e) {
        if (run.isCancelled()) {
          throw cancelled(e);
        }
        if (late.get()) {
          throw new LeatException(
              TIMEOUT,
              "the step took longer than its timeout",
              "raise `timeout` of the step, or make its query cheaper",
              e);
        }
        throw e;
      } finally {
        if (alarm != null) {
          alarm.cancel(false);
        }
      }
    }
  }
}
