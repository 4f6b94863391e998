package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Problem;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.plan.FlowPlanner;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.flow.plan.RowChanges;
import dev.leat.flow.plan.Status;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.library.Flow;
import dev.leat.library.FlowEngines;
import dev.leat.library.OpenFlow;
import dev.leat.replication.TableMapping;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.SourceTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what the next run would do: with the source, and with the steps. */
final class PlanOutput {
  private final LeatCommand command;
  private final LoadedFlow flow;
  private final String file;

  /**
   * @param file the flow file as typed
   */
  PlanOutput(LeatCommand command, LoadedFlow flow, String file) {
    this.command = command;
    this.flow = flow;
    this.file = file;
  }

  /**
   * Prints the plan; the exit code.
   *
   * @param rows whether to count how tables would change
   */
  int print(StepOptions options, FlowArgument argument, boolean rows) {
    StepsRun.Wanted wanted = options.wanted(flow, argument, false);
    Flow replication = wanted.replicate() || !flow.model().hasWork() ? flow.replication() : null;
    FlowPlan source = replication == null ? null : FlowPlan.of(replication);
    StepsPlan steps;
    try {
      steps = flow.model().hasWork() ? steps(options, wanted, rows) : null;
    } catch (LeatException e) {
      return command.refused(e, new StepPlaces(flow, file));
    }
    int width = command.terminal().outWidth();
    boolean color = command.terminal().outColor();
    if (command.json()) {
      Map<String, Object> json =
          source == null ? new LinkedHashMap<>() : new PlanView(source, file).json();
      if (steps != null) {
        json = new LinkedHashMap<>(json);
        json.putAll(new StepsPlanView(steps, file).json());
      }
      command.printJson(json);
    } else {
      if (source != null) {
        command.terminal().print(new PlanView(source, file).lines(width, color));
      }
      if (steps != null) {
        command.terminal().print(new StepsPlanView(steps, file).lines(width, color));
      }
    }
    int refused = ExitCode.DONE;
    if (source != null) {
      source.check().findings().forEach(finding -> command.say(Problem.of(finding)));
      refused = source.check().exitCode();
    }
    if (steps != null) {
      StepPlaces places = new StepPlaces(flow, file);
      for (LeatException problem : steps.plan().problems()) {
        command.say(places.problem(problem));
        refused = Math.max(refused, Failures.exitCode(problem));
      }
    }
    boolean changes =
        (source != null && source.changes()) || (steps != null && steps.plan().changes());
    return refused != ExitCode.DONE ? refused : changes ? ExitCode.CHANGES_PENDING : ExitCode.DONE;
  }

  /**
   * What a run of all steps would refuse.
   *
   * @param alone whether the source is left alone
   */
  static List<LeatException> problems(LoadedFlow flow, Instant now, boolean alone) {
    try {
      FlowGraph graph = FlowPlanner.graph(flow.model());
      try (FlowEngines engines = flow.engines(null, Access.READ)) {
        Workspace workspace =
            new Workspace(
                flow.model(),
                engines,
                Environment.PRODUCTION,
                alone ? Map.of() : declared(flow.replication()));
        return FlowPlanner.plan(
                flow.model(), graph, workspace, new MarkBook(engines), PlanOptions.everything(now))
            .problems();
      }
    } catch (LeatException e) {
      return StepPlaces.all(e);
    }
  }

  private StepsPlan steps(StepOptions options, StepsRun.Wanted wanted, boolean rows) {
    FlowGraph graph = FlowPlanner.graph(flow.model());
    try (FlowEngines engines = flow.engines(options.engine, Access.READ)) {
      Workspace workspace =
          new Workspace(flow.model(), engines, wanted.environment(), declared(flow.replication()));
      MarkBook marks = new MarkBook(engines);
      var plan = FlowPlanner.plan(flow.model(), graph, workspace, marks, wanted.options());
      IdentityHashMap<NodePlan, RowChanges> counted = new IdentityHashMap<>();
      if (rows) {
        StepPlanner planner = new StepPlanner(workspace, wanted.options(), marks, false);
        for (NodePlan node : plan.nodes()) {
          if (node.status() != Status.UP_TO_DATE) {
            RowChanges.count(node, workspace, planner)
                .ifPresent(changes -> counted.put(node, changes));
          }
        }
      }
      return StepsPlan.of(plan, engines, counted);
    }
  }

  /** What the source will bring. */
  static Map<TableId, List<Column>> declared(@Nullable Flow replication) {
    if (replication == null) {
      return Map.of();
    }
    Map<TableId, List<Column>> declared = new HashMap<>();
    try (OpenFlow open = new OpenFlow(replication)) {
      for (SourceTable table : open.source().discover(replication.settings().tables())) {
        TableMapping.Target target = replication.settings().mapping().of(table.schema().table());
        List<Column> columns = new ArrayList<>(table.schema().columns());
        columns.addAll(target.mode().columns());
        declared.put(target.table(), columns);
      }
    }
    return declared;
  }
}
