package dev.leat.app.command;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.model.PublishModel;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.plan.FlowPlan;
import dev.leat.flow.plan.FlowPlanner;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.library.FlowEngines;
import dev.leat.library.TestEngine;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.storage.Storages;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The columns of a flow's datasets, as far as they can be known without any service. */
final class KnownColumns {
  private static final Logger LOG = LoggerFactory.getLogger(KnownColumns.class);

  private KnownColumns() {}

  /** Those of the datasets that steps read, as other steps would make them or as they are. */
  static Map<TableId, List<Column>> of(LoadedFlow flow) {
    Map<TableId, List<Column>> known = new HashMap<>();
    try (FlowEngines all = flow.engines(null, Access.READ)) {
      Engines engines = new LocalEngines(all, flow);
      Workspace workspace = new Workspace(flow.model(), engines, Environment.PRODUCTION, Map.of());
      FlowGraph graph = FlowPlanner.graph(flow.model());
      FlowPlan plan =
          FlowPlanner.plan(
              flow.model(),
              graph,
              workspace,
              new MarkBook(engines),
              PlanOptions.everything(Instant.now()));
      LOG.debug("flow={} problems={}", flow.name(), plan.problems().size());
      for (StepModel step : flow.model().steps()) {
        for (TableId dataset : StepPlanner.inputs(step, workspace.names())) {
          workspace
              .columns(dataset)
              .filter(columns -> !columns.isEmpty())
              .ifPresent(columns -> known.put(dataset, columns));
        }
      }
    } catch (LeatException e) {
      // A test says itself what it needs and nobody knows.
      LOG.debug("flow={} columns are not known: {}", flow.name(), e.message());
    }
    return known;
  }

  /** Engines that are files, those of others and those that cannot be opened being empty. */
  private record LocalEngines(FlowEngines all, LoadedFlow flow) implements Engines {
    @Override
    public String usual() {
      return all.usual();
    }

    @Override
    public EngineConnector connector(String name) {
      return all.connector(name);
    }

    @Override
    public Engine engine(String name) {
      return all.engine(name);
    }

    @Override
    public Optional<Engine> find(String name) {
      if (!TestEngine.isLocal(flow.plugins(), all.connector(name).dialect().name())) {
        return Optional.empty();
      }
      try {
        return all.find(name);
      } catch (LeatException e) {
        LOG.debug("engine={} cannot be looked at: {}", name, e.message());
        return Optional.empty();
      }
    }

    @Override
    public EngineConnector connector(PublishModel publish) {
      return all.connector(publish);
    }

    @Override
    public Engine engine(PublishModel publish) {
      return all.engine(publish);
    }

    @Override
    public FileWriter files() {
      return all.files();
    }

    @Override
    public Engine scratch(Path file) {
      return all.scratch(file);
    }

    @Override
    public Storages storages() {
      return all.storages();
    }

    @Override
    public void close() {
      all.close();
    }
  }
}
