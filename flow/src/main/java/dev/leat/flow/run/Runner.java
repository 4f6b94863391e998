package dev.leat.flow.run;

import dev.leat.flow.check.CheckHistory;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.load.LoadPlan;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.plan.MarkBook;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.flow.repository.StepState;
import dev.leat.spi.engine.Cancellation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Does the nodes of a graph, each when those before it are done, several at a time. A node that
 * fails keeps those behind it from being done, and no others. One run per object.
 */
public final class Runner {
  private final FlowModel flow;
  private final FlowGraph graph;
  private final PlanOptions options;
  private final RunListener listener;
  private final Cancellation cancellation = new Cancellation();
  private final NodeRunner nodes;

  private final Map<String, StepState> states = new HashMap<>();
  private final Map<String, Long> poolsInUse = new HashMap<>();
  private final List<StepResult> results = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("leat-timeouts").factory());

  /**
   * @param id names the run in marks and records
   * @param done parts of an earlier run that are not done again
   * @param folder the flow file's
   */
  public Runner(
      FlowModel flow,
      FlowGraph graph,
      Workspace workspace,
      MarkBook marks,
      PlanOptions options,
      String id,
      Done done,
      CheckHistory history,
      Path folder,
      RunListener listener) {
    this.flow = flow;
    this.graph = graph;
    this.options = options;
    this.listener = listener;
    this.nodes =
        new NodeRunner(
            flow,
            workspace,
            marks,
            options,
            id,
            done,
            history,
            folder,
            new Attempts(cancellation, clock),
            listener);
  }

  /** Tells what was found out about files when the run was planned; it is not found out again. */
  public void know(List<LoadPlan> loads) {
    nodes.know(
        loads.stream().collect(Collectors.toMap(plan -> plan.load().name(), Function.identity())));
  }

  /** Has everything stopped that is under way; {@link #run} returns soon. */
  public void cancel() {
    cancellation.cancel();
  }

  /** Returns when all that can be done is done. */
  public RunResult run() {
    Set<String> chosen = options.selection().of(graph);
    Map<String, GraphNode> waiting = new LinkedHashMap<>();
    for (GraphNode node : graph.order()) {
      if (chosen.contains(node.name())) {
        waiting.put(node.name(), node);
      }
    }
    listener.began(List.copyOf(waiting.keySet()));
    ExecutorService workers =
        Executors.newFixedThreadPool(
            flow.run().parallel(), Thread.ofPlatform().name("leat-step-", 1).factory());
    try {
      schedule(waiting, chosen, workers);
      return new RunResult(results);
    } finally {
      workers.shutdownNow();
      clock.shutdownNow();
    }
  }

  private synchronized void schedule(
      Map<String, GraphNode> waiting, Set<String> chosen, ExecutorService workers) {
    int running = 0;
    while (true) {
      boolean moved = false;
      for (GraphNode node : List.copyOf(waiting.values())) {
        Readiness readiness = readiness(node, chosen);
        if (readiness == Readiness.NEVER) {
          waiting.remove(node.name());
          skip(node);
          moved = true;
        } else if (readiness == Readiness.NOW && running < flow.run().parallel()) {
          waiting.remove(node.name());
          pool(node).ifPresent(pool -> poolsInUse.merge(pool, 1L, Long::sum));
          workers.execute(() -> work(node));
          running++;
          moved = true;
        }
      }
      if (moved) {
        continue;
      }
      if (running == 0) {
        return;
      }
      int before = finished;
      try {
        while (finished == before) {
          wait();
        }
      } catch (InterruptedException e) {
        cancel();
        Thread.currentThread().interrupt();
        return;
      }
      running -= finished - before;
    }
  }

  private int finished;

  private enum Readiness {
    NOW,
    LATER,
    NEVER
  }

  private Readiness readiness(GraphNode node, Set<String> chosen) {
    if (cancellation.isCancelled()) {
      return Readiness.NEVER;
    }
    Readiness readiness = Readiness.NOW;
    for (String before : graph.upstream(node.name())) {
      StepState state = states.get(before);
      if (state == null) {
        readiness = chosen.contains(before) ? Readiness.LATER : readiness;
      } else if (!state.allowsNext()) {
        return Readiness.NEVER;
      }
    }
    return readiness == Readiness.NOW && !hasRoom(node) ? Readiness.LATER : readiness;
  }

  private boolean hasRoom(GraphNode node) {
    return pool(node)
        .map(
            pool ->
                poolsInUse.getOrDefault(pool, 0L)
                    < flow.run().pools().getOrDefault(pool, Long.MAX_VALUE))
        .orElse(true);
  }

  private static java.util.Optional<String> pool(GraphNode node) {
    return switch (node) {
      case GraphNode.Step(StepModel step) -> step.pool();
      case GraphNode.Load(LoadModel load) -> load.pool();
      case GraphNode.Checks _, GraphNode.Publish _ -> java.util.Optional.empty();
    };
  }

  private void skip(GraphNode node) {
    StepState state = cancellation.isCancelled() ? StepState.CANCELLED : StepState.SKIPPED;
    StepResult result = nodes.without(node, state);
    states.put(node.name(), state);
    results.add(result);
    listener.ended(result);
    listener.finished(node.name(), state);
  }

  private void work(GraphNode node) {
    StepState state = StepState.FAILED;
    try {
      NodeRunner.Ended ended = nodes.run(node);
      state = ended.state();
      synchronized (this) {
        results.addAll(ended.results());
      }
    } finally {
      synchronized (this) {
        states.put(node.name(), state);
        pool(node).ifPresent(pool -> poolsInUse.merge(pool, -1L, Long::sum));
        finished++;
        notifyAll();
      }
      listener.finished(node.name(), state);
    }
  }
}
