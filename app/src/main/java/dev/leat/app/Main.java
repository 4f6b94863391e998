package dev.leat.app;

import dev.leat.app.command.CommandContext;
import dev.leat.app.command.LeatCommandLine;
import dev.leat.app.output.SystemInput;
import dev.leat.app.output.Terminal;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code leat} command. */
@Command(
    name = "leat",
    description =
        "Copies PostgreSQL tables, keeps the copies current, and makes checked tables of them.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat demo                     see it work, on a PostgreSQL of its own",
      "  leat init shop                write shop/flow.toml to begin with",
      "  leat check shop/flow.toml     say what is wrong with it",
      "  leat run shop/flow.toml       copy, then follow every change",
      "  leat status shop/flow.toml    how far it is, from a second terminal",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration."
    })
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine(ofProcess(), args).execute(args));
  }

  /** The process's streams, folder and environment. */
  static CommandContext ofProcess() {
    return new CommandContext(
        new SystemTerminal(), Path.of("").toAbsolutePath(), System.getenv(), new SystemInput());
  }

  static CommandLine commandLine(CommandContext context, String... args) {
    return LeatCommandLine.of(new Main(), context, args);
  }

  /**
   * The process's streams; made when a command first writes, since asking for the terminal takes
   * time.
   */
  private static final class SystemTerminal implements Supplier<Terminal> {
    private @Nullable Terminal terminal;

    @Override
    public synchronized Terminal get() {
      Terminal made = terminal;
      if (made == null) {
        made = Terminal.system();
        // Logs go above the live lines.
        System.setErr(made.err());
        terminal = made;
      }
      return made;
    }
  }
}
