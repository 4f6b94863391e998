package dev.leat.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The programs that {@code .ci/python-env} installs, which tests of generated code run. */
final class PythonTools {
  private static final int PATIENCE_MINUTES = 5;

  private PythonTools() {}

  /** The programs of a virtual environment; without it the test is skipped, but not in CI. */
  static Path programs(String environment) {
    String folder = System.getProperty("leat.test.python", "");
    if (folder.isEmpty()) {
      String missing =
          "there is no "
              + environment
              + " to run: ./test -Dleat.test.python=$(.ci/python-env) installs and uses it";
      if (System.getenv("CI") != null) {
        fail(missing);
      }
      abort(missing);
    }
    Path programs = Path.of(folder, environment, "bin");
    assertThat(programs).isDirectory();
    return programs;
  }

  /** Runs a program, and gives what it printed; it has to end with 0. */
  static String run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Result result = attempt(folder, environment, command);
    assertThat(result.exitCode()).as(String.join(" ", command) + "\n" + result.output()).isZero();
    return result.output();
  }

  record Result(int exitCode, String output) {}

  /** Runs a program that may fail. */
  static Result attempt(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("leat-output", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(Path.of("/dev/null").toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = Files.readString(output);
      assertThat(ended).as(text).isTrue();
      return new Result(process.exitValue(), text);
    } finally {
      Files.delete(output);
    }
  }
}
