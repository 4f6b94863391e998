package dev.leat.app.command;

import dev.leat.replication.TableAction;
import picocli.CommandLine.Command;

/** {@code leat resync}. */
@Command(
    name = "resync",
    description = "Copies a table anew, with the columns it has at the source now.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The table at the destination stays as it is until its copy begins.",
      "",
      "Examples:",
      "  leat resync orders                      the flow in flow.toml",
      "  leat resync shop.toml public.orders"
    })
final class ResyncCommand extends TableCommand {
  ResyncCommand(CommandContext context) {
    super(context, TableAction.RESYNC);
  }
}
