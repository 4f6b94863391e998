package dev.leat.flow.report;

import dev.leat.flow.report.DagLayout.Box;
import dev.leat.flow.report.RunShape.Edge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The graph of a run as a drawing; every box leads to what the page says of its step. */
final class DagSvg {
  private static final int LONGEST = 36;

  /** Of a letter in the drawing's font, which gives all the same width. */
  private static final double LETTER = 7.9;

  private static final double SMALL_LETTER = 6.9;

  /** How far a drawing is shrunk to fit; beyond that it is moved about. */
  private static final double SMALLEST = 0.74;

  private static final double PADDING = 12;
  private static final double SIGN = 20;
  private static final double MARGIN = 8;

  private DagSvg() {}

  static Html draw(RunShape shape) {
    List<String> second = shape.nodes().stream().map(DagSvg::figures).toList();
    List<Double> widths = new ArrayList<>();
    for (int i = 0; i < second.size(); i++) {
      widths.add(
          Math.max(
                  cells(shorten(shape.nodes().get(i).name())) * LETTER,
                  cells(second.get(i)) * SMALL_LETTER)
              + SIGN
              + 2 * PADDING);
    }
    DagLayout layout = DagLayout.of(widths, shape.edges());
    double width = layout.width() + 2 * MARGIN;
    double height = layout.height() + 2 * MARGIN;
    Html html =
        new Html()
            .put(
                "<svg class=\"dag\" role=\"img\" aria-label=\"What depends on what\""
                    + " viewBox=\"{} {} {} {}\" style=\"max-width:{}px;min-width:{}px\">\n",
                -MARGIN,
                -MARGIN,
                width,
                height,
                width,
                width * SMALLEST);
    for (int i = 0; i < layout.routes().size(); i++) {
      Edge edge = shape.edges().get(i);
      boolean held = shape.nodes().get(edge.to()).look() == Look.SKIPPED;
      html.put(
          "<path class=\"{}\" d=\"{}\"/>\n",
          held ? "edge held" : "edge",
          path(layout.routes().get(i)));
    }
    for (int i = 0; i < layout.boxes().size(); i++) {
      box(html, shape.nodes().get(i), second.get(i), layout.boxes().get(i), widths.get(i));
    }
    return html.put("</svg>\n");
  }

  private static void box(Html html, RunNode node, String figures, Box box, double width) {
    html.put(
        "<a href=\"#{}\"><g class=\"node {}\"><title>{}</title>"
            + "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"9\"/>",
        node.isSource() ? "graph" : node.id(),
        node.look().style(),
        node.name() + ": " + node.look().words(),
        box.x(),
        box.y(),
        Math.max(width, box.width()),
        box.height());
    html.put(
        "<text class=\"sign\" x=\"{}\" y=\"{}\">{}</text>",
        box.x() + PADDING,
        box.middle() + 5,
        node.look().sign());
    html.put(
        "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>"
            + "<text class=\"figures\" x=\"{}\" y=\"{}\">{}</text></g></a>\n",
        box.x() + PADDING + SIGN,
        box.middle() - 4,
        shorten(node.name()),
        box.x() + PADDING + SIGN,
        box.middle() + 13,
        figures);
  }

  /** Curves between the layers, straight through them. */
  private static String path(List<Box> route) {
    Html path = new Html();
    for (int i = 0; i < route.size() - 1; i++) {
      Box from = route.get(i);
      Box to = route.get(i + 1);
      double half = (to.x() - from.right()) / 2;
      path.put(i == 0 ? "M{} {}" : "L{} {}", from.right(), from.middle());
      path.put(
          "C{} {} {} {} {} {}",
          from.right() + half,
          from.middle(),
          to.x() - half,
          to.middle(),
          to.x(),
          to.middle());
    }
    return path.toString();
  }

  private static String figures(RunNode node) {
    if (node.isSource()) {
      return node.look().words();
    }
    List<String> words = new ArrayList<>();
    if (node.look() != Look.DONE) {
      words.add(node.look().words());
    }
    if (node.parts().size() > 1) {
      words.add(node.parts().size() + " parts");
    }
    if (node.look() != Look.UP_TO_DATE && node.started().isPresent() && node.ended().isPresent()) {
      boolean begun = node.parts().stream().anyMatch(part -> part.attempts() > 0);
      if (begun) {
        words.add(
            Amounts.duration(
                Duration.between(node.started().orElseThrow(), node.ended().orElseThrow())));
      }
    }
    if (node.look() == Look.DONE) {
      node.rows()
          .ifPresent(rows -> words.add(Amounts.roughly(rows) + (rows == 1 ? " row" : " rows")));
    }
    return words.isEmpty() ? node.look().words() : String.join(" · ", words);
  }

  static String shorten(String name) {
    if (name.codePointCount(0, name.length()) <= LONGEST) {
      return name;
    }
    return name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  /** How wide a text is in letters; those of East Asia take two. */
  static int cells(String text) {
    return text.codePoints().map(c -> c >= 0x1100 ? 2 : 1).sum();
  }
}
