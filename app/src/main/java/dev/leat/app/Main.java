package dev.leat.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code leat} command. */
@Command(
    name = "leat",
    description = "Copies PostgreSQL tables and keeps the copies current.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Main());
    // Without a subcommand: what there is to type.
    return commandLine.setExecutionStrategy(
        parsed -> {
          if (!parsed.hasSubcommand()
              && !parsed.isUsageHelpRequested()
              && !parsed.isVersionHelpRequested()) {
            commandLine.usage(commandLine.getErr());
            return CommandLine.ExitCode.USAGE;
          }
          return new CommandLine.RunLast().execute(parsed);
        });
  }
}
