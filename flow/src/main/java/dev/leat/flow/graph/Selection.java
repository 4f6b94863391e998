package dev.leat.flow.graph;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which nodes of a graph are meant: names of steps or datasets, {@code *} for any characters, a
 * {@code +} in front for all that it depends on, behind for all that depends on it.
 *
 * @param select what is meant; empty for everything
 * @param exclude what is not meant after all
 */
public record Selection(List<String> select, List<String> exclude) {
  public static final Selection ALL = new Selection(List.of(), List.of());
  private static final ErrorCode NOTHING =
      new ErrorCode("FLOW_SELECTS_NOTHING", ErrorCategory.CONFIG);

  public Selection {
    select = List.copyOf(select);
    exclude = List.copyOf(exclude);
  }

  /**
   * The names of the nodes, in the graph's order.
   *
   * @throws LeatException category CONFIG if a word means none
   */
  public Set<String> of(FlowGraph graph) {
    Set<String> chosen = new LinkedHashSet<>();
    if (select.isEmpty()) {
      graph.order().forEach(node -> chosen.add(node.name()));
    }
    select.forEach(word -> chosen.addAll(meant(word, graph)));
    exclude.forEach(word -> chosen.removeAll(meant(word, graph)));
    Set<String> ordered = new LinkedHashSet<>();
    for (GraphNode node : graph.order()) {
      if (chosen.contains(node.name())) {
        ordered.add(node.name());
      }
    }
    return ordered;
  }

  private static Set<String> meant(String word, FlowGraph graph) {
    boolean before = word.startsWith("+");
    boolean after = word.endsWith("+");
    String name =
        word.substring(before ? 1 : 0, word.length() - (after && word.length() > 1 ? 1 : 0));
    Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
    List<String> found = new ArrayList<>();
    for (GraphNode node : graph.order()) {
      if (pattern.matcher(node.name()).matches()
          || node.datasets().stream().anyMatch(d -> pattern.matcher(d.toString()).matches())) {
        found.add(node.name());
      }
    }
    if (found.isEmpty()) {
      throw new LeatException(
          NOTHING,
          "no step or dataset of the flow is called " + name,
          "choose among "
              + String.join(", ", graph.order().stream().map(GraphNode::name).toList()));
    }
    Set<String> meant = new LinkedHashSet<>(found);
    if (before) {
      meant.addAll(reach(found, graph::upstream));
    }
    if (after) {
      meant.addAll(reach(found, graph::downstream));
    }
    return meant;
  }

  private static Set<String> reach(Collection<String> from, Function<String, Set<String>> next) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      for (String node : next.apply(open.removeFirst())) {
        if (reached.add(node)) {
          open.addLast(node);
        }
      }
    }
    return reached;
  }
}
