package dev.leat.app.demo;

import dev.leat.app.control.ControlClient;
import dev.leat.app.control.ControlPath;
import dev.leat.app.control.ProgressJson;
import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.ReplicationProgress.Stage;
import dev.leat.spi.Position;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code leat run} in a process of its own, watched through its control socket. */
final class ReplicationProcess implements AutoCloseable {
  private static final ReplicationProgress NOTHING =
      new ReplicationProgress(
          Stage.STARTING, List.of(), Position.START, Position.START, 0, -1, 0, 0, 0, null, null);

  private final Path file;
  private final Path log;
  private final ControlClient client;
  private @Nullable Process process;
  private volatile ReplicationProgress seen = NOTHING;

  /**
   * A process that is not started yet.
   *
   * @param file the flow file
   * @param flow its name
   * @param log where the messages of the process go
   */
  ReplicationProcess(Path file, String flow, Path log) {
    this.file = file;
    this.log = log;
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    this.client =
        new ControlClient(
            ControlPath.of(file.resolveSibling(".leat"), flow, temporary), Duration.ofSeconds(2));
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Starts it as this process was started. */
  synchronized void start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "dev.leat.app.Main",
            "run",
            file.toString()));
    command.addAll(List.of(options));
    seen = NOTHING;
    process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /** What it last said; asks it again. */
  ReplicationProgress progress() {
    try {
      seen = ProgressJson.read(client.ask(Map.of("op", "status")));
    } catch (LeatException e) {
      // Not up yet, or killed: what was seen last stands.
      if (!ControlClient.isUnreachable(e)) {
        throw e;
      }
    }
    return seen;
  }

  synchronized boolean alive() {
    return process != null && process.isAlive();
  }

  /** SIGKILL: it has no chance to finish anything. */
  synchronized long kill() throws InterruptedException {
    if (process == null) {
      throw new IllegalStateException("nothing to kill");
    }
    process.destroyForcibly().waitFor();
    return process.pid();
  }

  /** SIGTERM; its exit code. */
  int stop(Duration limit) throws InterruptedException {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("nothing to stop");
    }
    running.destroy();
    return await(limit);
  }

  /** Waits for it to end by itself; its exit code, or -1 if it does not in time. */
  int await(Duration limit) throws InterruptedException {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("nothing to wait for");
    }
    return running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? running.exitValue() : -1;
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
