package dev.leat.flow.plan;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.migration.Compatibility;
import dev.leat.flow.migration.DatasetShape;
import dev.leat.flow.migration.PlannedChange;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.repository.Dataset;
import dev.leat.flow.repository.DatasetRepository;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a flow want of the datasets that are there already.
 *
 * @param changes by the engine that has the dataset, in the order of the flow
 * @param byRuns datasets that a run changes by itself
 * @param unknown datasets whose columns only the engine knows, and only when the step is done
 * @param problems why steps cannot be planned
 */
public record ShapePlan(
    Map<String, List<PlannedChange>> changes,
    Set<TableId> byRuns,
    List<TableId> unknown,
    List<LeatException> problems) {
  public ShapePlan {
    byRuns = Set.copyOf(byRuns);
    unknown = List.copyOf(unknown);
    problems = List.copyOf(problems);
  }

  /**
   * Compares; changes nothing. A dataset that is not there yet is none of it: the step makes it.
   *
   * @param datasets what is recorded: whether columns may be NULL, and keys, which tables do not
   *     tell
   * @param compatibility which changes are allowed
   */
  public static ShapePlan of(
      FlowModel flow,
      FlowGraph graph,
      Workspace workspace,
      DatasetRepository datasets,
      Compatibility compatibility,
      Instant now) {
    Engines engines = workspace.engines();
    FlowPlan plan =
        FlowPlanner.plan(
            flow, graph, workspace, new MarkBook(engines), PlanOptions.everything(now).anew());
    Map<String, List<PlannedChange>> changes = new LinkedHashMap<>();
    List<TableId> unknown = new ArrayList<>();
    Set<TableId> byRuns = new HashSet<>();
    for (NodePlan node : plan.nodes()) {
      if (!(node.node().work() instanceof StepWork.Make) || node.before().isEmpty()) {
        continue;
      }
      List<Column> wanted = wanted(node, engines);
      if (wanted.isEmpty()) {
        unknown.add(node.table());
        continue;
      }
      if (!workspace.keepsColumns() && isDoneByRuns(node, wanted)) {
        byRuns.add(node.table());
      }
      Dialect dialect = engines.connector(node.engine()).dialect();
      changes
          .computeIfAbsent(node.engine(), name -> new ArrayList<>())
          .add(
              change(
                  node,
                  wanted,
                  dialect,
                  datasets.find(node.table()).orElse(null),
                  flow.migrate().renamed().getOrDefault(node.node().name(), Map.of()),
                  compatibility));
    }
    return new ShapePlan(changes, byRuns, unknown, plan.problems());
  }

  private static boolean isDoneByRuns(NodePlan node, List<Column> wanted) {
    if (Shapes.isReplaced(node)) {
      return true;
    }
    try {
      return !ColumnPlan.of(node.table(), node.before(), wanted, node.step().onNewColumns())
          .isEmpty();
    } catch (LeatException e) {
      // What it refuses is what a migration is for.
      return false;
    }
  }

  private static List<Column> wanted(NodePlan node, Engines engines) {
    if (!node.columns().isEmpty() || node.query().isEmpty()) {
      return node.columns();
    }
    try {
      return engines
          .find(node.engine())
          .map(engine -> engine.columnsOf(node.query().get().sql()))
          .orElse(List.of());
    } catch (LeatException e) {
      // It reads what is not there yet, or not as it will be.
      return List.of();
    }
  }

  /** Whether rows that stay have NULL in a column, or may have. */
  private static boolean mayBeNull(@Nullable Column there, Map<String, Column> known) {
    if (there == null) {
      return true;
    }
    Column told = known.get(there.name());
    return told != null && told.nullable();
  }

  private static PlannedChange change(
      NodePlan node,
      List<Column> query,
      Dialect dialect,
      @Nullable Dataset recorded,
      Map<String, String> renamed,
      Compatibility compatibility) {
    Map<String, Column> before = new HashMap<>();
    node.before().forEach(column -> before.put(column.name(), column));
    Map<String, String> old = new HashMap<>();
    renamed.forEach((from, to) -> old.put(to, from));
    Map<String, Column> known = new HashMap<>();
    if (recorded != null) {
      recorded.columns().forEach(column -> known.put(column.name(), column));
    }
    List<Column> wanted = new ArrayList<>();
    Map<String, Column> wantedByName = new HashMap<>();
    for (Column column : query) {
      Column there =
          Optional.ofNullable(before.get(column.name()))
              .orElseGet(() -> before.get(old.getOrDefault(column.name(), column.name())));
      boolean keepsType = there != null && Shapes.keepsType(node, there, column, dialect);
      Column kept =
          new Column(
              column.name(),
              there != null && keepsType ? there.type() : column.type(),
              column.nullable() || (!Shapes.isReplaced(node) && mayBeNull(there, known)),
              "");
      wanted.add(kept);
      wantedByName.put(column.name(), kept);
    }
    List<Column> current = new ArrayList<>();
    for (Column column : node.before()) {
      Column told = known.get(column.name());
      Column other = wantedByName.get(renamed.getOrDefault(column.name(), column.name()));
      // Tables allow NULL everywhere; what nobody recorded is taken to be as it is wanted.
      boolean nullable = told != null ? told.nullable() : other == null || other.nullable();
      current.add(new Column(column.name(), column.type(), nullable, ""));
    }
    List<String> key = node.node().key();
    return new PlannedChange(
        new DatasetShape(node.table(), current, recorded == null ? key : recorded.key()),
        new DatasetShape(node.table(), wanted, key),
        renamed,
        compatibility);
  }
}
