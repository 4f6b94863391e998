package dev.leat.flow.steptest;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.check.Rule;
import dev.leat.flow.engine.Engines;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.MigrateSettings;
import dev.leat.flow.model.RetryModel;
import dev.leat.flow.model.RunSettings;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.model.StepTestModel;
import dev.leat.flow.model.StepTestModel.Rows;
import dev.leat.flow.plan.CheckInputs;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.flow.plan.Staged;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.flow.plan.Unit;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a step that is tested reads and makes.
 *
 * @param step which is tested
 * @param outputs the datasets that it makes
 * @param tables the datasets that are there when it is done, with their columns
 */
record TestInputs(
    StepTestModel test,
    StepModel step,
    List<TableId> outputs,
    Map<TableId, List<Column>> tables,
    List<TableId> names) {
  private static final ErrorCode NO_DATASET = new ErrorCode("TEST_DATASET", ErrorCategory.CONFIG);
  private static final ErrorCode NOT_GIVEN = new ErrorCode("TEST_NOT_GIVEN", ErrorCategory.CONFIG);
  private static final ErrorCode KIND = new ErrorCode("TEST_KIND", ErrorCategory.CONFIG);

  /** What the step makes of a dataset; no columns if only the engine will know them. */
  record Made(List<Column> columns, List<String> key) {
    static final Made UNKNOWN = new Made(List.of(), List.of());
  }

  /**
   * Finds out what the test needs.
   *
   * @throws LeatException category CONFIG if the test does not fit its step
   */
  static TestInputs of(FlowModel flow, StepTestModel test, Map<TableId, List<Column>> known) {
    StepModel step =
        flow.steps().stream()
            .filter(model -> model.name().equals(test.step()))
            .findFirst()
            .orElseThrow();
    List<TableId> outputs = step.kind().outputs(step.definition());
    if (!step.kind().makesDataset() || outputs.isEmpty()) {
      throw TestTables.at(
          new LeatException(
              KIND,
              "step %s is of kind %s, which makes no dataset"
                  .formatted(step.name(), step.kind().name()),
              "test a step that makes one"),
          test.place());
    }
    List<TableId> names =
        Stream.concat(
                test.given().keySet().stream(),
                flow.steps().stream()
                    .flatMap(other -> other.kind().outputs(other.definition()).stream()))
            .distinct()
            .toList();
    Set<TableId> reads = new LinkedHashSet<>(StepPlanner.inputs(step, names));
    Set<TableId> compared =
        new LinkedHashSet<>(
            CheckInputs.of(
                flow.checks().stream().filter(c -> outputs.contains(c.dataset())).toList(), names));
    test.given()
        .forEach(
            (dataset, rows) -> {
              if (!reads.contains(dataset)
                  && !outputs.contains(dataset)
                  && !compared.contains(dataset)) {
                throw unknown("step %s neither reads nor makes %s", step, dataset, rows, reads);
              }
            });
    test.expect()
        .forEach(
            (dataset, rows) -> {
              if (!outputs.contains(dataset)) {
                throw unknown("step %s does not make %s", step, dataset, rows, outputs);
              }
            });
    Map<TableId, List<Column>> tables = new LinkedHashMap<>();
    reads.addAll(compared.stream().filter(test.given()::containsKey).toList());
    for (TableId dataset : reads) {
      if (!outputs.contains(dataset)) {
        tables.put(dataset, columns(flow, test, dataset, known));
      }
    }
    return new TestInputs(test, step, outputs, tables, names);
  }

  private static LeatException unknown(
      String sentence,
      StepModel step,
      TableId dataset,
      Rows rows,
      java.util.Collection<TableId> instead) {
    return TestTables.at(
        new LeatException(
            NO_DATASET,
            sentence.formatted(step.name(), dataset),
            "name one of "
                + instead.stream().map(TableId::toString).collect(Collectors.joining(", "))),
        rows.place());
  }

  private static List<Column> columns(
      FlowModel flow, StepTestModel test, TableId dataset, Map<TableId, List<Column>> known) {
    Map<String, LogicalType> types = new LinkedHashMap<>();
    known.getOrDefault(dataset, List.of()).forEach(c -> types.put(c.name(), c.type()));
    for (CheckModel check : flow.checks()) {
      if (check.dataset().equals(dataset) && check.rule() instanceof Rule.Contract contract) {
        contract
            .columns()
            .forEach(
                (name, type) -> ColumnTypeNames.parse(type).ifPresent(t -> types.put(name, t)));
      }
    }
    types.putAll(test.columns().getOrDefault(dataset, Map.of()));
    Rows rows = test.given().get(dataset);
    if (rows == null && types.isEmpty()) {
      throw TestTables.at(
          new LeatException(
              NOT_GIVEN,
              "step %s reads %s, of which the test gives nothing".formatted(test.step(), dataset),
              "add given.\"" + dataset + "\" = [{ id = 1 }]"),
          test.place());
    }
    return TestTables.columns(dataset, types, rows == null ? nothing(test) : rows);
  }

  private static Rows nothing(StepTestModel test) {
    return new Rows(List.of(), test.place());
  }

  Rows rows(TableId dataset) {
    return test.given().getOrDefault(dataset, nothing(test));
  }

  /** The checks of what the step makes that compare with nothing that is not there. */
  List<CheckModel> checks(List<CheckModel> all) {
    return all.stream()
        .filter(check -> outputs.contains(check.dataset()))
        .filter(
            check ->
                CheckInputs.of(List.of(check), names).stream()
                    .allMatch(other -> tables.containsKey(other) || outputs.contains(other)))
        .toList();
  }

  /** A flow of this step and nothing else, at the engine where it is tested. */
  FlowModel alone(List<CheckModel> checks) {
    StepModel here =
        new StepModel(
            step.definition(),
            step.kind(),
            step.description(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(new RetryModel(0, Duration.ofMillis(1), 1, Duration.ofMillis(1))),
            step.timeout(),
            step.lookback(),
            step.grain(),
            step.onNewColumns(),
            step.place(),
            step.keys());
    return new FlowModel(
        "test",
        "",
        RunSettings.usual(),
        MigrateSettings.USUAL,
        Map.of(),
        List.of(),
        List.of(),
        List.of(here),
        checks,
        List.of(),
        Map.of(),
        List.of(),
        Optional.empty());
  }

  /** What the step makes of its inputs, which are there. */
  Map<TableId, Made> made(FlowModel alone, Engines engines, PlanOptions options) {
    Workspace workspace = new Workspace(alone, engines, Environment.PRODUCTION, Map.of());
    StepPlanner planner = new StepPlanner(workspace, options, new MarkBook(engines), false);
    StepModel here = alone.steps().getFirst();
    Map<TableId, Made> made = new HashMap<>();
    for (StepNode node : planner.expand(here)) {
      if (!(node.work() instanceof StepWork.Make)) {
        throw TestTables.at(
            new LeatException(
                KIND,
                "step %s does more than make datasets".formatted(step.name()),
                "test a step that only makes datasets"),
            test.place());
      }
      NodePlan plan = planner.plan(here, node, Unit.WHOLE, Set.of());
      // What it reads is there, so the engine can tell what only it knows.
      List<Column> columns =
          plan.columns().isEmpty() && plan.query().isPresent()
              ? Staged.columns(
                  plan, engines.engine(plan.engine()).columnsOf(plan.query().get().sql()))
              : plan.columns();
      workspace.made(node.name(), columns, false);
      made.put(node.name(), new Made(columns, node.key()));
    }
    return made;
  }
}
