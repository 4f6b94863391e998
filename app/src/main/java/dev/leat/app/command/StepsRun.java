package dev.leat.app.command;

import dev.leat.app.control.ControlServer;
import dev.leat.app.output.Terminal;
import dev.leat.flow.check.DocumentCheckHistory;
import dev.leat.flow.engine.Environment;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.plan.FlowPlan;
import dev.leat.flow.plan.FlowPlanner;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.flow.repository.DocumentRunRepository;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.RunRepository;
import dev.leat.flow.run.DatasetRecorder;
import dev.leat.flow.run.Done;
import dev.leat.flow.run.RunRecorder;
import dev.leat.flow.run.RunResult;
import dev.leat.flow.run.Runner;
import dev.leat.library.Flow;
import dev.leat.library.FlowEngines;
import dev.leat.library.FlowStore;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a flow with steps, from what its source has to what it publishes. */
final class StepsRun {
  private static final ErrorCode NOTHING_TO_RESUME =
      new ErrorCode("RUN_NOTHING_TO_RESUME", ErrorCategory.CONFIG);

  private static final Logger LOG = LoggerFactory.getLogger(StepsRun.class);

  private final LoadedFlow flow;
  private final Terminal terminal;
  private final Wanted wanted;
  private volatile @Nullable FlowRun replication;
  private volatile @Nullable Runner runner;
  private volatile boolean interrupted;

  /**
   * What the command line asks for.
   *
   * @param options which steps, and how
   * @param environment empty for the real tables
   * @param engine instead of the flow's; null for that
   * @param resume whether to go on with the last run
   * @param replicate whether the source is brought up to date first
   */
  record Wanted(
      PlanOptions options,
      Environment environment,
      @Nullable String engine,
      boolean resume,
      boolean replicate) {}

  /**
   * How it ended.
   *
   * @param head the run's record
   * @param result of the steps
   * @param replicated figures of the source; null if it was left alone
   */
  record Outcome(
      RunHead head, RunResult result, FlowRun.@Nullable Outcome replicated, List<String> nodes) {}

  StepsRun(LoadedFlow flow, Terminal terminal, Wanted wanted) {
    this.flow = flow;
    this.terminal = terminal;
    this.wanted = wanted;
  }

  /** Notes that the run is to end; whether that was known already. */
  boolean interrupt() {
    boolean before = interrupted;
    interrupted = true;
    FlowRun source = replication;
    if (source != null) {
      var unused = source.interrupted();
      source.stop();
    }
    Runner steps = runner;
    if (steps != null) {
      steps.cancel();
    }
    return before;
  }

  Outcome run() {
    FlowGraph graph = FlowPlanner.graph(flow.model());
    // Before anything is made: a word that means nothing.
    var known = wanted.options().selection().of(graph);
    LOG.debug("flow={} steps={}", flow.name(), known.size());
    FlowRun.Outcome replicated =
        wanted.replicate() && flow.replication() != null ? source(flow.replication()) : null;
    try (StateStore state = FlowStore.open(flow.stateFolder(), flow.name(), true);
        Lease _ = state.acquire(flow.name(), FlowRun.holder(flow.control()));
        Documents documents = flow.documents(true);
        FlowEngines engines = flow.engines(wanted.engine(), Access.WRITE);
        ControlServer _ = ControlServer.start(flow.control(), new RunningSteps(flow, engines))) {
      RunRepository runs = new DocumentRunRepository(documents);
      String environment = wanted.environment().name();
      Optional<RunHead> resumed =
          wanted.resume() ? Optional.of(lastOf(runs, environment)) : Optional.empty();
      Done done = resumed.map(head -> RunRecorder.done(runs, head)).orElse(Done.NOTHING);
      RunHead head =
          runs.begin(
              flow.name(),
              environment,
              resumed.map(r -> "resume " + r.id()).orElse("command"),
              wanted.options().now());
      DatasetRecorder recorded = new DatasetRecorder(documents, flow.name(), flow.model().owner());
      try (StepsDisplay display = new StepsDisplay(terminal)) {
        RunRecorder recorder = new RunRecorder(runs, head, graph, recorded, display);
        try {
          MarkBook marks = new MarkBook(engines);
          // Ends up with columns as they would be, also those of steps that are not chosen.
          Workspace planned = new Workspace(flow.model(), engines, wanted.environment(), Map.of());
          FlowPlan plan = plan(graph, planned, marks);
          recorded.defined(
              flow.model(),
              flow.file(),
              new StepPlanner(planned, wanted.options(), marks, false),
              wanted.options().now());
          Runner work =
              new Runner(
                  flow.model(),
                  graph,
                  new Workspace(flow.model(), engines, wanted.environment(), Map.of()),
                  marks,
                  wanted.options(),
                  head.id(),
                  done,
                  new DocumentCheckHistory(documents),
                  flow.folder(),
                  recorder);
          work.know(plan.loads());
          runner = work;
          if (interrupted) {
            work.cancel();
          }
          RunResult result = work.run();
          RunHead ended = recorder.end(result);
          int unused = runs.prune(flow.name(), RunRepository.KEPT);
          return new Outcome(
              ended, result, replicated, graph.order().stream().map(node -> node.name()).toList());
        } catch (LeatException e) {
          recorder.fail(e);
          throw e;
        }
      }
    }
  }

  /** Brings the source up to date, and notes at the engine which tables changed. */
  FlowRun.Outcome source(Flow read) {
    FlowRun source = new FlowRun(read, terminal);
    replication = source;
    SourceMarks marks = new SourceMarks(flow, wanted.engine());
    marks.before();
    FlowRun.Outcome replicated = source.run(true);
    marks.after(replicated.result());
    replication = null;
    return replicated;
  }

  /** What cannot work is told before anything is done. */
  private FlowPlan plan(FlowGraph graph, Workspace workspace, MarkBook marks) {
    FlowPlan plan = FlowPlanner.plan(flow.model(), graph, workspace, marks, wanted.options());
    List<LeatException> problems = plan.problems();
    if (!problems.isEmpty()) {
      problems.stream().skip(1).forEach(problems.getFirst()::addSuppressed);
      throw problems.getFirst();
    }
    return plan;
  }

  private RunHead lastOf(RunRepository runs, String environment) {
    return runs.last(flow.name(), environment)
        .orElseThrow(
            () ->
                new LeatException(
                    NOTHING_TO_RESUME,
                    "flow " + flow.name() + " has no run to go on with",
                    "begin one with `leat run`"));
  }
}
