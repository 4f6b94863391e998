package dev.leat.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A JVM of its own with this JVM's class path, whose output is collected and which can be killed at
 * any moment.
 *
 * <p>All methods may be called from any thread. A method that waits in vain fails with an {@link
 * AssertionError} that shows what the child wrote.
 */
public final class ChildJvm implements AutoCloseable {
  /** Exit code of a process that SIGKILL ended. */
  public static final int KILLED = 137;

  /** Exit code of a JVM that SIGTERM ended, unless its program chose another one. */
  public static final int TERMINATED = 143;

  private static final Duration KILL_LIMIT = Duration.ofSeconds(30);
  private static final int LINES_SHOWN = 60;

  private final Process process;
  private final Path argumentFile;
  private final ProcessOutput output = new ProcessOutput();

  ChildJvm(Process process, Path argumentFile) {
    this.process = process;
    output.collect(ProcessOutput.Stream.OUT, process.getInputStream());
    output.collect(ProcessOutput.Stream.ERR, process.getErrorStream());
    this.argumentFile = argumentFile;
  }

  /** Builds a child that runs the {@code main} of this class. */
  public static ChildJvmBuilder of(Class<?> mainClass) {
    return of(mainClass.getName());
  }

  public static ChildJvmBuilder of(String mainClass) {
    return new ChildJvmBuilder(mainClass);
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** The exit code; empty while it runs. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** All lines so far, those of both streams in about the order they were written. */
  public List<String> output() {
    return output.lines();
  }

  public List<String> standardOutput() {
    return output.lines(ProcessOutput.Stream.OUT);
  }

  public List<String> standardError() {
    return output.lines(ProcessOutput.Stream.ERR);
  }

  /**
   * Waits for a line of either stream in which the regular expression is found, and returns the
   * first; lines that were written before the call count.
   */
  public String awaitLine(String regex, Duration timeout) {
    Pattern pattern = Pattern.compile(regex);
    try {
      return output
          .await(line -> pattern.matcher(line).find(), timeout)
          .orElseThrow(() -> failure("no line matches \"%s\" after %s".formatted(regex, timeout)));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits until the process has ended and all its output is here; returns the exit code. */
  public int awaitExit(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure("the process still runs after " + timeout);
      }
      output.awaitEnd(Duration.ofSeconds(5));
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Sends a line to its standard input. */
  public void writeLine(String text) {
    try {
      process.outputWriter().write(text + System.lineSeparator());
      process.outputWriter().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has it read the end of its standard input after what was sent. */
  public void closeInput() {
    try {
      process.outputWriter().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end (SIGTERM); does not wait. */
  public void terminate() {
    // Process.destroy would also close the streams, and with them the last lines.
    process.toHandle().destroy();
  }

  /**
   * Kills it (SIGKILL) and waits until it is gone; it can run nothing more, not even a shutdown
   * hook.
   */
  public void kill9() {
    process.toHandle().destroyForcibly();
    awaitExit(KILL_LIMIT);
  }

  /** Stops all its threads (SIGSTOP), as if its machine hung, until {@link #resume}; for Linux. */
  public void suspend() {
    try {
      ProcessSignals.stop(process);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Lets it go on after {@link #suspend}. */
  public void resume() {
    try {
      ProcessSignals.resume(process);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    kill9();
    try {
      Files.deleteIfExists(argumentFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AssertionError failure(String what) {
    List<String> lines = output.lines();
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    String state = process.isAlive() ? "runs" : "ended with " + process.exitValue();
    return new AssertionError(
        "%s. The child (pid %d, %s) wrote:%n%s"
            .formatted(what, process.pid(), state, String.join(System.lineSeparator(), last)));
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for the child", e);
  }
}
