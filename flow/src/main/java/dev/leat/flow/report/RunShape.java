package dev.leat.flow.report;

import dev.leat.flow.repository.InputRecord;
import dev.leat.flow.repository.RunRecord;
import dev.leat.flow.repository.StepRecord;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What depended on what in a run.
 *
 * @param nodes its nodes as they began, then the datasets that it only read
 * @param edges from a node to one that needs it, by their places in the list
 */
record RunShape(List<RunNode> nodes, List<Edge> edges) {
  RunShape {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** From one node to another. */
  record Edge(int from, int to) {}

  static RunShape of(RunRecord run, boolean interrupted) {
    Map<String, List<StepRecord>> parts = new LinkedHashMap<>();
    run.steps().stream()
        .sorted(
            Comparator.comparing((StepRecord step) -> begin(step))
                .thenComparing(StepRecord::step)
                .thenComparing(StepRecord::unit))
        .forEach(step -> parts.computeIfAbsent(step.step(), name -> new ArrayList<>()).add(step));
    List<RunNode> nodes = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    Set<TableId> made = new HashSet<>();
    parts.forEach(
        (name, steps) -> {
          Look look =
              Look.worst(steps.stream().map(step -> Look.of(step.state(), interrupted)).toList());
          places.put(name, nodes.size());
          nodes.add(new RunNode("n" + nodes.size(), name, look, steps));
          steps.stream()
              .filter(
                  step ->
                      step.inputs().stream().noneMatch(in -> in.dataset().equals(step.dataset())))
              .flatMap(step -> java.util.stream.Stream.ofNullable(step.dataset()))
              .forEach(made::add);
        });
    Set<Edge> edges = new LinkedHashSet<>();
    Map<TableId, Integer> sources = new HashMap<>();
    for (RunNode node : List.copyOf(nodes)) {
      int to = places.getOrDefault(node.name(), 0);
      for (StepRecord step : node.parts()) {
        for (String before : step.upstream()) {
          Integer from = places.get(before);
          if (from != null) {
            edges.add(new Edge(from, to));
          }
        }
        for (InputRecord input : step.inputs()) {
          if (!made.contains(input.dataset())) {
            int from =
                sources.computeIfAbsent(
                    input.dataset(),
                    dataset -> {
                      nodes.add(
                          new RunNode(
                              "n" + nodes.size(), dataset.toString(), Look.SOURCE, List.of()));
                      return nodes.size() - 1;
                    });
            edges.add(new Edge(from, to));
          }
        }
      }
    }
    return new RunShape(nodes, List.copyOf(edges));
  }

  private static Instant begin(StepRecord step) {
    Instant started = step.startedAt();
    return started == null ? Instant.MAX : started;
  }

  /** The nodes of the run alone. */
  List<RunNode> steps() {
    return nodes.stream().filter(node -> !node.isSource()).toList();
  }

  /** The nodes that one directly needs. */
  List<RunNode> before(RunNode node) {
    int place = nodes.indexOf(node);
    return edges.stream().filter(edge -> edge.to() == place).map(e -> nodes.get(e.from())).toList();
  }
}
