package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.replication.Anew;
import dev.leat.replication.TableAction;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.StateStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leat resync}. */
@Command(
    name = "resync",
    description = "Copies a table anew, with the columns it has at the source now.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The table at the destination stays as it is until its copy begins. With --all the next run",
      "also makes another replication slot: for when the slot is lost, or the server was replaced.",
      "",
      "Examples:",
      "  leat resync orders                      the flow in flow.toml",
      "  leat resync shop.toml public.orders",
      "  leat resync --all                       all tables, with another slot"
    })
final class ResyncCommand extends TableCommand {
  private static final ErrorCode RUNNING = new ErrorCode("FLOW_RUNNING", ErrorCategory.CONFIG);

  @Option(names = "--all", description = "all tables, beginning anew with another slot")
  private boolean all;

  ResyncCommand(CommandContext context) {
    super(context, TableAction.RESYNC);
  }

  @Override
  public Integer call() {
    if (!all) {
      return super.call();
    }
    Flow flow = context.flow(Path.of(arguments().isEmpty() ? "flow.toml" : arguments().getFirst()));
    int tables;
    try (StateStore store = FlowStore.open(flow, FlowStore.exists(flow))) {
      LeaseHolder runs = store.holder(flow.name()).orElse(null);
      if (runs != null) {
        throw new LeatException(
            RUNNING,
            "flow " + flow.name() + " runs in process " + runs.pid() + " on " + runs.host(),
            "stop it first; single tables can be copied anew while it runs");
      }
      try (Lease _ =
          store.acquire(
              flow.name(),
              new LeaseHolder("localhost", ProcessHandle.current().pid(), Instant.now(), ""))) {
        tables = Anew.begin(store, flow.settings().name());
      }
    }
    if (json()) {
      printJson(Map.of("tables", tables, "action", "resync"));
    } else {
      say(
          Numbers.count(tables, "table")
              + " will be copied anew by the next `leat run`, which makes another slot");
    }
    return ExitCode.DONE;
  }
}
