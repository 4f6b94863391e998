package dev.leat.app.command;

import dev.leat.replication.TableAction;
import picocli.CommandLine.Command;

/** {@code leat resume}. */
@Command(
    name = "resume",
    description = "Copies a paused table anew and follows it again.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "While the flow runs it begins at once, otherwise with the next run.",
      "",
      "Examples:",
      "  leat resume orders                      the flow in flow.toml",
      "  leat resume shop.toml public.orders"
    })
final class ResumeCommand extends TableCommand {
  ResumeCommand(CommandContext context) {
    super(context, TableAction.RESUME);
  }
}
