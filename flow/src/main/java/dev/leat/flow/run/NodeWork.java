package dev.leat.flow.run;

import dev.leat.flow.check.CheckHistory;
import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.CheckResult;
import dev.leat.flow.check.CheckRunner;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.export.ExportRows;
import dev.leat.flow.export.Exporter;
import dev.leat.flow.load.LoadPlan;
import dev.leat.flow.load.LoadWork;
import dev.leat.flow.plan.CheckInputs;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.plan.Staged;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.flow.repository.StepState;
import dev.leat.spi.Failpoint;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.StandardWrites;
import dev.leat.sql.CompiledQuery;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was planned for one node: stages its rows, has them checked, publishes them. */
final class NodeWork {
  private static final Logger LOG = LoggerFactory.getLogger(NodeWork.class);
  private static final ErrorCode NO_ANSWER = new ErrorCode("STEP_CONDITION", ErrorCategory.CONFIG);

  private final Workspace workspace;
  private final StepPlanner planner;
  private final MarkBook marks;
  private final Transfers transfers;
  private final CheckHistory history;
  private final List<CheckModel> checks;
  private final String run;
  private final Instant now;
  private final Path folder;
  private final RunListener listener;

  /**
   * @param folder the flow file's
   */
  NodeWork(
      Workspace workspace,
      StepPlanner planner,
      MarkBook marks,
      Transfers transfers,
      CheckHistory history,
      List<CheckModel> checks,
      String run,
      Instant now,
      Path folder,
      RunListener listener) {
    this.workspace = workspace;
    this.planner = planner;
    this.marks = marks;
    this.transfers = transfers;
    this.history = history;
    this.checks = checks;
    this.run = run;
    this.now = now;
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * What came of it.
   *
   * @param state SUCCEEDED, CHECKS_FAILED, or SKIPPED if what depends on it is not to be done
   */
  record Outcome(
      StepState state, long rowsIn, long rowsOut, long rowsAfter, List<CheckResult> checks) {
    static final Outcome DONE = new Outcome(StepState.SUCCEEDED, -1, -1, -1, List.of());
  }

  Outcome carryOut(NodePlan plan, Cancellation cancellation) {
    transfers.bring(plan.inputs(), plan.engine(), cancellation);
    Engine engine = workspace.engines().engine(plan.engine());
    return switch (plan.node().work()) {
      case StepWork.Make _ -> make(plan, engine, cancellation);
      case StepWork.Export export -> export(plan, export, engine, cancellation);
      case StepWork.Run command -> {
        Commands.run(command, folder, cancellation);
        yield Outcome.DONE;
      }
      case StepWork.Condition _ -> condition(plan, engine);
    };
  }

  /** Loads files. */
  LoadWork.Loaded load(
      LoadPlan plan, Cancellation cancellation, Consumer<LoadWork.Loaded> progress) {
    Path scratch = folder.resolve(".leat").resolve("scratch").resolve(plan.load().name());
    return new LoadWork(workspace, marks, scratch, run, now, new LoadAudit())
        .carryOut(plan, cancellation, progress);
  }

  /** Rows of files pass the checks that rows of steps do. */
  private final class LoadAudit implements LoadWork.Audit {
    @Override
    public List<CheckResult> check(
        TableId dataset, String engine, Publication publication, Cancellation cancellation) {
      return audit(dataset, engine, publication, cancellation);
    }

    @Override
    public void published(
        LoadPlan plan, List<Column> columns, List<CheckResult> results, boolean anew) {
      TableId dataset = plan.load().into();
      plan.datasets().forEach((name, own) -> workspace.made(name, own, true));
      workspace.made(dataset, columns, true);
      history.save(dataset, run, now, results);
      listener.published(
          new Published(
              plan.table(),
              plan.load().node(),
              plan.load().description(),
              plan.engine(),
              columns,
              List.of(),
              anew));
    }
  }

  private Outcome make(NodePlan plan, Engine engine, Cancellation cancellation) {
    TableId staging = plan.staging();
    CompiledQuery query = plan.query().orElseThrow();
    Relation relation = plan.relation().orElseThrow();
    try {
      Failpoint.reach("before-stage");
      long read = RowsRead.count(plan, workspace, planner, engine);
      Optional<Outcome> added = append(plan, query, read, engine, cancellation);
      if (added.isPresent()) {
        return added.get();
      }
      long rows = engine.stage(staging, relation, query.sql(), query.columns(), cancellation);
      List<Column> given =
          query.columns().isEmpty() ? engine.columns(staging).orElseThrow() : query.columns();
      List<Column> columns =
          plan.columns().isEmpty() ? Staged.columns(plan, given) : plan.columns();
      planner.requireColumns(plan.table(), plan.engine(), plan.before(), columns);
      Staged.verifyKeys(plan, engine, dialect(plan.engine()));
      Publication publication = plan.publication(staging, columns);
      List<CheckResult> results =
          audit(plan.node().name(), plan.engine(), publication, cancellation);
      if (results.stream().anyMatch(CheckResult::blocks)) {
        engine.drop(List.of(staging));
        return new Outcome(StepState.CHECKS_FAILED, read, rows, -1, results);
      }
      Mark mark = mark(plan);
      Failpoint.reach("before-publish");
      long after = engine.publish(publication, mark, cancellation);
      published(plan, mark, engine, given, columns, results);
      return new Outcome(StepState.SUCCEEDED, read, rows, after, results);
    } catch (LeatException e) {
      abandon(staging, engine, e);
      throw e;
    }
  }

  /** Rows that are added as they are, and that nobody checks, need not be staged. */
  private Optional<Outcome> append(
      NodePlan plan, CompiledQuery query, long read, Engine engine, Cancellation cancellation) {
    Map<String, LogicalType> before = types(plan.before());
    boolean straight =
        plan.write() instanceof Write.Append
            && !before.isEmpty()
            && before.equals(types(plan.columns()))
            && before.keySet().equals(types(query.columns()).keySet())
            && checks(plan.node().name()).isEmpty();
    if (!straight) {
      return Optional.empty();
    }
    planner.requireColumns(plan.table(), plan.engine(), plan.before(), plan.columns());
    Mark mark = mark(plan);
    Optional<Engine.Added> added =
        engine.append(plan.table(), query.sql(), query.columns(), mark, cancellation);
    if (added.isPresent()) {
      published(plan, mark, engine, query.columns(), plan.columns(), List.of());
    }
    return added.map(
        rows -> new Outcome(StepState.SUCCEEDED, read, rows.rows(), rows.after(), List.of()));
  }

  private static Map<String, LogicalType> types(List<Column> columns) {
    return columns.stream()
        .collect(Collectors.toMap(Column::name, Column::type, (one, same) -> one));
  }

  private Mark mark(NodePlan plan) {
    return new Mark(
        plan.table().toString(),
        plan.unit().name(),
        run,
        plan.fingerprint(),
        plan.watermark().orElse(null),
        now);
  }

  private void published(
      NodePlan plan,
      Mark mark,
      Engine engine,
      List<Column> given,
      List<Column> columns,
      List<CheckResult> results) {
    Failpoint.reach("after-publish");
    marks.noted(plan.engine(), mark);
    workspace.made(plan.node().name(), columns, true);
    history.save(plan.node().name(), run, now, results);
    listener.published(published(plan, engine, given, columns));
  }

  /**
   * What is to be recorded; whether columns may be NULL is known of the query, not of the table.
   */
  private static Published published(
      NodePlan plan, Engine engine, List<Column> given, List<Column> columns) {
    List<Column> there = columns;
    try {
      there = engine.columns(plan.table()).orElse(columns);
    } catch (LeatException e) {
      LOG.warn("dataset={} is published, but cannot be looked at: {}", plan.table(), e.message());
    }
    Map<String, Boolean> nullable = new HashMap<>();
    boolean whole = plan.write() instanceof Write.Replace || plan.before().isEmpty();
    given.forEach(column -> nullable.put(column.name(), column.nullable()));
    List<String> before = plan.before().stream().map(Column::name).toList();
    return new Published(
        plan.table(),
        plan.step().name(),
        plan.step().description(),
        plan.engine(),
        there.stream()
            .map(
                column ->
                    new Column(
                        column.name(),
                        column.type(),
                        nullable.getOrDefault(column.name(), true)
                            || !(whole || before.contains(column.name())),
                        ""))
            .toList(),
        plan.node().key(),
        whole);
  }

  private static void abandon(TableId staging, Engine engine, LeatException cause) {
    try {
      engine.drop(List.of(staging));
    } catch (LeatException e) {
      cause.addSuppressed(e);
    }
  }

  private List<CheckModel> checks(TableId dataset) {
    return checks.stream().filter(check -> check.dataset().equals(dataset)).toList();
  }

  /** Checks a dataset as it will be when a publication is done. */
  private List<CheckResult> audit(
      TableId dataset, String at, Publication publication, Cancellation cancellation) {
    List<CheckModel> own = checks(dataset);
    if (own.isEmpty()) {
      return List.of();
    }
    Engine engine = workspace.engines().engine(at);
    TableId view = Staged.prospect(publication.target());
    String prospect = new StandardWrites(dialect(at)).prospect(publication);
    engine.view(view, prospect);
    workspace.made(dataset, publication.columns(), false);
    try {
      List<TableId> others = CheckInputs.of(own, workspace.names());
      transfers.bring(others, at, cancellation);
      return CheckRunner.run(
          own,
          publication.columns(),
          engine,
          planner.compiler(at, Map.of(dataset, view)),
          history,
          dataset,
          now,
          cancellation);
    } finally {
      engine.drop(List.of(view));
    }
  }

  /** The checks of a dataset that no step of the flow makes. */
  Outcome check(TableId dataset, List<CheckModel> foreign, Cancellation cancellation) {
    String home = workspace.home(dataset);
    List<TableId> others = CheckInputs.of(foreign, workspace.names());
    transfers.bring(others, home, cancellation);
    List<CheckResult> results =
        CheckRunner.run(
            foreign,
            workspace.columns(dataset).orElseThrow(() -> Staged.noDataset(dataset)),
            workspace.engines().engine(home),
            planner.compiler(home, Map.of()),
            history,
            dataset,
            now,
            cancellation);
    boolean blocked = results.stream().anyMatch(CheckResult::blocks);
    if (!blocked) {
      history.save(dataset, run, now, results);
    }
    return new Outcome(
        blocked ? StepState.CHECKS_FAILED : StepState.SUCCEEDED, -1, -1, -1, results);
  }

  private Outcome export(
      NodePlan plan, StepWork.Export export, Engine engine, Cancellation cancellation) {
    CompiledQuery query = plan.query().orElseThrow();
    List<Column> columns =
        query.columns().isEmpty() ? engine.columnsOf(query.sql()) : query.columns();
    long read = RowsRead.count(plan, workspace, planner, engine);
    TableId dataset = plan.inputs().isEmpty() ? plan.table() : plan.inputs().getFirst();
    long rows =
        new Exporter(workspace.engines().files(), workspace.engines().storages())
            .export(
                ExportRows.of(engine, query.sql(), columns),
                columns,
                export.at(workspace.environment().written(export.path())),
                new Exporter.Job(dataset, run, now, "", plan.continues()),
                cancellation);
    Mark mark = mark(plan);
    engine.mark(mark);
    marks.noted(plan.engine(), mark);
    return new Outcome(StepState.SUCCEEDED, read, rows, -1, List.of());
  }

  private static Outcome condition(NodePlan plan, Engine engine) {
    List<List<@Nullable String>> rows = engine.query(plan.query().orElseThrow().sql(), 2).rows();
    if (rows.size() != 1 || rows.getFirst().size() != 1) {
      throw new LeatException(
          NO_ANSWER,
          "the condition gives %d rows instead of one value".formatted(rows.size()),
          "write a query with one row and one column, such as SELECT COUNT(*) > 0 FROM …");
    }
    String answer = rows.getFirst().getFirst();
    boolean holds = "true".equalsIgnoreCase(answer) || "t".equals(answer) || "1".equals(answer);
    return holds ? Outcome.DONE : new Outcome(StepState.SKIPPED, -1, -1, -1, List.of());
  }

  private Dialect dialect(String engine) {
    return workspace.engines().connector(engine).dialect();
  }
}
