package dev.leat.app.command;

import dev.leat.app.flow.Flow;
import dev.leat.app.flow.FlowStore;
import dev.leat.app.flow.OpenFlow;
import dev.leat.app.output.Problem;
import dev.leat.replication.StartMode;
import dev.leat.replication.TableMapping;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.Finding;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import dev.leat.spi.state.StateStore;
import java.util.ArrayList;
import java.util.List;

/** Looks at the source and the destination of a flow, and changes nothing. */
final class FlowCheck {
  private final Flow flow;
  private final OpenFlow open;
  private final List<Problem> problems = new ArrayList<>();

  FlowCheck(Flow flow, OpenFlow open) {
    this.flow = flow;
    this.open = open;
  }

  /**
   * @param problems errors and warnings
   * @param tables how many tables the flow selects
   */
  record Result(List<Problem> problems, int tables) {
    static final Result NOTHING = new Result(List.of(), 0);
  }

  /** One failing side does not keep the other from being looked at. */
  Result run() {
    List<TableSchema> schemas = new ArrayList<>();
    try {
      Source source = open.source();
      for (SourceTable table : source.discover(flow.settings().tables())) {
        schemas.add(table.schema());
      }
      add(source.check(schemas, flow.settings().mode() != StartMode.COPY));
    } catch (LeatException e) {
      problems.add(Problem.error(e));
    }
    // A destination is made by the first run, and while one goes on only that process may open it.
    if (FlowStore.exists(flow) && !isRunning()) {
      try {
        Destination destination = open.destination(Access.READ);
        add(destination.check(schemas.stream().map(this::target).toList()));
      } catch (LeatException e) {
        problems.add(Problem.error(e));
      }
    }
    return new Result(problems, schemas.size());
  }

  private boolean isRunning() {
    try (StateStore store = FlowStore.open(flow, false)) {
      return store.holder(flow.name()).isPresent();
    }
  }

  private TableTarget target(TableSchema schema) {
    TableMapping.Target target = flow.settings().mapping().of(schema.table());
    return new TableTarget(schema, target.table(), target.mode());
  }

  private void add(List<Finding> findings) {
    for (Finding finding : findings) {
      problems.add(
          switch (finding.severity()) {
            case ERROR -> Problem.error(finding.problem());
            case WARNING -> Problem.warning(finding.problem());
          });
    }
  }
}
