package dev.leat.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.config.FlowFileReader;
import dev.leat.config.Systems;
import dev.leat.flow.check.CheckHistory;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.graph.Selection;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.plan.FlowPlanner;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.flow.repository.StepState;
import dev.leat.flow.run.Done;
import dev.leat.flow.run.RunListener;
import dev.leat.flow.run.RunResult;
import dev.leat.flow.run.Runner;
import dev.leat.flow.run.StepResult;
import dev.leat.library.PluginCatalog;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The steps of a flow, planned and run on a bench as {@code leat run} does. */
final class FlowBench {
  private static final Path FOLDER = Path.of("").toAbsolutePath();

  private final Workbench bench;
  private final FlowModel flow;
  private int runs;

  /** The steps have made nothing yet. */
  FlowBench(Workbench bench, String steps) {
    this.bench = bench;
    this.flow =
        FlowFileReader.readText(
                FOLDER.resolve("kinds.toml"), "flow = \"kinds\"\n\n" + steps, systems(), Map.of())
            .model();
    for (StepModel step : flow.steps()) {
      List<TableId> made = step.kind().outputs(step.definition());
      bench.engine().drop(made);
      made.forEach(table -> bench.engine().forget(table.toString()));
    }
  }

  private static Systems systems() {
    Map<String, List<Option>> engines = new TreeMap<>();
    Map<String, StepKind> kinds = new TreeMap<>();
    for (Plugin plugin : PluginCatalog.installed().all()) {
      plugin.engine().ifPresent(engine -> engines.put(plugin.name(), engine.options()));
      plugin.kinds().forEach(kind -> kinds.put(kind.name(), kind));
    }
    return new Systems(Map.of(), Map.of(), engines, Map.of(), Map.of(), kinds);
  }

  void run() {
    run(Workbench.NOW, false);
  }

  void run(Instant now) {
    run(now, false);
  }

  /** Makes everything anew. */
  void fullRefresh() {
    run(Workbench.NOW, true);
  }

  private void run(Instant now, boolean fullRefresh) {
    OneEngine engines = new OneEngine(bench);
    FlowGraph graph = FlowPlanner.graph(flow);
    RunResult result =
        new Runner(
                flow,
                graph,
                new Workspace(flow, engines, Environment.PRODUCTION, Map.of()),
                new MarkBook(engines),
                new PlanOptions(
                    now, Selection.ALL, fullRefresh, Optional.empty(), Optional.empty()),
                "run-" + ++runs,
                Done.NOTHING,
                CheckHistory.none(),
                FOLDER,
                new Quiet())
            .run();
    assertThat(result.steps())
        .extracting(StepResult::error)
        .as("errors of steps")
        .containsOnly(Optional.empty());
    assertThat(result.succeeded()).isTrue();
  }

  /** The rows of a dataset. */
  List<List<Object>> rows(String schema, String table) {
    return bench.content(new TableId(schema, table));
  }

  private static final class Quiet implements RunListener {
    @Override
    public void began(List<String> nodes) {}

    @Override
    public void started(String node, TableId dataset, String unit, int attempt) {}

    @Override
    public void retrying(String node, LeatException e, long waitMillis) {}

    @Override
    public void ended(StepResult result) {}

    @Override
    public void finished(String node, StepState state) {}
  }
}
