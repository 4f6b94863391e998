package dev.leat.testkit.postgres;

import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs short programs and takes their output. */
final class Commands {
  private Commands() {}

  /** An exit code with everything the program wrote. */
  record Result(int exitCode, String output) {}

  /**
   * @throws UncheckedIOException if the program cannot be started
   */
  static Result run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      // Messages are searched for words, which must not depend on the user's language.
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + command.getFirst(), e);
    }
  }

  /** Whether the program exists and ends with 0. */
  static boolean succeeds(List<String> command) {
    try {
      return run(command).exitCode() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  static String runOrThrow(ErrorCode code, List<String> command) {
    Result result = run(command);
    if (result.exitCode() != 0) {
      throw new LeatException(
          code,
          "%s ended with exit code %d:%n%s"
              .formatted(String.join(" ", command), result.exitCode(), result.output().strip()),
          "");
    }
    return result.output();
  }
}
