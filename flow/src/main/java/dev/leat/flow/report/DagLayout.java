package dev.leat.flow.report;

import dev.leat.flow.report.RunShape.Edge;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the boxes of a graph are, in pixels: from left to right what depends on what, no box over
 * another or over an edge that is not its own.
 *
 * @param boxes in the order of the nodes
 * @param routes in the order of the edges: from the right side of a box, through the width of the
 *     layers between, to the left side of another
 */
record DagLayout(List<Box> boxes, List<List<Box>> routes, double width, double height) {
  static final double BOX_HEIGHT = 46;
  private static final double POINT_HEIGHT = 10;
  private static final double BETWEEN_ROWS = 16;
  private static final double BETWEEN_LAYERS = 40;
  private static final int SWEEPS = 12;

  /** A box, or the way that an edge takes through a layer, with its upper left corner. */
  record Box(double x, double y, double width, double height) {
    double middle() {
      return y + height / 2;
    }

    double right() {
      return x + width;
    }

    boolean overlaps(Box other) {
      return x < other.right()
          && other.x < right()
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  /**
   * @param widths of the boxes
   */
  static DagLayout of(List<Double> widths, List<Edge> edges) {
    Layering layering = new Layering(widths.size(), edges);
    List<List<Integer>> order = Ordering.of(layering);
    double[] middles = middles(layering, order);
    double[] lefts = new double[layering.count()];
    double[] layerWidths = new double[layering.count()];
    double x = 0;
    for (int layer = 0; layer < lefts.length; layer++) {
      lefts[layer] = x;
      for (int node : order.get(layer)) {
        layerWidths[layer] =
            Math.max(layerWidths[layer], layering.isPoint(node) ? 0 : widths.get(node));
      }
      x += layerWidths[layer] + BETWEEN_LAYERS;
    }
    List<Box> all = new ArrayList<>();
    double bottom = 0;
    for (int node = 0; node < layering.size(); node++) {
      double height = height(layering, node);
      int layer = layering.layer(node);
      double width = layerWidths[layer];
      all.add(new Box(lefts[layer], middles[node] - height / 2, width, height));
      bottom = Math.max(bottom, middles[node] + height / 2);
    }
    List<List<Box>> routes = new ArrayList<>();
    for (int edge = 0; edge < edges.size(); edge++) {
      routes.add(layering.route(edge).stream().map(all::get).toList());
    }
    return new DagLayout(
        List.copyOf(all.subList(0, widths.size())),
        routes,
        Math.max(0, x - BETWEEN_LAYERS),
        bottom);
  }

  /** Edges side by side take less room than boxes. */
  private static double gap(Layering layering, int above, int below) {
    return layering.isPoint(above) && layering.isPoint(below) ? 2 : BETWEEN_ROWS;
  }

  private static double height(Layering layering, int node) {
    return layering.isPoint(node) ? POINT_HEIGHT : BOX_HEIGHT;
  }

  /** Each as high as those that it goes with, as far as the others in its layer leave room. */
  private static double[] middles(Layering layering, List<List<Integer>> order) {
    int size = layering.size();
    double[] middles = new double[size];
    List<List<Integer>> neighbours = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      neighbours.add(new ArrayList<>());
    }
    for (Edge edge : layering.steps()) {
      neighbours.get(edge.from()).add(edge.to());
      neighbours.get(edge.to()).add(edge.from());
    }
    order.forEach(layer -> settle(layering, layer, middles, new double[size]));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < order.size(); i++) {
        List<Integer> layer = order.get(sweep % 2 == 0 ? i : order.size() - 1 - i);
        double[] wanted = new double[size];
        for (int node : layer) {
          wanted[node] =
              neighbours.get(node).stream()
                  .mapToDouble(other -> middles[other])
                  .average()
                  .orElse(middles[node]);
        }
        settle(layering, layer, middles, wanted);
      }
    }
    double top = Double.MAX_VALUE;
    for (int node = 0; node < size; node++) {
      top = Math.min(top, middles[node] - height(layering, node) / 2);
    }
    for (int node = 0; node < size; node++) {
      middles[node] -= top;
    }
    return middles;
  }

  /**
   * Puts a layer as near as can be to where its nodes want to be, in its order and without
   * overlaps: those that press against each other move together, to the mean of what they want.
   */
  private static void settle(
      Layering layering, List<Integer> layer, double[] middles, double[] wanted) {
    double[] offsets = new double[layer.size()];
    List<double[]> blocks = new ArrayList<>();
    for (int i = 0; i < layer.size(); i++) {
      if (i > 0) {
        offsets[i] =
            offsets[i - 1]
                + (height(layering, layer.get(i - 1)) + height(layering, layer.get(i))) / 2
                + gap(layering, layer.get(i - 1), layer.get(i));
      }
      double sum = wanted[layer.get(i)] - offsets[i];
      double count = 1;
      while (!blocks.isEmpty() && blocks.getLast()[0] / blocks.getLast()[1] >= sum / count) {
        double[] above = blocks.removeLast();
        sum += above[0];
        count += above[1];
      }
      blocks.add(new double[] {sum, count});
    }
    int i = 0;
    for (double[] block : blocks) {
      for (int j = 0; j < block[1]; j++, i++) {
        middles[layer.get(i)] = block[0] / block[1] + offsets[i];
      }
    }
  }
}
