package dev.leat.generate;

import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.plan.FlowPlan;
import dev.leat.flow.plan.FlowPlanner;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.PortableSql;
import dev.leat.sql.SqlCompiler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables of a flow's steps, planned by the same code that plans a run: once as if nothing had
 * been made, once as if all had been, once as if it had been read so far, too.
 */
public final class PlannedFlow {
  private static final ErrorCode NO_TABLE = new ErrorCode("GENERATE_STEP", ErrorCategory.CONFIG);
  private static final ErrorCode UNKNOWN = new ErrorCode("GENERATE_COLUMNS", ErrorCategory.CONFIG);

  private final GeneratedFlow flow;
  private final FlowModel model;
  private final FlowGraph graph;
  private final TokenText tokens = new TokenText();
  private final Sentinels sentinels = new Sentinels();
  private final boolean tables;
  private final Map<TableId, List<Column>> made = new HashMap<>();
  private final Workspace workspace;
  private final List<PlannedNode> nodes = new ArrayList<>();

  /**
   * Plans.
   *
   * @param model the flow's, perhaps with steps at other engines
   * @param tables whether names of datasets are written as tokens
   * @param tool who asks, for messages
   * @throws LeatException category CONFIG if a step makes no table, or cannot be planned
   */
  public PlannedFlow(GeneratedFlow flow, FlowModel model, boolean tables, String tool) {
    this.flow = flow;
    this.model = model.withoutLoads();
    this.tables = tables;
    this.graph = FlowPlanner.graph(this.model);
    requireTables(flow.nodes(), tool);
    model
        .steps()
        .forEach(
            step ->
                step.kind()
                    .outputs(step.definition())
                    .forEach(dataset -> made.put(dataset, List.of())));
    Map<TableId, NodePlan> first = plan(Map.of(), List.of(), true);
    first.forEach((dataset, plan) -> made.put(dataset, plan.columns()));
    Map<TableId, List<Column>> there = new HashMap<>(made);
    there.values().removeIf(List::isEmpty);
    this.workspace = workspace(engines(there, List.of()));
    // Known of datasets that steps make only once they are asked for.
    there.forEach((dataset, columns) -> workspace.made(dataset, columns, true));
    Map<TableId, NodePlan> again = plan(there, List.of(), false);
    Map<TableId, PlannedNode.Progress> progress = new HashMap<>();
    List<Mark> marks = new ArrayList<>();
    first.forEach(
        (dataset, plan) -> {
          Increment increment = plan.node().increment();
          if (increment != null) {
            PlannedNode.Progress read = progress(increment);
            progress.put(dataset, read);
            marks.add(mark(dataset, read.types()));
          }
        });
    Map<TableId, NodePlan> next = marks.isEmpty() ? again : plan(there, marks, false);
    first.forEach(
        (dataset, plan) ->
            nodes.add(
                new PlannedNode(
                    plan,
                    again.getOrDefault(dataset, plan),
                    next.getOrDefault(dataset, plan),
                    Optional.ofNullable(progress.get(dataset)),
                    previous(plan, next.getOrDefault(dataset, plan)))));
  }

  /** Names everything that would have to be left out, since one would meet it one by one. */
  private static void requireTables(List<GraphNode> nodes, String tool) {
    Map<String, String> wrong = new LinkedHashMap<>();
    nodes.forEach(node -> withoutTable(node).ifPresent(why -> wrong.put(node.name(), why)));
    if (wrong.isEmpty()) {
      return;
    }
    List<String> loads =
        nodes.stream()
            .filter(GraphNode.Load.class::isInstance)
            .map(GraphNode::name)
            .filter(wrong::containsKey)
            .toList();
    LeatException error =
        new LeatException(
            NO_TABLE,
            String.join("; ", wrong.values()) + "; " + tool + " makes tables only",
            "add --exclude "
                + String.join(",", wrong.keySet())
                + (loads.isEmpty()
                    ? ""
                    : ", and have leat run --select "
                        + String.join(",", loads)
                        + " load files before")
                + "; `leat generate airflow` runs everything");
    Optional<String> step =
        nodes.stream()
            .filter(GraphNode.Step.class::isInstance)
            .map(GraphNode::name)
            .filter(wrong::containsKey)
            .findFirst();
    throw step.isPresent() ? error.with("step", step.get()) : error;
  }

  private static Optional<String> withoutTable(GraphNode node) {
    return switch (node) {
      case GraphNode.Load _ -> Optional.of(node.name() + " loads files");
      case GraphNode.Publish _ -> Optional.of(node.name() + " writes to another system");
      case GraphNode.Step(StepModel step) ->
          step.kind().makesDataset()
              ? Optional.empty()
              : Optional.of(
                  "step %s of kind %s makes no table".formatted(step.name(), step.kind().name()));
      case GraphNode.Checks _ -> Optional.empty();
    };
  }

  private static Set<TableId> previous(NodePlan first, NodePlan next) {
    List<TableId> own = first.step().kind().outputs(first.step().definition());
    return next.inputs().stream()
        .filter(own::contains)
        .filter(dataset -> !first.inputs().contains(dataset))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private PretendEngines engines(Map<TableId, List<Column>> there, List<Mark> marks) {
    return new PretendEngines(flow.engines(), tokens, sentinels, tables, made, there, marks);
  }

  private Workspace workspace(PretendEngines engines) {
    return new Workspace(model, engines, Environment.PRODUCTION, flow.declared());
  }

  private Map<TableId, NodePlan> plan(
      Map<TableId, List<Column>> there, List<Mark> marks, boolean report) {
    PretendEngines engines = engines(there, marks);
    FlowPlan plan =
        FlowPlanner.plan(
            model,
            graph,
            workspace(engines),
            new MarkBook(engines),
            PlanOptions.everything(Sentinels.NOW));
    if (report) {
      report(plan.problems());
    }
    Map<TableId, NodePlan> plans = new LinkedHashMap<>();
    for (NodePlan node : plan.nodes()) {
      if (!(node.node().work() instanceof StepWork.Make)
          || !flow.selected().contains(node.step().name())) {
        if (!node.columns().isEmpty()) {
          made.put(node.node().name(), node.columns());
        }
        continue;
      }
      if (node.query().isEmpty()) {
        throw unknown(node);
      }
      plans.put(node.node().name(), node);
    }
    return plans;
  }

  private void report(List<LeatException> problems) {
    List<LeatException> own =
        problems.stream()
            .filter(
                problem -> {
                  String step = problem.context().get("step");
                  return step == null || flow.selected().contains(step);
                })
            .toList();
    if (!own.isEmpty()) {
      own.stream().skip(1).forEach(own.getFirst()::addSuppressed);
      throw own.getFirst();
    }
  }

  private static LeatException unknown(NodePlan node) {
    return new LeatException(
            UNKNOWN,
            "step "
                + node.step().name()
                + " reads a dataset whose columns only its engine can tell, as its query is in the"
                + " engine's own SQL",
            "write that query in portable SQL, without dialect")
        .with("step", node.step().name());
  }

  private Mark mark(TableId dataset, List<LogicalType> types) {
    List<String> values =
        IntStream.range(0, types.size())
            .mapToObj(i -> sentinels.watermark(dataset, i, types.get(i)))
            .toList();
    String watermark =
        values.size() == 1
            ? values.getFirst()
            : values.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    return new Mark(dataset.toString(), "", "", "", watermark, Instant.EPOCH);
  }

  /** As a run asks for it. */
  private PlannedNode.Progress progress(Increment increment) {
    List<String> columns = increment.columns();
    String named =
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i) + " AS \"_leat_" + i + "\"")
            .collect(Collectors.joining(", "));
    var query =
        compiler(workspace.home(increment.input()))
            .compile(
                new Relation.Sql(
                    "SELECT %s FROM %s WHERE %s IS NOT NULL ORDER BY %s LIMIT 1"
                        .formatted(
                            named,
                            PortableSql.name(increment.input()),
                            columns.getFirst(),
                            columns.stream()
                                .map(column -> column + " DESC")
                                .collect(Collectors.joining(", ")))));
    return new PlannedNode.Progress(
        query.sql(), query.columns().stream().map(Column::type).toList());
  }

  /** Writes queries for an engine, with tokens. */
  public SqlCompiler compiler(String engine) {
    return new SqlCompiler(
        workspace.engines().connector(engine).dialect(),
        workspace.catalog(),
        workspace.places(engine, Map.of()),
        Sentinels.NOW);
  }

  /** The tables, each behind those that it reads. */
  public List<PlannedNode> nodes() {
    return nodes;
  }

  public TokenText tokens() {
    return tokens;
  }

  /** The datasets, their engines and columns. */
  public Workspace workspace() {
    return workspace;
  }
}
