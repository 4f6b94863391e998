package dev.leat.app.command;

import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.graph.Selection;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.plan.FlowPlanner;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.generate.Generated;
import dev.leat.generate.GeneratedFlow;
import dev.leat.generate.Generator;
import dev.leat.generate.Mark;
import dev.leat.library.FlowEngines;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Generates code from a flow.
 *
 * @param schedule when a scheduler starts it; null for never
 * @param alertCommand what is run when something failed; null for nothing
 */
record FlowCode(
    LoadedFlow flow,
    List<String> select,
    List<String> exclude,
    @Nullable String engine,
    @Nullable String schedule,
    @Nullable String alertCommand) {

  static String mark(Generator generator, LoadedFlow flow) {
    return Mark.of(generator.name(), name(flow));
  }

  private static String name(LoadedFlow flow) {
    return String.valueOf(flow.file().getFileName());
  }

  /**
   * The files.
   *
   * @param folder that they are for, absolute
   */
  Generated generate(Generator generator, Path folder) {
    FlowGraph graph = FlowPlanner.graph(flow.model());
    try (FlowEngines engines = flow.engines(engine, Access.READ)) {
      return generator.generate(
          new GeneratedFlow(
              flow.model(),
              graph,
              new Selection(select, exclude).of(graph),
              name(flow),
              flow.replication() != null,
              engines,
              generator.needsColumns() ? declared(engines) : Map.of(),
              database(engines, folder),
              Optional.ofNullable(schedule),
              Optional.ofNullable(alertCommand)));
    }
  }

  /** The source is asked only for what it has not brought yet. */
  private Map<TableId, List<Column>> declared(FlowEngines engines) {
    Workspace workspace = new Workspace(flow.model(), engines, Environment.PRODUCTION, Map.of());
    for (StepModel step : flow.model().steps()) {
      for (TableId dataset : StepPlanner.inputs(step, workspace.names())) {
        if (!workspace.isMadeHere(dataset) && workspace.columns(dataset).isEmpty()) {
          return PlanOutput.declared(flow.replication());
        }
      }
    }
    return Map.of();
  }

  private static Optional<String> database(FlowEngines engines, Path folder) {
    return engines
        .path(engines.usual())
        .filter(path -> path.isAbsolute() && folder.isAbsolute())
        .map(path -> folder.relativize(path.normalize()).toString().replace('\\', '/'));
  }
}
