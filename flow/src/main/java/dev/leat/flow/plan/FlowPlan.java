package dev.leat.flow.plan;

import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.load.LoadPlan;
import dev.leat.spi.error.LeatException;
import java.util.List;

/**
 * What a run would do. Nothing was changed to find out.
 *
 * @param graph all nodes of the flow
 * @param nodes what would be done with the steps that are chosen, in order
 * @param loads files that would be loaded, in order
 * @param others checks and publishes that would be done, by the graph's names
 * @param problems what a run would refuse, with the fact {@code step} or {@code check}
 */
public record FlowPlan(
    FlowGraph graph,
    List<LoadPlan> loads,
    List<NodePlan> nodes,
    List<String> others,
    List<LeatException> problems) {
  public FlowPlan {
    loads = List.copyOf(loads);
    nodes = List.copyOf(nodes);
    others = List.copyOf(others);
    problems = List.copyOf(problems);
  }

  /** Whether a run would change anything. */
  public boolean changes() {
    return !others.isEmpty()
        || loads.stream().anyMatch(LoadPlan::changes)
        || nodes.stream().anyMatch(node -> node.status() != Status.UP_TO_DATE);
  }
}
