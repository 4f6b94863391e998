package dev.leat.flow.graph;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.PublishModel;
import dev.leat.flow.model.StepModel;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What depends on what in a flow: a step on those whose datasets it reads, a publish on those whose
 * datasets it writes out, and everything on the checks of what it reads.
 */
public final class FlowGraph {
  private static final ErrorCode CYCLE = new ErrorCode("FLOW_CYCLE", ErrorCategory.CONFIG);
  private static final ErrorCode NO_STEP = new ErrorCode("FLOW_NO_STEP", ErrorCategory.CONFIG);

  private final Map<String, GraphNode> nodes;
  private final Map<String, Set<String>> upstream;
  private final Map<String, Set<String>> downstream = new HashMap<>();
  private final List<GraphNode> order;

  private FlowGraph(Map<String, GraphNode> nodes, Map<String, Set<String>> upstream) {
    this.nodes = nodes;
    this.upstream = upstream;
    upstream.forEach(
        (node, before) ->
            before.forEach(
                b -> downstream.computeIfAbsent(b, name -> new LinkedHashSet<>()).add(node)));
    this.order = sorted();
  }

  /**
   * The graph of a flow.
   *
   * @param inputs the datasets that a step reads
   * @throws LeatException category CONFIG if steps depend on each other in a circle, or on one that
   *     there is not
   */
  public static FlowGraph of(FlowModel flow, Inputs inputs) {
    Map<String, GraphNode> nodes = new LinkedHashMap<>();
    Map<TableId, String> makers = new HashMap<>();
    // Not checked by the load itself, so that checks of them are nodes of their own.
    Map<TableId, String> beside = new HashMap<>();
    for (LoadModel load : flow.loads()) {
      nodes.put(load.node(), new GraphNode.Load(load));
      makers.put(load.into(), load.node());
      beside.put(load.parked(), load.node());
      beside.put(load.ledger(), load.node());
    }
    for (StepModel step : flow.steps()) {
      nodes.put(step.name(), new GraphNode.Step(step));
      step.kind().outputs(step.definition()).forEach(dataset -> makers.put(dataset, step.name()));
    }
    Map<TableId, List<CheckModel>> foreign = new LinkedHashMap<>();
    for (CheckModel check : flow.checks()) {
      if (!makers.containsKey(check.dataset())) {
        foreign.computeIfAbsent(check.dataset(), name -> new ArrayList<>()).add(check);
      }
    }
    foreign.forEach(
        (dataset, checks) -> {
          GraphNode.Checks node = new GraphNode.Checks(dataset, checks);
          nodes.put(node.name(), node);
          makers.put(dataset, node.name());
        });
    for (PublishModel publish : flow.publishes()) {
      GraphNode.Publish node = new GraphNode.Publish(publish);
      nodes.put(node.name(), node);
    }
    Map<String, Set<String>> upstream = new LinkedHashMap<>();
    for (GraphNode node : nodes.values()) {
      Set<String> before = new LinkedHashSet<>();
      List<TableId> reads =
          switch (node) {
            case GraphNode.Step(StepModel step) -> inputs.of(step);
            case GraphNode.Load(LoadModel load) -> inputs.of(load);
            case GraphNode.Checks(TableId dataset, _) -> List.of(dataset);
            case GraphNode.Publish(PublishModel publish) -> List.copyOf(publish.tables().keySet());
          };
      for (TableId dataset : reads) {
        String maker = makers.get(dataset);
        if (maker == null || maker.equals(node.name())) {
          maker = beside.get(dataset);
        }
        if (maker != null && !maker.equals(node.name())) {
          before.add(maker);
        }
      }
      if (node instanceof GraphNode.Step(StepModel step)) {
        for (String name : step.after()) {
          if (!nodes.containsKey(name)) {
            throw new LeatException(
                    NO_STEP,
                    "step " + step.name() + " comes after " + name + ", which there is not",
                    "the steps are " + String.join(", ", new TreeSet<>(nodes.keySet())))
                .with("step", step.name())
                .with("key", "after");
          }
          before.add(name);
        }
      }
      upstream.put(node.name(), before);
    }
    return new FlowGraph(nodes, upstream);
  }

  /** Tells which datasets a step reads. */
  public interface Inputs {
    List<TableId> of(StepModel step);

    /** Those that the checks of what a load makes compare with. */
    default List<TableId> of(LoadModel load) {
      return List.of();
    }
  }

  /** All nodes, each behind those it depends on, otherwise in the order of the file. */
  public List<GraphNode> order() {
    return order;
  }

  /** The nodes that a node directly depends on. */
  public Set<String> upstream(String node) {
    return upstream.getOrDefault(node, Set.of());
  }

  /** The nodes that directly depend on a node. */
  public Set<String> downstream(String node) {
    return downstream.getOrDefault(node, Set.of());
  }

  /** The node of that name. */
  public java.util.Optional<GraphNode> node(String name) {
    return java.util.Optional.ofNullable(nodes.get(name));
  }

  private List<GraphNode> sorted() {
    List<GraphNode> sorted = new ArrayList<>();
    Set<String> done = new LinkedHashSet<>();
    List<String> path = new ArrayList<>();
    for (String node : nodes.keySet()) {
      visit(node, path, done, sorted);
    }
    return List.copyOf(sorted);
  }

  private void visit(String node, List<String> path, Set<String> done, List<GraphNode> sorted) {
    if (done.contains(node)) {
      return;
    }
    int seen = path.indexOf(node);
    if (seen >= 0) {
      List<String> circle = new ArrayList<>(path.subList(seen, path.size()));
      circle.add(node);
      throw new LeatException(
              CYCLE,
              "steps depend on each other in a circle: " + String.join(" → ", circle.reversed()),
              "let one of them read another dataset")
          .with("step", node);
    }
    path.add(node);
    for (String before : upstream(node)) {
      visit(before, path, done, sorted);
    }
    path.removeLast();
    done.add(node);
    sorted.add(java.util.Objects.requireNonNull(nodes.get(node)));
  }
}
