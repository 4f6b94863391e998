package dev.leat.flow.report;

import dev.leat.flow.report.RunShape.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nodes in layers, each behind all that it needs, and edges from one layer to the next: an edge
 * over several layers goes by points of its own in those between.
 */
final class Layering {
  /** By node, points of edges behind the real nodes. */
  private final List<Integer> layers = new ArrayList<>();

  /** From each layer to the next. */
  private final List<Edge> steps = new ArrayList<>();

  /** For each edge the nodes and points that it goes by. */
  private final List<List<Integer>> routes = new ArrayList<>();

  private final int real;
  private int count;

  /**
   * @param nodes how many there are
   * @param edges those that would close a circle are left out of account
   */
  Layering(int nodes, List<Edge> edges) {
    this.real = nodes;
    int[] layer = new int[nodes];
    Arrays.fill(layer, -1);
    boolean[] open = new boolean[nodes];
    for (int i = 0; i < nodes; i++) {
      depth(i, edges, layer, open);
    }
    nearer(edges, layer);
    for (int each : layer) {
      layers.add(each);
      count = Math.max(count, each + 1);
    }
    for (Edge edge : edges) {
      route(edge);
    }
  }

  private static int depth(int node, List<Edge> edges, int[] layer, boolean[] open) {
    if (layer[node] >= 0 || open[node]) {
      return layer[node];
    }
    open[node] = true;
    int depth = 0;
    for (Edge edge : edges) {
      if (edge.to() == node) {
        depth = Math.max(depth, depth(edge.from(), edges, layer, open) + 1);
      }
    }
    open[node] = false;
    layer[node] = depth;
    return depth;
  }

  /** What needs nothing stands just before the first that needs it. */
  private static void nearer(List<Edge> edges, int[] layer) {
    for (int node = 0; node < layer.length; node++) {
      int first = Integer.MAX_VALUE;
      boolean begins = true;
      for (Edge edge : edges) {
        if (edge.to() == node) {
          begins = false;
        }
        if (edge.from() == node) {
          first = Math.min(first, layer[edge.to()]);
        }
      }
      if (begins && first != Integer.MAX_VALUE) {
        layer[node] = Math.max(0, first - 1);
      }
    }
  }

  private void route(Edge edge) {
    List<Integer> route = new ArrayList<>();
    routes.add(route);
    int last = edge.from();
    route.add(last);
    for (int layer = layers.get(edge.from()) + 1; layer < layers.get(edge.to()); layer++) {
      int point = layers.size();
      layers.add(layer);
      steps.add(new Edge(last, point));
      route.add(point);
      last = point;
    }
    if (layers.get(edge.from()) < layers.get(edge.to())) {
      steps.add(new Edge(last, edge.to()));
    }
    route.add(edge.to());
  }

  /** How many layers there are. */
  int count() {
    return count;
  }

  /** How many nodes and points there are. */
  int size() {
    return layers.size();
  }

  int layer(int node) {
    return layers.get(node);
  }

  /** Whether it is no node, but a point that an edge goes by. */
  boolean isPoint(int node) {
    return node >= real;
  }

  List<Edge> steps() {
    return steps;
  }

  List<Integer> route(int edge) {
    return routes.get(edge);
  }
}
