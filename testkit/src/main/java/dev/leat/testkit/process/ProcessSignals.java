package dev.leat.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Signals that Java cannot send. */
final class ProcessSignals {
  private ProcessSignals() {}

  static void stop(Process process) throws InterruptedException {
    send("STOP", process);
    // The kernel stops the threads one by one after the signal was sent.
    while (process.isAlive() && !allThreadsStopped(process.pid())) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  static void resume(Process process) throws InterruptedException {
    send("CONT", process);
  }

  private static void send(String signal, Process process) throws InterruptedException {
    List<String> command = List.of("sh", "-c", "kill -" + signal + " " + process.pid());
    try {
      int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException("signal " + signal + " cannot be sent to " + process.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean allThreadsStopped(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.allMatch(ProcessSignals::stopped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The state is the word after the name in parentheses; {@code T} is stopped (proc_pid_stat(5)).
   */
  private static boolean stopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
