package dev.leat.flow.steptest;

import dev.leat.flow.check.CheckHistory;
import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.CheckResult;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.StepTestModel;
import dev.leat.flow.model.StepTestModel.Rows;
import dev.leat.flow.plan.FlowPlanner;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.flow.plan.Staged;
import dev.leat.flow.run.Done;
import dev.leat.flow.run.RunResult;
import dev.leat.flow.run.Runner;
import dev.leat.flow.run.StepResult;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does one step with given rows, in an engine that holds nothing else, and compares what it made.
 */
public final class StepTester {
  private static final String RUN = "test";
  private static final int MOST_ROWS = 10_000;

  private final StepTestModel test;
  private final List<CheckModel> checks;
  private final TestInputs inputs;
  private final OneEngine engines;
  private final Engine engine;
  private final TestTables tables;
  private final Path folder;
  private final PlanOptions options;

  private StepTester(
      StepTestModel test,
      TestInputs inputs,
      OneEngine engines,
      Path folder,
      List<CheckModel> checks) {
    this.test = test;
    this.inputs = inputs;
    this.engines = engines;
    this.engine = engines.engine();
    this.tables = new TestTables(engine, engines.connector().dialect());
    this.folder = folder;
    this.checks = checks;
    this.options =
        PlanOptions.everything(
            test.now().orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.MILLIS)));
  }

  /**
   * Carries out a test; whatever goes wrong is in the outcome.
   *
   * @param flow which has the test
   * @param known the columns of the flow's datasets, as far as they are known
   * @param connector of the engine
   * @param engine empty, and for this test alone
   * @param folder the flow file's
   */
  public static TestOutcome run(
      FlowModel flow,
      StepTestModel test,
      Map<TableId, List<Column>> known,
      EngineConnector connector,
      Engine engine,
      Path folder) {
    long begun = System.nanoTime();
    List<RowsDifference> differences = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    Optional<LeatException> error = Optional.empty();
    try {
      TestInputs inputs = TestInputs.of(flow, test, known);
      List<CheckModel> checks =
          test.failedChecks().isEmpty() ? List.of() : inputs.checks(flow.checks());
      StepTester tester =
          new StepTester(test, inputs, new OneEngine(connector, engine), folder, checks);
      tester.carryOut(differences, complaints);
    } catch (LeatException e) {
      error = Optional.of(e);
    }
    return new TestOutcome(
        test, Duration.ofNanos(System.nanoTime() - begun), differences, complaints, error);
  }

  private void carryOut(List<RowsDifference> differences, List<String> complaints) {
    inputs
        .tables()
        .forEach(
            (dataset, columns) -> tables.make(dataset, dataset, columns, inputs.rows(dataset)));
    FlowModel alone = inputs.alone(checks);
    Map<TableId, TestInputs.Made> made = inputs.made(alone, engines, options);
    for (TableId dataset : inputs.outputs()) {
      Rows before = test.given().get(dataset);
      if (before != null) {
        publish(dataset, made.getOrDefault(dataset, TestInputs.Made.UNKNOWN), before);
      }
    }
    RunResult result =
        new Runner(
                alone,
                FlowPlanner.graph(alone),
                new Workspace(alone, engines, Environment.PRODUCTION, Map.of()),
                new MarkBook(engines),
                options,
                RUN,
                Done.NOTHING,
                CheckHistory.none(),
                folder,
                new Quiet())
            .run();
    for (StepResult part : result.steps()) {
      if (part.error().isPresent()) {
        throw part.error().get();
      }
    }
    test.failedChecks().ifPresent(expected -> judge(expected, result, complaints));
    test.expect()
        .forEach(
            (dataset, rows) ->
                compare(
                        dataset,
                        made.getOrDefault(dataset, TestInputs.Made.UNKNOWN),
                        rows,
                        complaints)
                    .ifPresent(differences::add));
  }

  /** What the step's dataset is before the step; the engine has to know that it is a step's. */
  private void publish(TableId dataset, TestInputs.Made made, Rows rows) {
    Map<String, LogicalType> types = new LinkedHashMap<>();
    made.columns().forEach(column -> types.put(column.name(), column.type()));
    types.putAll(test.columns().getOrDefault(dataset, Map.of()));
    List<Column> columns = TestTables.columns(dataset, types, rows);
    TableId staging = Staged.of(dataset);
    tables.make(staging, dataset, columns, rows);
    long unused =
        engine.publish(
            new Publication(dataset, staging, new Write.Replace(), columns, List.of()),
            new Mark(dataset.toString(), "", RUN, "", null, options.now()),
            Cancellation.never());
  }

  private static void judge(List<String> expected, RunResult result, List<String> complaints) {
    Map<String, String> failed = new LinkedHashMap<>();
    List<String> known = new ArrayList<>();
    for (StepResult part : result.steps()) {
      for (CheckResult check : part.checks()) {
        known.add(check.check().name());
        if (!check.passed()) {
          failed.put(check.check().name(), check.message());
        }
      }
    }
    for (String name : expected) {
      if (failed.remove(name) == null) {
        complaints.add(
            known.contains(name)
                ? "check " + name + " holds, and was expected to fail"
                : "there is no check "
                    + name
                    + " here"
                    + (known.isEmpty() ? "" : "; there are " + String.join(", ", known)));
      }
    }
    failed.forEach((name, message) -> complaints.add("check " + name + " fails: " + message));
  }

  private Optional<RowsDifference> compare(
      TableId dataset, TestInputs.Made made, Rows rows, List<String> complaints) {
    List<Column> there = engine.columns(dataset).orElse(List.of());
    if (there.isEmpty()) {
      if (!rows.rows().isEmpty()) {
        complaints.add(dataset + " was not made");
      }
      return Optional.empty();
    }
    Map<String, Column> byName = new HashMap<>();
    there.forEach(column -> byName.put(column.name(), column));
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      Column column = byName.get(name);
      if (column == null) {
        complaints.add(
            "%s has no column %s; its columns are %s"
                .formatted(
                    dataset, name, String.join(", ", there.stream().map(Column::name).toList())));
      } else {
        columns.add(column);
      }
    }
    if (columns.size() < rows.columns().size()) {
      return Optional.empty();
    }
    if (rows.columns().isEmpty()) {
      // That there are no rows, or how many.
      columns = there;
    }
    TableId expected = new TableId(Engine.STAGING, "_leat_expected");
    tables.make(expected, dataset, columns, rows);
    var actual = tables.rows(dataset, columns, MOST_ROWS);
    if (actual.isEmpty()) {
      complaints.add("%s has more than %,d rows".formatted(dataset, MOST_ROWS));
      return Optional.empty();
    }
    return new RowsComparison(columns, made.key())
        .compare(
            dataset,
            tables.rows(expected, columns, Integer.MAX_VALUE - 1).orElseThrow(),
            actual.get(),
            rows.place());
  }
}
