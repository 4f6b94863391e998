package dev.leat.flow.run;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the program of a step; what it writes is logged. */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
  private static final ErrorCode FAILED = new ErrorCode("STEP_COMMAND", ErrorCategory.TRANSIENT);
  private static final ErrorCode MISSING =
      new ErrorCode("STEP_COMMAND_MISSING", ErrorCategory.CONFIG);
  private static final ErrorCode SLOW = new ErrorCode("STEP_TIMEOUT", ErrorCategory.TRANSIENT);
  private static final int LAST_LINES = 5;

  private Commands() {}

  /**
   * Returns when the program has ended well.
   *
   * @param folder where it runs
   */
  static void run(StepWork.Run work, Path folder, Cancellation cancellation) {
    List<String> command = work.command();
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
    } catch (IOException e) {
      throw new LeatException(
          MISSING,
          "the program " + command.getFirst() + " cannot be started",
          "name a program that exists and may be run",
          e);
    }
    Deque<String> last = new ArrayDeque<>();
    try (Cancellation.Announced _ = cancellation.announce(() -> end(process))) {
      Thread reader = Thread.ofVirtual().start(() -> read(process, command.getFirst(), last));
      if (!process.waitFor(work.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        throw new LeatException(
            SLOW,
            command.getFirst() + " took longer than its timeout",
            "raise `timeout` of the step");
      }
      reader.join();
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw Attempts.cancelled(e);
    }
    if (process.exitValue() != 0) {
      synchronized (last) {
        throw new LeatException(
            FAILED,
            "%s ended with code %d".formatted(command.getFirst(), process.exitValue()),
            last.isEmpty() ? "" : "its last words: " + String.join("\n", last));
      }
    }
  }

  private static void read(Process process, String name, Deque<String> last) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LOG.info("command={} {}", name, line);
        synchronized (last) {
          last.addLast(line);
          if (last.size() > LAST_LINES) {
            last.removeFirst();
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("command={} output ended: {}", name, e.toString());
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
