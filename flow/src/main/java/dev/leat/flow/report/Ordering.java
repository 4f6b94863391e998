package dev.leat.flow.report;

import dev.leat.flow.report.RunShape.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The order of the nodes in each layer, so that few edges cross: each near those it goes with. */
final class Ordering {
  private static final int SWEEPS = 24;

  private final Layering layering;
  private final List<List<Integer>> before = new ArrayList<>();
  private final List<List<Integer>> after = new ArrayList<>();

  private Ordering(Layering layering) {
    this.layering = layering;
    for (int i = 0; i < layering.size(); i++) {
      before.add(new ArrayList<>());
      after.add(new ArrayList<>());
    }
    for (Edge edge : layering.steps()) {
      after.get(edge.from()).add(edge.to());
      before.get(edge.to()).add(edge.from());
    }
  }

  /** Nodes and points by layer. */
  static List<List<Integer>> of(Layering layering) {
    return new Ordering(layering).best();
  }

  private List<List<Integer>> best() {
    List<List<Integer>> order = new ArrayList<>();
    for (int i = 0; i < layering.count(); i++) {
      order.add(new ArrayList<>());
    }
    for (int i = 0; i < layering.size(); i++) {
      order.get(layering.layer(i)).add(i);
    }
    List<List<Integer>> best = copy(order);
    long fewest = crossings(order);
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean forward = sweep % 2 == 0;
      for (int i = 1; i < order.size(); i++) {
        int layer = forward ? i : order.size() - 1 - i;
        sort(order.get(layer), forward ? before : after, places(order));
      }
      long now = crossings(order);
      if (now < fewest) {
        fewest = now;
        best = copy(order);
      }
    }
    return best;
  }

  private static void sort(List<Integer> layer, List<List<Integer>> neighbours, double[] places) {
    double[] wanted = new double[places.length];
    for (int node : layer) {
      wanted[node] =
          neighbours.get(node).stream()
              .mapToDouble(other -> places[other])
              .average()
              .orElse(places[node]);
    }
    layer.sort(Comparator.comparingDouble(node -> wanted[node]));
  }

  /** Where each is in its layer, from 0 to 1, so that layers of different sizes compare. */
  private double[] places(List<List<Integer>> order) {
    double[] places = new double[layering.size()];
    for (List<Integer> layer : order) {
      for (int i = 0; i < layer.size(); i++) {
        places[layer.get(i)] = (i + 0.5) / layer.size();
      }
    }
    return places;
  }

  private long crossings(List<List<Integer>> order) {
    double[] places = places(order);
    long crossings = 0;
    for (List<Integer> layer : order) {
      List<double[]> edges = new ArrayList<>();
      for (int node : layer) {
        after.get(node).forEach(to -> edges.add(new double[] {places[node], places[to]}));
      }
      edges.sort(Comparator.<double[]>comparingDouble(e -> e[0]).thenComparingDouble(e -> e[1]));
      double[] ends = edges.stream().mapToDouble(edge -> edge[1]).toArray();
      crossings += inversions(ends);
    }
    return crossings;
  }

  /** Pairs out of order, by merging. */
  private static long inversions(double[] values) {
    if (values.length < 2) {
      return 0;
    }
    double[] left = Arrays.copyOfRange(values, 0, values.length / 2);
    double[] right = Arrays.copyOfRange(values, values.length / 2, values.length);
    long count = inversions(left) + inversions(right);
    int l = 0;
    int r = 0;
    for (int i = 0; i < values.length; i++) {
      if (r == right.length || (l < left.length && left[l] <= right[r])) {
        values[i] = left[l++];
      } else {
        count += left.length - l;
        values[i] = right[r++];
      }
    }
    return count;
  }

  private static List<List<Integer>> copy(List<List<Integer>> order) {
    List<List<Integer>> copy = new ArrayList<>();
    order.forEach(layer -> copy.add(new ArrayList<>(layer)));
    return copy;
  }
}
