package dev.leat.app.command;

import dev.leat.app.output.Input;
import dev.leat.app.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;

/** Runs commands inside the test's process, and keeps what they print. */
public final class Cli {
  private final Path folder;
  private final Map<String, String> environment;

  public Cli(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  public record Result(int exitCode, String out, String err) {}

  public Result run(String... arguments) {
    return run(Input.NONE, arguments);
  }

  /** As {@link #run(String...)}, with what is typed. */
  public Result run(Input input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    Terminal terminal = Terminal.plain(out, err);
    int exitCode =
        LeatCommandLine.of(
                new Root(),
                new CommandContext(() -> terminal, folder, environment, input),
                arguments)
            .execute(arguments);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Command(name = "leat")
  static final class Root {}
}
