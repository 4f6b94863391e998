package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import picocli.CommandLine.Command;

/** {@code leat demo}. */
@Command(name = "demo", mixinStandardHelpOptions = true)
final class DemoCommand extends LeatCommand {
  DemoCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    say("the demo is not there yet");
    return ExitCode.FAILED;
  }
}
