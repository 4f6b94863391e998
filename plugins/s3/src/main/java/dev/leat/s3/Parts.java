package dev.leat.s3;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.LeatException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Work on the parts of a file, some at a time; the first failure is that of all. */
final class Parts implements AutoCloseable {
  private final String doing;
  private final Semaphore free;
  private final Cancellation cancellation;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> all = new ArrayList<>();
  private volatile boolean failed;

  Parts(String doing, int parallel, Cancellation cancellation) {
    this.doing = doing;
    this.free = new Semaphore(parallel);
    this.cancellation = cancellation;
  }

  /** Begins a part as soon as there is room for it. */
  void begin(Runnable part) {
    acquire();
    if (failed) {
      free.release();
      finish();
      throw S3Errors.cancelled(doing);
    }
    all.add(
        threads.submit(
            () -> {
              try {
                requireWanted();
                part.run();
              } catch (RuntimeException e) {
                failed = true;
                throw e;
              } finally {
                free.release();
              }
            }));
  }

  /** Throws if the work is not wanted any more. */
  void requireWanted() {
    if (cancellation.isCancelled()) {
      throw S3Errors.cancelled(doing);
    }
  }

  private void acquire() {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw S3Errors.cancelled(doing);
    }
  }

  /** Waits for all parts; throws the first failure. */
  void finish() {
    for (Future<?> part : all) {
      try {
        part.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      } catch (CancellationException e) {
        throw (LeatException) S3Errors.cancelled(doing).initCause(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw S3Errors.cancelled(doing);
      }
    }
    requireWanted();
  }

  /** Parts under way are waited for, so that nothing of them comes later. */
  @Override
  public void close() {
    failed = true;
    threads.close();
  }
}
