package dev.leat.flow.run;

import dev.leat.flow.check.CheckHistory;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.load.LoadPlan;
import dev.leat.flow.load.LoadPlanner;
import dev.leat.flow.load.LoadWork;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.PublishModel;
import dev.leat.flow.model.RetryModel;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.flow.plan.Status;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.flow.plan.Unit;
import dev.leat.flow.repository.StepState;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Does one node of the graph, part by part, with its retries. */
final class NodeRunner {
  /** What became of a node. */
  record Ended(StepState state, List<StepResult> results) {}

  private final FlowModel flow;
  private final Done done;
  private final Attempts attempts;
  private final RunListener listener;
  private final StepPlanner planner;
  private final LoadPlanner loads;
  private final NodeWork work;
  private Map<String, LoadPlan> planned = Map.of();
  private final Publisher publisher;

  NodeRunner(
      FlowModel flow,
      Workspace workspace,
      MarkBook marks,
      PlanOptions options,
      String run,
      Done done,
      CheckHistory history,
      Path folder,
      Attempts attempts,
      RunListener listener) {
    this.flow = flow;
    this.done = done;
    this.attempts = attempts;
    this.listener = listener;
    this.planner = new StepPlanner(workspace, options, marks, true);
    this.loads = new LoadPlanner(workspace, options);
    Transfers transfers = new Transfers(workspace);
    this.work =
        new NodeWork(
            workspace,
            planner,
            marks,
            transfers,
            history,
            flow.checks(),
            run,
            options.now(),
            folder,
            listener);
    this.publisher =
        new Publisher(workspace, planner, transfers, options.fullRefresh(), run, options.now());
  }

  /** A node that is not done. */
  StepResult without(GraphNode node, StepState state) {
    TableId dataset =
        node.datasets().isEmpty() ? new TableId("node", node.name()) : node.datasets().getFirst();
    return StepResult.without(node.name(), dataset, "", state, Instant.now(), List.of());
  }

  /** Never throws a {@link LeatException}: it is in the results. */
  Ended run(GraphNode node) {
    List<StepResult> results = new ArrayList<>();
    StepState state =
        switch (node) {
          case GraphNode.Load(LoadModel load) -> load(load, results);
          case GraphNode.Step(StepModel step) -> step(step, results);
          case GraphNode.Checks checks -> checks(checks, results);
          case GraphNode.Publish(PublishModel publish) -> publish(node.name(), publish, results);
        };
    return new Ended(state, results);
  }

  private StepState step(StepModel step, List<StepResult> results) {
    List<StepNode> nodes;
    try {
      nodes = planner.expand(step);
    } catch (RuntimeException e) {
      return failed(without(new GraphNode.Step(step), StepState.PENDING), wrapped(e), results);
    }
    StepState state = StepState.UP_TO_DATE;
    for (StepNode node : nodes) {
      for (Unit unit : planner.units(step, node)) {
        StepState part = part(step, node, unit, results);
        if (!part.allowsNext()) {
          return part;
        }
        state = part == StepState.SUCCEEDED ? part : state;
      }
    }
    return state;
  }

  /** What was found out about files before, by the names of their sources. */
  void know(Map<String, LoadPlan> loadPlans) {
    planned = Map.copyOf(loadPlans);
  }

  private StepState load(LoadModel load, List<StepResult> results) {
    StepResult pending =
        StepResult.without(
            load.node(), load.into(), "", StepState.PENDING, Instant.now(), List.of());
    if (done.contains(load.node(), load.into().toString(), "")) {
      return ended(
          pending.leftOut("done by the run that this one resumes", Instant.now()), results);
    }
    return attempted(
        pending,
        load.retry().orElse(flow.run().retry()),
        load.timeout(),
        results,
        (cancellation, trials) -> {
          LoadPlan listed = loads.plan(load);
          LoadPlan plan = listed.withColumnsOf(planned.getOrDefault(load.name(), listed));
          if (!plan.changes() && plan.loaded().isEmpty() && plan.expired().isEmpty()) {
            return trials.known().leftOut("no new files", Instant.now());
          }
          LoadWork.Loaded loaded =
              work.load(
                  plan,
                  cancellation,
                  sofar -> trials.known(pending.loaded(sofar, StepState.PENDING, Instant.now())));
          StepState state =
              loaded.blocked()
                  ? StepState.CHECKS_FAILED
                  : plan.changes() ? StepState.SUCCEEDED : StepState.UP_TO_DATE;
          return pending.loaded(loaded, state, Instant.now());
        });
  }

  private StepState part(StepModel step, StepNode node, Unit unit, List<StepResult> results) {
    if (done.contains(step.name(), node.name().toString(), unit.name())) {
      return ended(
          StepResult.without(
              step.name(),
              node.name(),
              unit.name(),
              StepState.UP_TO_DATE,
              Instant.now(),
              List.of("done by the run that this one resumes")),
          results);
    }
    return attempted(
        StepResult.without(
            step.name(), node.name(), unit.name(), StepState.PENDING, Instant.now(), List.of()),
        step.retry().orElse(flow.run().retry()),
        step.timeout(),
        results,
        (cancellation, trials) -> {
          NodePlan plan = planner.plan(step, node, unit, Set.of());
          StepResult planned = StepResult.planned(plan, StepState.UP_TO_DATE, Instant.now());
          trials.known(planned);
          return plan.status() == Status.UP_TO_DATE
              ? planned
              : planned.done(work.carryOut(plan, cancellation), Instant.now());
        });
  }

  private StepState checks(GraphNode.Checks checks, List<StepResult> results) {
    return attempted(
        looking(checks.name(), checks.dataset()),
        flow.run().retry(),
        Optional.empty(),
        results,
        (cancellation, trials) ->
            trials
                .known()
                .done(work.check(checks.dataset(), checks.checks(), cancellation), Instant.now()));
  }

  /** A part of a node that makes no dataset of its own. */
  private static StepResult looking(String node, TableId dataset) {
    Instant now = Instant.now();
    return new StepResult(
        node,
        dataset,
        "",
        StepState.PENDING,
        0,
        now,
        now,
        -1,
        -1,
        -1,
        "",
        List.of(dataset),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private StepState publish(String name, PublishModel publish, List<StepResult> results) {
    StepState state = StepState.UP_TO_DATE;
    for (TableId dataset : publish.tables().keySet()) {
      StepState part =
          attempted(
              looking(name, dataset),
              flow.run().retry(),
              Optional.empty(),
              results,
              (cancellation, trials) -> {
                String into = "into " + publish.tables().get(dataset);
                return publisher
                    .publish(publish, dataset, cancellation)
                    .map(written -> trials.known().published(written, into, Instant.now()))
                    .orElseGet(() -> trials.known().leftOut(into, Instant.now()));
              });
      if (!part.allowsNext()) {
        return part;
      }
      state = part == StepState.SUCCEEDED ? part : state;
    }
    return state;
  }

  /** One attempt; what it finds out before it may fail goes to {@code trials}. */
  private interface Attempt {
    StepResult make(Cancellation cancellation, Trials trials);
  }

  private StepState attempted(
      StepResult begun,
      RetryModel retry,
      Optional<Duration> timeout,
      List<StepResult> results,
      Attempt attempt) {
    Trials trials = new Trials(listener, begun);
    try {
      StepResult result =
          attempts.run(retry, timeout, trials, cancellation -> attempt.make(cancellation, trials));
      return ended(result.attempted(trials.ended(Optional.empty()), begun.started()), results);
    } catch (RuntimeException e) {
      LeatException failure = wrapped(e);
      return failed(
          trials.known().attempted(trials.ended(Optional.of(failure)), begun.started()),
          failure,
          results);
    }
  }

  private static LeatException wrapped(RuntimeException e) {
    return e instanceof LeatException leat
        ? leat
        : new LeatException(
            ErrorCode.INTERNAL,
            "unexpected error: " + e,
            "this is a defect of Leat; please report it with the output of --verbose",
            e);
  }

  private StepState failed(StepResult known, LeatException e, List<StepResult> results) {
    StepState state = e.code().equals(Attempts.CANCELLED) ? StepState.CANCELLED : StepState.FAILED;
    return ended(known.failed(state, e.with("dataset", known.dataset()), Instant.now()), results);
  }

  private StepState ended(StepResult result, List<StepResult> results) {
    results.add(result);
    listener.ended(result);
    return result.state();
  }
}
