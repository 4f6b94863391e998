package dev.leat.flow.run;

import dev.leat.flow.check.CheckHistory;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.model.FlowModel;
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
import dev.leat.sql.CompiledQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Does one node of the graph, part by part, with its retries. */
final class NodeRunner {
  /** What became of a node. */
  record Ended(StepState state, List<StepResult> results) {}

  private final FlowModel flow;
  private final Done done;
  private final Attempts attempts;
  private final RunListener listener;
  private final StepPlanner planner;
  private final NodeWork work;
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
            folder);
    this.publisher = new Publisher(workspace, transfers, run, options.now());
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
      return failed(
          step.name(), step.definition().into(), Unit.WHOLE, Instant.now(), 0, wrapped(e), results);
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
        step.name(),
        node.name(),
        unit,
        step.retry().orElse(flow.run().retry()),
        step.timeout(),
        results,
        cancellation -> {
          NodePlan plan = planner.plan(step, node, unit, Set.of());
          Instant now = Instant.now();
          String sql = plan.query().map(CompiledQuery::sql).orElse("");
          if (plan.status() == Status.UP_TO_DATE) {
            return new StepResult(
                step.name(),
                node.name(),
                unit.name(),
                StepState.UP_TO_DATE,
                1,
                now,
                now,
                -1,
                -1,
                -1,
                sql,
                plan.inputs(),
                List.of(),
                Optional.empty(),
                plan.notes());
          }
          NodeWork.Outcome outcome = work.carryOut(plan, cancellation);
          return new StepResult(
              step.name(),
              node.name(),
              unit.name(),
              outcome.state(),
              1,
              now,
              Instant.now(),
              -1,
              outcome.rowsOut(),
              outcome.rowsAfter(),
              sql,
              plan.inputs(),
              outcome.checks(),
              Optional.empty(),
              plan.notes());
        });
  }

  private StepState checks(GraphNode.Checks checks, List<StepResult> results) {
    return attempted(
        checks.name(),
        checks.dataset(),
        Unit.WHOLE,
        flow.run().retry(),
        Optional.empty(),
        results,
        cancellation -> {
          Instant now = Instant.now();
          NodeWork.Outcome outcome = work.check(checks.dataset(), checks.checks(), cancellation);
          return new StepResult(
              checks.name(),
              checks.dataset(),
              "",
              outcome.state(),
              1,
              now,
              Instant.now(),
              -1,
              -1,
              -1,
              "",
              List.of(checks.dataset()),
              outcome.checks(),
              Optional.empty(),
              List.of());
        });
  }

  private StepState publish(String name, PublishModel publish, List<StepResult> results) {
    StepState state = StepState.SUCCEEDED;
    for (TableId dataset : publish.tables().keySet()) {
      StepState part =
          attempted(
              name,
              dataset,
              Unit.WHOLE,
              flow.run().retry(),
              Optional.empty(),
              results,
              cancellation -> {
                Instant now = Instant.now();
                Publisher.Written written = publisher.publish(publish, dataset, cancellation);
                return new StepResult(
                    name,
                    dataset,
                    "",
                    StepState.SUCCEEDED,
                    1,
                    now,
                    Instant.now(),
                    written.rows(),
                    written.rows(),
                    written.after(),
                    "",
                    List.of(dataset),
                    List.of(),
                    Optional.empty(),
                    List.of("into " + publish.tables().get(dataset)));
              });
      if (!part.allowsNext()) {
        return part;
      }
    }
    return state;
  }

  private StepState attempted(
      String node,
      TableId dataset,
      Unit unit,
      RetryModel retry,
      Optional<Duration> timeout,
      List<StepResult> results,
      Function<Cancellation, StepResult> attempt) {
    Instant begun = Instant.now();
    int[] tried = {0};
    Attempts.Observer observer =
        new Attempts.Observer() {
          @Override
          public void began(int number) {
            tried[0] = number;
            listener.started(node, unit.name(), number);
          }

          @Override
          public void retrying(LeatException e, long waitMillis) {
            listener.retrying(node, e, waitMillis);
          }
        };
    try {
      StepResult result = attempts.run(retry, timeout, observer, attempt);
      return ended(result.attempted(tried[0], begun), results);
    } catch (RuntimeException e) {
      return failed(node, dataset, unit, begun, tried[0], wrapped(e), results);
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

  private StepState failed(
      String node,
      TableId dataset,
      Unit unit,
      Instant begun,
      int tried,
      LeatException e,
      List<StepResult> results) {
    StepState state = e.code().equals(Attempts.CANCELLED) ? StepState.CANCELLED : StepState.FAILED;
    Instant now = Instant.now();
    return ended(
        StepResult.without(node, dataset, unit.name(), state, begun, List.of())
            .failed(state, e.with("dataset", dataset), tried, now),
        results);
  }

  private StepState ended(StepResult result, List<StepResult> results) {
    results.add(result);
    listener.ended(result);
    return result.state();
  }
}
