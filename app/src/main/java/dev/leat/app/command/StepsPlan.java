package dev.leat.app.command;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.plan.RowChanges;
import dev.leat.spi.kind.StepWork;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What a run of steps would do, with the statements that would publish.
 *
 * @param plan the plan
 *     <p>Nodes are told apart by what they are, not by what is in them, which is much to compare.
 * @param statements by node, those that make its rows visible
 * @param rows by node, how its rows would differ if it were made anew; only where that was counted
 */
record StepsPlan(
    dev.leat.flow.plan.FlowPlan plan,
    IdentityHashMap<NodePlan, List<String>> statements,
    IdentityHashMap<NodePlan, RowChanges> rows) {

  /**
   * @param counted how the rows of each table would change, where that was asked for
   */
  static StepsPlan of(
      dev.leat.flow.plan.FlowPlan plan,
      Engines engines,
      IdentityHashMap<NodePlan, RowChanges> counted) {
    IdentityHashMap<NodePlan, List<String>> statements = new IdentityHashMap<>();
    for (NodePlan node : plan.nodes()) {
      if (node.node().work() instanceof StepWork.Make && !node.columns().isEmpty()) {
        statements.put(
            node,
            engines
                .connector(node.engine())
                .statements(node.publication(node.staging(), node.columns())));
      }
    }
    return new StepsPlan(plan, statements, counted);
  }
}
