package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server's main process and the processes it started. */
final class ProcessTree {
  private ProcessTree() {}

  /** Kills all at once and waits until they are gone: a survivor would keep the shared memory. */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> all = new ArrayList<>();
    all.add(root);
    root.descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      await(process.onExit(), process.pid());
    }
  }

  private static void await(CompletableFuture<ProcessHandle> exit, long pid) {
    try {
      exit.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping process " + pid, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new LeatException(
          PostgresErrors.STOP_FAILED,
          "Process %d of PostgreSQL does not end".formatted(pid),
          "",
          e);
    }
  }
}
