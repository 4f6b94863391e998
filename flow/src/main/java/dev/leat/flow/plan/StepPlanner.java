package dev.leat.flow.plan;

import dev.leat.flow.engine.Workspace;
import dev.leat.flow.instruction.Fingerprint;
import dev.leat.flow.model.StepModel;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.SqlCompiler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans one step with what is known of its inputs at the time. Safe for use by several threads. */
public final class StepPlanner {
  private final Workspace workspace;
  private final PlanOptions options;
  private final MarkBook marks;
  private final boolean running;
  private final Map<String, Set<String>> listed = new ConcurrentHashMap<>();

  /** By engine; each knows the types of datasets that it met. */
  private final Map<String, SqlCompiler> compilers = new ConcurrentHashMap<>();

  /**
   * @param running whether the plan is about to be carried out, so that it has to say exactly which
   *     rows are read
   */
  public StepPlanner(Workspace workspace, PlanOptions options, MarkBook marks, boolean running) {
    this.workspace = workspace;
    this.options = options;
    this.marks = marks;
    this.running = running;
  }

  /** The datasets that a step reads. */
  public static List<TableId> inputs(StepModel step, Collection<TableId> known) {
    try {
      return step.kind().inputs(step.definition(), relation -> SqlCompiler.tables(relation, known));
    } catch (LeatException e) {
      throw e.with("step", step.name());
    }
  }

  /** What the step does, as its kind says with the inputs as they are. */
  public List<StepNode> expand(StepModel step) {
    try {
      return step.kind().expand(step.definition(), inputsOf(step, options.now(), true));
    } catch (LeatException e) {
      throw e.with("step", step.name());
    }
  }

  /** The parts that a step is done in. */
  public List<Unit> units(StepModel step, StepNode node) {
    if (options.isBackfill()
        && node.work() instanceof StepWork.Make(Instruction made)
        && made.write() instanceof Write.ReplacePartition) {
      return Unit.between(options.from().orElseThrow(), options.to().orElseThrow(), step);
    }
    return List.of(Unit.WHOLE);
  }

  /**
   * Plans a node.
   *
   * @param changing datasets that other steps of the same run are going to change
   */
  public NodePlan plan(StepModel step, StepNode node, Unit unit, Set<TableId> changing) {
    try {
      return planned(step, node, unit, changing);
    } catch (LeatException e) {
      throw e.with("step", step.name());
    }
  }

  private NodePlan planned(StepModel step, StepNode node, Unit unit, Set<TableId> changing) {
    String engine = step.engine().orElse(workspace.engines().usual());
    TableId table = workspace.environment().requireOwn(workspace.written(node.name()));
    Optional<Relation> wanted = relation(node.work());
    List<TableId> inputs =
        wanted.map(relation -> SqlCompiler.tables(relation, workspace.names())).orElse(List.of());
    Optional<Mark> mark = marks.mark(engine, table, unit.name());
    List<Column> before = node.work() instanceof StepWork.Make ? columns(engine, table) : List.of();
    boolean there = node.work() instanceof StepWork.Make ? !before.isEmpty() : mark.isPresent();
    boolean anew = !there || (options.fullRefresh() && unit.isWhole());
    List<String> notes = new ArrayList<>();
    SqlCompiler compiler = compiler(engine, Map.of());
    Optional<String> watermark = Optional.empty();
    Optional<Relation> relation = wanted;
    Increment increment = node.increment();
    if (increment != null && wanted.isPresent()) {
      Restricted restricted = restrict(wanted.get(), increment, anew ? null : mark.orElse(null));
      relation = Optional.of(restricted.relation());
      watermark = restricted.next();
      notes.addAll(restricted.notes());
    }
    Write write =
        node.work() instanceof StepWork.Make(Instruction made) ? made.write() : new Write.Replace();
    if (write instanceof Write.ReplacePartition(String column, _, _)
        && relation.isPresent()
        && !(unit.isWhole() && anew)) {
      Partitions partitions =
          unit.isWhole()
              ? Partitions.newest(step, relation.get(), column, workspace, engine, table, notes)
              : Partitions.of(unit, relation.get(), column);
      relation = Optional.of(partitions.relation());
      write = partitions.write();
    }
    Optional<CompiledQuery> query = relation.flatMap(r -> compile(compiler, r, inputs));
    List<Column> given = query.map(CompiledQuery::columns).orElse(List.of());
    boolean replace = write instanceof Write.Replace || anew;
    List<Column> columns =
        given.isEmpty() || replace
            ? withoutMarker(given, write)
            : ColumnPlan.of(table, before, withoutMarker(given, write), step.onNewColumns());
    requireColumns(table, engine, before, columns);
    String mode = write.mode();
    // Costs a tenth of planning, for nothing where a dataset is new.
    Supplier<String> does =
        new Once<>(() -> Fingerprint.of(canonical(step, node), List.of(engine, mode)));
    Optional<String> reads = versions(inputs, changing);
    boolean always =
        query.map(CompiledQuery::changesWithTime).orElse(true)
            || wanted.map(StepPlanner::dependsOnTime).orElse(true);
    Optional<String> state = always ? Optional.empty() : reads;
    Supplier<String> fingerprint = new Once<>(() -> does.get() + ":" + state.orElse(""));
    if (running) {
      // As the inputs are now.
      String unused = fingerprint.get();
    }
    Status status = status(mark, before, does, state, unit, inputs, changing);
    if (status == Status.CHANGED && !replace) {
      notes.add("rows that are there stay as they were made; --full-refresh makes all anew");
    }
    return new NodePlan(
        step,
        node,
        unit,
        engine,
        inputs,
        relation,
        query,
        table,
        replace && unit.isWhole() ? replacing(write, anew, before) : write,
        before,
        columns,
        status,
        fingerprint,
        watermark,
        increment == null || anew
            ? Optional.empty()
            : mark.filter(m -> m.watermark() != null).map(Mark::run),
        notes);
  }

  /** The columns of a table as it is; empty if there is none. */
  private List<Column> columns(String engine, TableId table) {
    Optional<Engine> open = workspace.engines().find(engine);
    if (open.isEmpty() || (!running && !isListed(engine, open.get(), table))) {
      return List.of();
    }
    return open.get().columns(table).orElse(List.of());
  }

  /** Whether there may be such a table. While nothing is changed, one question tells of many. */
  private boolean isListed(String engine, Engine open, TableId table) {
    return listed
        .computeIfAbsent(
            engine + "\n" + table.schema(),
            _ ->
                open.tables(table.schema()).stream()
                    .map(each -> each.table().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet()))
        .contains(table.table().toLowerCase(Locale.ROOT));
  }

  /**
   * Refuses columns that are other than those there, where only {@code leat migrate} changes them.
   *
   * @param after those it would have; empty if they are not known yet
   */
  public void requireColumns(
      TableId table, String engine, List<Column> before, List<Column> after) {
    if (workspace.keepsColumns()
        && !options.fullRefresh()
        && !before.isEmpty()
        && !after.isEmpty()) {
      Shapes.requireSame(table, before, after, workspace.engines().connector(engine).dialect());
    }
  }

  /** What the step does, whatever was done before and when, as it is recorded. */
  public List<StepNode> canonical(StepModel step) {
    return step.kind().expand(step.definition(), inputsOf(step, Instant.EPOCH, false));
  }

  /** A table that is made anew is replaced, whatever is done later; deleted rows are not kept. */
  private static Write replacing(Write write, boolean anew, List<Column> before) {
    return anew && !before.isEmpty() && !(write instanceof Write.Merge)
        ? new Write.Replace()
        : write;
  }

  private Status status(
      Optional<Mark> mark,
      List<Column> before,
      Supplier<String> does,
      Optional<String> reads,
      Unit unit,
      List<TableId> inputs,
      Set<TableId> changing) {
    if (!unit.isWhole() || options.fullRefresh()) {
      return Status.REQUESTED;
    }
    if (before.isEmpty() && mark.isEmpty()) {
      return Status.NEW;
    }
    if (mark.isEmpty() || !mark.get().fingerprint().startsWith(does.get() + ":")) {
      return Status.CHANGED;
    }
    if (inputs.stream().anyMatch(changing::contains)) {
      return Status.DATA;
    }
    if (reads.isEmpty()) {
      return Status.ALWAYS;
    }
    return mark.get().fingerprint().equals(does.get() + ":" + reads.get())
        ? Status.UP_TO_DATE
        : Status.DATA;
  }

  private Optional<CompiledQuery> compile(
      SqlCompiler compiler, Relation relation, List<TableId> inputs) {
    if (!running && inputs.stream().anyMatch(this::isUnknown)) {
      return Optional.empty();
    }
    return Optional.of(compiler.compile(relation));
  }

  /** Made by a step whose columns only the engine will know. */
  private boolean isUnknown(TableId dataset) {
    return workspace.isMadeHere(dataset)
        && workspace.columns(dataset).filter(c -> !c.isEmpty()).isEmpty();
  }

  /** A compiler for queries at an engine. */
  public SqlCompiler compiler(String engine, Map<TableId, TableId> instead) {
    return instead.isEmpty()
        ? compilers.computeIfAbsent(engine, each -> newCompiler(each, instead))
        : newCompiler(engine, instead);
  }

  private SqlCompiler newCompiler(String engine, Map<TableId, TableId> instead) {
    return new SqlCompiler(
        workspace.engines().connector(engine).dialect(),
        workspace.catalog(),
        workspace.places(engine, instead),
        options.now());
  }

  static Optional<Relation> relation(StepWork work) {
    return switch (work) {
      case StepWork.Make(Instruction made) -> Optional.of(made.query());
      case StepWork.Export export -> Optional.of(export.query());
      case StepWork.Condition(Relation query) -> Optional.of(query);
      case StepWork.Run _ -> Optional.empty();
    };
  }

  private record Restricted(Relation relation, Optional<String> next, List<String> notes) {}

  private Restricted restrict(Relation relation, Increment increment, @Nullable Mark mark) {
    List<String> notes = new ArrayList<>();
    String home = workspace.home(increment.input());
    SqlCompiler compiler = compiler(home, Map.of());
    List<LogicalType> types = Watermark.types(increment, compiler);
    List<String> conditions = new ArrayList<>();
    Optional<Watermark> low = Optional.ofNullable(mark).map(Mark::watermark).map(Watermark::parse);
    if (low.isPresent() && !increment.selfApplied()) {
      conditions.add(low.get().above(increment, types));
    }
    low.ifPresent(value -> notes.add("reads " + increment.input() + " above " + value.write()));
    Optional<Watermark> high = Optional.empty();
    if (running) {
      high = Watermark.highest(increment, workspace.engines().engine(home), compiler);
      high.ifPresent(value -> conditions.add(value.upTo(increment, types, low.isEmpty())));
    }
    Relation result =
        conditions.isEmpty()
            ? relation
            : new Relation.Restrict(relation, increment.input(), String.join(" AND ", conditions));
    return new Restricted(result, high.or(() -> low).map(Watermark::write), notes);
  }

  static List<Column> withoutMarker(List<Column> columns, Write write) {
    return write instanceof Write.Merge(List<String> _, String deleted) && deleted != null
        ? columns.stream().filter(column -> !column.name().equals(deleted)).toList()
        : columns;
  }

  /** What the step does, apart from how far it has come and when. */
  private StepWork canonical(StepModel step, StepNode node) {
    return canonical(step).stream()
        .filter(other -> other.name().equals(node.name()))
        .findFirst()
        .orElse(node)
        .work();
  }

  private static boolean dependsOnTime(Relation relation) {
    return relation instanceof Relation.Snapshot;
  }

  /** What state the inputs are in; empty if nothing is known of one of them. */
  private Optional<String> versions(List<TableId> inputs, Set<TableId> changing) {
    List<String> versions = new ArrayList<>();
    for (TableId input : inputs) {
      Optional<String> version = version(input);
      if (version.isEmpty() || changing.contains(input)) {
        return Optional.empty();
      }
      versions.add(input + "@" + version.get());
    }
    return Optional.of(Fingerprint.of(String.join("\n", versions)));
  }

  /** The state of a dataset, another after each change; empty if nothing is known of it. */
  public Optional<String> version(TableId dataset) {
    String home = workspace.home(dataset);
    return workspace.isMadeHere(dataset)
        ? marks.version(home, workspace.read(dataset))
        : marks.source(home, dataset).map(mark -> mark.run() + "@" + mark.at());
  }

  private KindInputs inputsOf(StepModel step, Instant now, boolean asItIs) {
    String engine = step.engine().orElse(workspace.engines().usual());
    return new KindInputs(
        workspace,
        dataset ->
            asItIs
                && !options.fullRefresh()
                && workspace
                    .engines()
                    .find(engine)
                    .flatMap(open -> open.columns(workspace.written(dataset)))
                    .isPresent(),
        asItIs && !options.fullRefresh()
            ? marks
                .mark(engine, workspace.written(step.definition().into()), "")
                .map(Mark::watermark)
                .map(text -> Watermark.parse(text).values())
                .orElse(List.of())
            : List.of(),
        now);
  }
}
