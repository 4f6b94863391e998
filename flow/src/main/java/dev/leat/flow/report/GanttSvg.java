package dev.leat.flow.report;

import dev.leat.flow.repository.AttemptRecord;
import dev.leat.flow.repository.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When each step of a run waited, was tried and was done: a lane for each. */
final class GanttSvg {
  private static final double WIDTH = 1240;
  private static final double LANE = 30;
  private static final double BAR = 16;
  private static final double TOP = 30;
  private static final double LETTER = 7.3;
  private static final double SMALL_LETTER = 6.7;

  /** A bar that is shorter cannot be seen. */
  private static final double SHORTEST = 3;

  private final RunShape shape;
  private final List<RunNode> nodes;
  private final Instant begin;
  private final Instant end;
  private final TimeAxis axis;
  private final Html html = new Html();

  private GanttSvg(RunShape shape, Instant begin, Instant end) {
    this.shape = shape;
    this.nodes = shape.steps();
    this.begin = begin;
    this.end = end;
    double left =
        20
            + LETTER
                * nodes.stream()
                    .mapToInt(n -> DagSvg.cells(DagSvg.shorten(n.name())))
                    .max()
                    .orElse(0);
    this.axis = TimeAxis.of(begin, end, left, WIDTH - left - 64);
  }

  /**
   * @param end of the run, or the last moment of it that is known
   */
  static Html draw(RunShape shape, Instant begin, Instant end) {
    return new GanttSvg(shape, begin, end).draw();
  }

  private Html draw() {
    double height = TOP + nodes.size() * LANE + 8;
    html.put(
        "<svg class=\"gantt\" role=\"img\" aria-label=\"When each step was done\""
            + " viewBox=\"0 0 {} {}\">\n",
        WIDTH,
        height);
    for (int i = 0; i < nodes.size(); i += 2) {
      html.put(
          "<rect class=\"stripe\" x=\"0\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
          TOP + i * LANE,
          WIDTH,
          LANE);
    }
    for (long tick : axis.ticks()) {
      html.put(
          "<line class=\"tick\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>"
              + "<text class=\"time\" x=\"{}\" y=\"{}\">{}</text>\n",
          axis.x(tick),
          TOP - 6,
          axis.x(tick),
          height - 8,
          axis.x(tick),
          TOP - 12,
          tick == 0 ? "0" : Amounts.duration(Duration.ofMillis(tick)));
    }
    for (int i = 0; i < nodes.size(); i++) {
      lane(nodes.get(i), TOP + i * LANE);
    }
    return html.put("</svg>\n");
  }

  private void lane(RunNode node, double top) {
    double middle = top + LANE / 2;
    html.put(
        "<a href=\"#{}\"><text class=\"lane\" x=\"8\" y=\"{}\">{}</text></a>\n",
        node.id(),
        middle + 4,
        DagSvg.shorten(node.name()));
    Optional<Instant> started =
        node.parts().stream().anyMatch(part -> part.attempts() > 0)
            ? node.started()
            : Optional.empty();
    if (started.isEmpty()) {
      mark(node, middle);
      return;
    }
    Instant ready =
        shape.before(node).stream()
            .flatMap(before -> before.ended().stream())
            .max(Instant::compareTo)
            .orElse(begin);
    boolean waited = axis.x(started.get()) - axis.x(ready) > 4;
    if (waited) {
      span("wait", "waited for its turn", ready, started.get(), middle);
    }
    Instant last = started.get();
    for (StepRecord part : node.parts()) {
      part(node, part, top + (LANE - BAR) / 2, middle);
      last = later(last, end(part));
    }
    label(node, waited ? ready : started.get(), started.get(), last, middle);
  }

  /** What was not begun: the moment when that was known. */
  private void mark(RunNode node, double middle) {
    double x = axis.x(node.ended().orElse(end));
    String words = node.look().words();
    boolean left = x + 16 + words.length() * SMALL_LETTER > WIDTH;
    html.put(
        "<g class=\"{}\"><title>{}</title><circle class=\"mark\" cx=\"{}\" cy=\"{}\" r=\"4.5\"/>"
            + "<text class=\"figure{}\" x=\"{}\" y=\"{}\">{}</text></g>\n",
        node.look().style(),
        node.name() + ": " + words,
        x,
        middle,
        left ? " left" : "",
        left ? x - 12 : x + 12,
        middle + 4,
        words);
  }

  private void part(RunNode node, StepRecord part, double top, double middle) {
    Instant from = part.startedAt();
    if (from == null) {
      return;
    }
    Look look = Look.of(part.state(), node.look() == Look.INTERRUPTED);
    String name = part.unit().isEmpty() ? node.name() : node.name() + " " + part.unit();
    for (int i = 0; i < part.tries().size() - 1; i++) {
      AttemptRecord attempt = part.tries().get(i);
      Instant failed = attempt.endedAt() == null ? attempt.startedAt() : attempt.endedAt();
      Instant again = part.tries().get(i + 1).startedAt();
      String why = attempt.error() == null ? "" : ": " + attempt.error().message();
      bar(
          "bar retried",
          name + ", attempt " + (i + 1) + " failed" + why,
          attempt.startedAt(),
          failed,
          top);
      span("pause", "waited before attempt " + (i + 2), failed, again, middle);
      from = again;
    }
    String what = name + ": " + look.words() + " in " + time(from, end(part));
    bar("bar " + look.style(), what, from, end(part), top);
  }

  private void bar(String style, String title, Instant from, Instant to, double top) {
    double width = Math.max(SHORTEST, axis.x(to) - axis.x(from) - 1);
    html.put(
        "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\">"
            + "<title>{}</title></rect>\n",
        style,
        axis.x(from),
        top,
        width,
        BAR,
        title);
  }

  private void span(String style, String title, Instant from, Instant to, double middle) {
    html.put(
        "<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"><title>{}</title></line>\n",
        style,
        axis.x(from),
        middle,
        axis.x(to),
        middle,
        title + " " + time(from, to));
  }

  /**
   * @param drawn from where there is something in the lane
   */
  private void label(RunNode node, Instant drawn, Instant from, Instant to, double middle) {
    StringBuilder words = new StringBuilder();
    if (node.look() != Look.DONE) {
      words.append(node.look().words()).append(", ");
    }
    words.append(time(from, to));
    if (node.parts().size() > 1) {
      words.append(" · ").append(node.parts().size()).append(" parts");
    }
    if (node.retries() > 0) {
      words.append(" · ").append(Amounts.count(node.retries() + 1L, "attempt"));
    }
    double room = words.length() * SMALL_LETTER + 8;
    double right = Math.max(axis.x(to), axis.x(from) + SHORTEST) + 8;
    String style = "figure";
    double x = right;
    if (right + room > WIDTH) {
      boolean fits = axis.x(drawn) - room > axis.left();
      style = fits ? "figure left" : "figure left over";
      x = fits ? axis.x(drawn) - 8 : axis.x(to) - 8;
    }
    html.put("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", style, x, middle + 4, words);
  }

  private Instant end(StepRecord part) {
    Instant ended = part.endedAt();
    return ended == null ? end : ended;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static String time(Instant from, Instant to) {
    return Amounts.duration(Duration.between(from, to));
  }
}
