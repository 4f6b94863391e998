package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One life of a server's main process. */
final class Postmaster {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final long POLL_MILLIS = 5;

  // In a session of its own, Ctrl-C in a terminal reaches this program and not the server, which is
  // still needed for an orderly end.
  private static final boolean SETSID =
      Platform.linux() && Commands.succeeds(List.of("setsid", "true"));

  private final PostgresBinaries binaries;
  private final Process process;

  private Postmaster(PostgresBinaries binaries, Process process) {
    this.binaries = binaries;
    this.process = process;
  }

  /** How a start ended. */
  sealed interface Start {
    record Ready(Postmaster postmaster) implements Start {}

    record Failed(String log) implements Start {}
  }

  /** Starts the server of a data directory and waits until it takes connections. */
  static Start start(PostgresBinaries binaries, Path data, Path log, int port) throws IOException {
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    List<String> command = new ArrayList<>(SETSID ? List.of("setsid") : List.of());
    command.addAll(
        Privileges.current()
            .command(
                List.of(
                    binaries.program("postgres"),
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port))));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    Process process = builder.start();
    process.getOutputStream().close();
    Postmaster postmaster = new Postmaster(binaries, process);
    try {
      if (postmaster.awaitReady(data)) {
        return new Start.Ready(postmaster);
      }
    } catch (InterruptedException e) {
      ProcessTree.kill(process.toHandle());
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL starts", e);
    }
    ProcessTree.kill(process.toHandle());
    return new Start.Failed(tail(log, logStart));
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Sends a signal by its name without {@code SIG}, and waits until the process is gone. */
  void stop(String signal) {
    if (!process.isAlive()) {
      return;
    }
    Commands.run(
        Privileges.current()
            .command(
                List.of(binaries.program("pg_ctl"), "kill", signal, Long.toString(process.pid()))));
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        ProcessTree.kill(process.toHandle());
        throw new LeatException(
            PostgresErrors.STOP_FAILED,
            "PostgreSQL did not stop within %d seconds of signal %s and was killed"
                .formatted(STOP_LIMIT.toSeconds(), signal),
            "");
      }
    } catch (InterruptedException e) {
      ProcessTree.kill(process.toHandle());
      Thread.currentThread().interrupt();
    }
  }

  void kill() {
    if (process.isAlive()) {
      ProcessTree.kill(process.toHandle());
    }
  }

  private boolean awaitReady(Path data) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<PidFile> file = PidFile.read(data);
      // A crash leaves the file of the process before.
      if (file.isPresent()
          && file.get().pid() == process.pid()
          && file.get().acceptsConnections()) {
        return true;
      }
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  private static String tail(Path log, long start) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int from = (int) Math.max(start, bytes.length - 4000L);
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
  }
}
