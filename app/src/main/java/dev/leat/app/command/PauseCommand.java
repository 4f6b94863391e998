package dev.leat.app.command;

import dev.leat.replication.TableAction;
import picocli.CommandLine.Command;

/** {@code leat pause}. */
@Command(
    name = "pause",
    description = "Stops following a table; the others go on.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Its changes are not kept meanwhile: resuming copies the table anew.",
      "",
      "Examples:",
      "  leat pause orders                      the flow in flow.toml",
      "  leat pause shop.toml public.orders"
    })
final class PauseCommand extends TableCommand {
  PauseCommand(CommandContext context) {
    super(context, TableAction.PAUSE);
  }
}
