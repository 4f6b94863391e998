package dev.leat.app.command;

import dev.leat.app.control.ControlClient;
import dev.leat.app.output.ExitCode;
import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.library.FlowTables;
import dev.leat.replication.TableAction;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** What a person may wish for one table: of the process that runs the flow, or of its next one. */
abstract class TableCommand extends LeatCommand {
  private static final ErrorCode TABLE_MISSING =
      new ErrorCode("TABLE_NOT_NAMED", ErrorCategory.CONFIG);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameters(
      arity = "0..2",
      paramLabel = "[FLOW] TABLE",
      hideParamSyntax = true,
      description = "the flow file, flow.toml by default, and the table")
  private List<String> arguments = List.of();

  private final TableAction action;

  TableCommand(CommandContext context, TableAction action) {
    super(context);
    this.action = action;
  }

  /** As typed; the flow file may be left out. */
  List<String> arguments() {
    return arguments;
  }

  @Override
  public Integer call() {
    if (arguments.isEmpty()) {
      throw new LeatException(
          TABLE_MISSING, "no table is named", "name one, as `leat " + action.word() + " orders`");
    }
    Flow flow = context.flow(Path.of(arguments.size() == 2 ? arguments.getFirst() : "flow.toml"));
    String replication = flow.settings().name();
    TableState table;
    LeaseHolder holder;
    try (StateStore store = FlowStore.open(flow, FlowStore.exists(flow))) {
      table = new FlowTables(store.tables(replication)).find(arguments.getLast());
      holder = store.holder(flow.name()).orElse(null);
      if (holder == null) {
        apply(flow, store, table);
      }
    }
    if (holder != null) {
      var client = new ControlClient(Path.of(holder.control()), PATIENCE);
      client.ask(Map.of("op", action.word(), "table", table.table().toString()));
    }
    if (json()) {
      printJson(Map.of("table", table.table().toString(), "action", action.word()));
    } else {
      say(table.table() + outcome(action.apply(table), holder != null));
    }
    return ExitCode.DONE;
  }

  private void apply(Flow flow, StateStore store, TableState table) {
    String replication = flow.settings().name();
    try (Lease _ =
        store.acquire(
            flow.name(),
            new LeaseHolder("localhost", ProcessHandle.current().pid(), Instant.now(), ""))) {
      TableState after = action.apply(table);
      store.saveTable(replication, after);
      if (after.phase() == TablePhase.INIT) {
        store.deleteSchemas(replication, table.table());
      }
    }
  }

  private static String outcome(TableState after, boolean running) {
    return switch (after.phase()) {
      case INIT ->
          running ? " is going to be copied anew" : " will be copied anew by the next `leat run`";
      case PAUSED -> " is paused; `leat resume` copies it anew and follows it again";
      case COPYING, COPIED, CATCHING_UP, STREAMING, ERRORED -> " is not paused; nothing to do";
    };
  }
}
