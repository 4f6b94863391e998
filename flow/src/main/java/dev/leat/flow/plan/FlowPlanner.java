package dev.leat.flow.plan;

import dev.leat.flow.check.CheckCompiler;
import dev.leat.flow.check.CheckModel;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.load.LoadPlan;
import dev.leat.flow.load.LoadPlanner;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.PublishModel;
import dev.leat.flow.model.StepModel;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Plans all steps of a flow, each with the columns that those before it would make. */
public final class FlowPlanner {
  private final FlowModel flow;
  private final FlowGraph graph;
  private final Workspace workspace;
  private final PlanOptions options;
  private final StepPlanner planner;
  private final Map<TableId, List<CheckModel>> checks;

  private final List<LoadPlan> loads = new ArrayList<>();
  private final List<NodePlan> plans = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final List<LeatException> problems = new ArrayList<>();
  private final Set<TableId> changing = ConcurrentHashMap.newKeySet();
  private final Set<TableId> broken = ConcurrentHashMap.newKeySet();

  private FlowPlanner(
      FlowModel flow,
      FlowGraph graph,
      Workspace workspace,
      PlanOptions options,
      StepPlanner planner) {
    this.flow = flow;
    this.graph = graph;
    this.workspace = workspace;
    this.options = options;
    this.planner = planner;
    this.checks = byDataset(flow.checks());
  }

  /**
   * The graph of a flow's steps, by what they read and what their checks compare with.
   *
   * @throws LeatException about the first step that is wrong; where queries cannot be read, those
   *     about others are suppressed within it
   */
  public static FlowGraph graph(FlowModel flow) {
    Set<TableId> known = new LinkedHashSet<>();
    flow.loads().forEach(load -> known.addAll(load.datasets()));
    flow.steps().forEach(step -> known.addAll(step.kind().outputs(step.definition())));
    Map<String, List<TableId>> inputs = inputs(flow.steps(), known);
    Map<TableId, List<CheckModel>> checks = byDataset(flow.checks());
    return FlowGraph.of(
        flow,
        new FlowGraph.Inputs() {
          @Override
          public List<TableId> of(StepModel step) {
            List<TableId> reads = new ArrayList<>(inputs.getOrDefault(step.name(), List.of()));
            reads.addAll(compared(step.kind().outputs(step.definition())));
            return reads;
          }

          @Override
          public List<TableId> of(LoadModel load) {
            return compared(List.of(load.into()));
          }

          private List<TableId> compared(List<TableId> made) {
            return CheckInputs.of(
                made.stream()
                    .flatMap(each -> checks.getOrDefault(each, List.of()).stream())
                    .toList(),
                known);
          }
        });
  }

  /**
   * What steps read, by their names.
   *
   * @throws LeatException about the first step whose query cannot be read, those about others
   *     suppressed within it
   */
  private static Map<String, List<TableId>> inputs(List<StepModel> steps, Set<TableId> known) {
    Map<String, List<TableId>> inputs = new ConcurrentHashMap<>();
    Map<String, LeatException> unreadable = new ConcurrentHashMap<>();
    steps.parallelStream()
        .forEach(
            step -> {
              try {
                inputs.put(step.name(), StepPlanner.inputs(step, known));
              } catch (LeatException e) {
                unreadable.put(step.name(), e);
              }
            });
    List<LeatException> problems =
        steps.stream().map(step -> unreadable.get(step.name())).filter(Objects::nonNull).toList();
    if (!problems.isEmpty()) {
      problems.stream().skip(1).forEach(problems.getFirst()::addSuppressed);
      throw problems.getFirst();
    }
    return inputs;
  }

  private static Map<TableId, List<CheckModel>> byDataset(List<CheckModel> checks) {
    return checks.stream().collect(Collectors.groupingBy(CheckModel::dataset));
  }

  /** What a run would do; problems of single steps are in the plan. */
  public static FlowPlan plan(
      FlowModel flow, FlowGraph graph, Workspace workspace, MarkBook marks, PlanOptions options) {
    FlowPlanner planner =
        new FlowPlanner(
            flow, graph, workspace, options, new StepPlanner(workspace, options, marks, false));
    planner.plan();
    return new FlowPlan(graph, planner.loads, planner.plans, planner.others, planner.problems);
  }

  private void plan() {
    Set<String> chosen = options.selection().of(graph);
    Map<String, Planned> planned = new HashMap<>();
    flow.loads().stream().filter(load -> chosen.contains(load.node())).forEach(this::load);
    for (List<StepModel> steps : layers()) {
      steps.parallelStream()
          .map(step -> Map.entry(step.name(), step(step, chosen.contains(step.name()))))
          .toList()
          .forEach(step -> planned.put(step.getKey(), step.getValue()));
    }
    for (GraphNode node : graph.order()) {
      boolean wanted = chosen.contains(node.name());
      switch (node) {
        case GraphNode.Load(LoadModel load) -> {
          if (wanted) {
            workspace
                .columns(load.into())
                .ifPresent(
                    columns ->
                        problems.addAll(verified(load.into(), columns, checks(load.into()))));
          }
        }
        case GraphNode.Step(StepModel step) -> {
          Planned done = Objects.requireNonNull(planned.get(step.name()));
          plans.addAll(done.plans);
          problems.addAll(done.problems);
        }
        case GraphNode.Checks checks -> {
          if (wanted) {
            others.add(node.name());
            workspace
                .columns(checks.dataset())
                .ifPresentOrElse(
                    columns ->
                        problems.addAll(verified(checks.dataset(), columns, checks.checks())),
                    () -> problems.add(about(checks)));
          }
        }
        case GraphNode.Publish(PublishModel publish) -> {
          if (wanted) {
            others.add(node.name());
            publish(publish);
          }
        }
      }
    }
  }

  /** Steps that can be planned at the same time, behind all that they depend on. */
  private List<List<StepModel>> layers() {
    Map<String, Integer> depths = new HashMap<>();
    List<List<StepModel>> layers = new ArrayList<>();
    for (GraphNode node : graph.order()) {
      int depth =
          graph.upstream(node.name()).stream()
              .mapToInt(before -> depths.getOrDefault(before, 0) + 1)
              .max()
              .orElse(0);
      depths.put(node.name(), depth);
      if (node instanceof GraphNode.Step(StepModel step)) {
        while (layers.size() <= depth) {
          layers.add(new ArrayList<>());
        }
        layers.get(depth).add(step);
      }
    }
    return layers;
  }

  private static LeatException about(GraphNode.Checks checks) {
    return Staged.noDataset(checks.dataset())
        .with("check", checks.dataset() + " " + checks.checks().getFirst().name());
  }

  private List<CheckModel> checks(TableId dataset) {
    return checks.getOrDefault(dataset, List.of());
  }

  private void load(LoadModel load) {
    try {
      LoadPlanner loading = new LoadPlanner(workspace, options);
      LoadPlan plan = loading.withColumns(loading.plan(load));
      loads.add(plan);
      if (plan.changes()) {
        changing.addAll(load.datasets());
      }
      plan.datasets().forEach((name, columns) -> workspace.made(name, columns, false));
    } catch (LeatException e) {
      problems.add(e.with("source", load.name()));
      broken.addAll(load.datasets());
    }
  }

  private record Planned(List<NodePlan> plans, List<LeatException> problems) {}

  private Planned step(StepModel step, boolean wanted) {
    List<NodePlan> made = new ArrayList<>();
    List<LeatException> wrong = new ArrayList<>();
    try {
      if (StepPlanner.inputs(step, workspace.names()).stream().anyMatch(broken::contains)) {
        // What is wrong with its input was said; its own query cannot be judged without.
        broken.addAll(step.kind().outputs(step.definition()));
        return new Planned(made, wrong);
      }
      for (StepNode node : planner.expand(step)) {
        boolean changes = false;
        for (Unit unit : planner.units(step, node)) {
          NodePlan plan = planner.plan(step, node, unit, changing);
          if (wanted) {
            made.add(plan);
            changes |= plan.status() != Status.UP_TO_DATE;
          }
          workspace.made(node.name(), plan.columns(), false);
          if (!plan.columns().isEmpty()) {
            wrong.addAll(verified(node.name(), plan.columns(), checks(node.name())));
          }
        }
        if (changes) {
          changing.add(node.name());
        }
      }
    } catch (LeatException e) {
      wrong.add(e);
      broken.addAll(step.kind().outputs(step.definition()));
    }
    return new Planned(made, wrong);
  }

  private List<LeatException> verified(
      TableId dataset, List<Column> columns, List<CheckModel> checks) {
    return checks.isEmpty()
        ? List.of()
        : CheckCompiler.verify(
            checks, dataset, columns, planner.compiler(workspace.home(dataset), Map.of()));
  }

  private void publish(PublishModel publish) {
    for (TableId dataset : publish.tables().keySet()) {
      if (!broken.contains(dataset) && workspace.columns(dataset).isEmpty()) {
        problems.add(Staged.noDataset(dataset).with("publish", publish.name()));
      }
    }
  }
}
