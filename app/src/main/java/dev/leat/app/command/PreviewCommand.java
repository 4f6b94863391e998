package dev.leat.app.command;

import dev.leat.app.control.ControlClient;
import dev.leat.app.control.RowsJson;
import dev.leat.app.output.ExitCode;
import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.library.FlowTables;
import dev.leat.library.OpenFlow;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat preview}. */
@Command(
    name = "preview",
    description =
        "Shows the first rows of a table at the destination, also while the flow runs, or of a"
            + " dataset that a step made.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "TABLE is a dataset, or a table by its name at the destination or at the source; with or",
      "without its schema.",
      "",
      "Examples:",
      "  leat preview orders                      the flow in flow.toml",
      "  leat preview shop.toml public.orders --limit 3"
    })
final class PreviewCommand extends LeatCommand {
  @Parameters(
      arity = "1..2",
      paramLabel = "[FLOW] TABLE",
      hideParamSyntax = true,
      description = "the flow file, flow.toml by default, and the table")
  private List<String> arguments = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "rows to show; 10 by default, at most 10,000")
  private int limit;

  PreviewCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    LoadedFlow flow =
        context.load(Path.of(arguments.size() == 2 ? arguments.getFirst() : "flow.toml"));
    int wanted = Math.clamp(limit, 0, RunningFlow.MOST_ROWS);
    Rows rows = rows(flow, arguments.getLast(), wanted);
    print(rows, wanted);
    return ExitCode.DONE;
  }

  private static Rows rows(LoadedFlow loaded, String name, int limit) {
    StepDatasets steps = new StepDatasets(loaded);
    Flow flow = loaded.replication();
    if (flow == null) {
      return steps.preview(name, limit);
    }
    List<TableState> tables = List.of();
    LeaseHolder holder = null;
    if (FlowStore.exists(flow)) {
      try (StateStore store = FlowStore.open(flow, false)) {
        tables = store.tables(flow.settings().name());
        holder = store.holder(flow.name()).orElse(null);
      }
    }
    List<TableId> made = steps.named(name);
    if (!made.isEmpty()) {
      List<TableId> replicated =
          tables.stream()
              .map(TableState::destination)
              .filter(table -> table.table().equals(name))
              .toList();
      if (!replicated.isEmpty()) {
        throw StepDatasets.ambiguous(
            name, Stream.concat(replicated.stream(), made.stream()).toList());
      }
      return steps.preview(name, limit);
    }
    TableId table = new FlowTables(tables).atDestination(name);
    return holder == null ? fromFile(flow, table, limit) : fromProcess(holder, table, limit);
  }

  private static Rows fromFile(Flow flow, TableId table, int limit) {
    try (OpenFlow open = new OpenFlow(flow)) {
      return open.destination(Access.READ).preview(table, limit);
    }
  }

  /** Only the running process may read the destination's file. */
  private static Rows fromProcess(LeaseHolder holder, TableId table, int limit) {
    var client = new ControlClient(Path.of(holder.control()), Duration.ofSeconds(20));
    return RowsJson.read(
        client.ask(Map.of("op", "preview", "table", table.toString(), "limit", limit)));
  }
}
