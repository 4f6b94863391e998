package dev.leat.flow.plan;

import dev.leat.flow.graph.FlowGraph;
import dev.leat.spi.error.LeatException;
import java.util.List;

/**
 * What a run would do. Nothing was changed to find out.
 *
 * @param graph all nodes of the flow
 * @param nodes what would be done with the steps that are chosen, in order
 * @param others checks and publishes that would be done, by the graph's names
 * @param problems what a run would refuse, with the fact {@code step} or {@code check}
 */
public record FlowPlan(
    FlowGraph graph, List<NodePlan> nodes, List<String> others, List<LeatException> problems) {
  public FlowPlan {
    nodes = List.copyOf(nodes);
    others = List.copyOf(others);
    problems = List.copyOf(problems);
  }

  /** Whether a run would change anything. */
  public boolean changes() {
    return !others.isEmpty() || nodes.stream().anyMatch(node -> node.status() != Status.UP_TO_DATE);
  }
}
