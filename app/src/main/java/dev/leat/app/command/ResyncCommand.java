package dev.leat.app.command;

import dev.leat.app.flow.Flow;
import dev.leat.app.flow.FlowStore;
import dev.leat.app.flow.FlowTables;
import dev.leat.app.output.ExitCode;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code leat resync}. */
@Command(
    name = "resync",
    description = "Has the next run copy a table anew, with the columns it has then.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The flow must not be running. The table at the destination stays as it is until then.",
      "",
      "Examples:",
      "  leat resync orders                      the flow in flow.toml",
      "  leat resync shop.toml public.orders"
    })
final class ResyncCommand extends LeatCommand {
  @Parameters(
      arity = "1..2",
      paramLabel = "[FLOW] TABLE",
      hideParamSyntax = true,
      description = "the flow file, flow.toml by default, and the table")
  private List<String> arguments = List.of();

  ResyncCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Flow flow = context.flow(Path.of(arguments.size() == 2 ? arguments.getFirst() : "flow.toml"));
    String replication = flow.settings().name();
    try (StateStore store = FlowStore.open(flow, FlowStore.exists(flow));
        Lease _ =
            store.acquire(
                flow.name(),
                new LeaseHolder("localhost", ProcessHandle.current().pid(), Instant.now(), ""))) {
      TableState table = new FlowTables(store.tables(replication)).find(arguments.getLast());
      store.saveTable(replication, TableState.initial(table.table(), table.destination()));
      store.deleteSchemas(replication, table.table());
      if (json()) {
        printJson(Map.of("table", table.table().toString(), "phase", "init"));
      } else {
        say(table.table() + " will be copied anew by the next `leat run`");
      }
    }
    return ExitCode.DONE;
  }
}
