package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code leat completion}. */
@Command(
    name = "completion",
    description = "Prints a script that has bash or zsh complete commands and options of leat.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  source <(leat completion)                      this shell",
      "  leat completion > /etc/bash_completion.d/leat  every bash"
    })
final class CompletionCommand extends LeatCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    terminal().out().print(AutoComplete.bash("leat", spec.root().commandLine()));
    return ExitCode.DONE;
  }
}
