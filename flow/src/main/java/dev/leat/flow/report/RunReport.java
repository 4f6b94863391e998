package dev.leat.flow.report;

import dev.leat.flow.repository.CheckRecord;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.RunRecord;
import dev.leat.flow.repository.StepRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A run as one HTML page: its graph, its times, its steps, checks and lineage. The page needs no
 * other file, no network and no script.
 */
public final class RunReport {
  private final RunHead head;
  private final RunShape shape;
  private final boolean interrupted;
  private final String flow;
  private final Instant end;
  private final Html html = new Html();

  private RunReport(RunRecord run, boolean interrupted, String flow) {
    this.head = run.head();
    this.shape = RunShape.of(run, interrupted);
    this.interrupted = interrupted;
    this.flow = flow;
    this.end = lastKnown(run);
  }

  /**
   * Writes the page.
   *
   * @param interrupted whether the run's process ended without a word
   * @param flow what the command line calls the flow
   */
  public static String html(RunRecord run, boolean interrupted, String flow) {
    return new RunReport(run, interrupted, flow).page();
  }

  private static Instant lastKnown(RunRecord run) {
    Instant ended = run.head().endedAt();
    return ended != null
        ? ended
        : run.steps().stream()
            .flatMap(step -> Stream.of(step.startedAt(), step.endedAt()))
            .filter(Objects::nonNull)
            .flatMap(Stream::ofNullable)
            .max(Instant::compareTo)
            .orElse(run.head().startedAt());
  }

  private String page() {
    html.put(
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{}</title>
        <style>
        """,
        head.flow() + " " + head.id() + ": " + look().words());
    html.put(style()).put("</style></head>\n<body><main>\n");
    head();
    if (!shape.steps().isEmpty()) {
      section("graph", "What depends on what", DagSvg.draw(shape), true);
      section("times", "When", GanttSvg.draw(shape, head.startedAt(), end), true);
      section("steps", "Steps", StepsSection.write(shape, head.startedAt(), interrupted), false);
      section("checks", "Checks", ChecksSection.write(shape.steps(), flow), false);
      section("lineage", "Where columns come from", LineageSection.write(shape.steps()), false);
    } else {
      html.put("<p class=\"dim\">No step was begun.</p>\n");
    }
    return html.put("</main></body></html>\n").toString();
  }

  private Look look() {
    return Look.of(head.state(), interrupted);
  }

  private void head() {
    html.put(
        "<header><h1>{} <span class=\"badge {}\"><b>{}</b> {}</span></h1>\n<p class=\"dim\">run"
            + " <code>{}</code>{} · begun by {} · {}</p>\n",
        head.flow(),
        look().style(),
        look().sign(),
        look().words(),
        head.id(),
        head.environment().isEmpty() ? "" : " in environment " + head.environment(),
        head.trigger(),
        Amounts.time(head.startedAt()));
    if (head.error() != null) {
      StepsSection.error(html, head.error());
    }
    html.put("<dl class=\"figures\">\n");
    Map<Look, Long> looks = new EnumMap<>(Look.class);
    shape.steps().forEach(node -> looks.merge(node.look(), 1L, Long::sum));
    figure("time", Amounts.duration(Duration.between(head.startedAt(), end)), "");
    looks.forEach((look, count) -> figure(look.words(), Amounts.count(count), look.style()));
    List<StepRecord> parts = shape.steps().stream().flatMap(n -> n.parts().stream()).toList();
    long rows =
        parts.stream().map(StepRecord::rowsOut).flatMap(Stream::ofNullable).mapToLong(r -> r).sum();
    figure("rows made", Amounts.count(rows), "");
    List<CheckRecord> checks = parts.stream().flatMap(part -> part.checks().stream()).toList();
    if (!checks.isEmpty()) {
      long passed = checks.stream().filter(CheckRecord::passed).count();
      figure("checks passed", Amounts.count(passed) + " of " + Amounts.count(checks.size()), "");
    }
    long retries = shape.steps().stream().mapToLong(RunNode::retries).sum();
    if (retries > 0) {
      figure("tried again", Amounts.count(retries), "");
    }
    html.put("</dl></header>\n");
  }

  private void figure(String name, String value, String style) {
    html.put("<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n", style, name, value);
  }

  private void section(String id, String title, Html content, boolean drawing) {
    html.put(
        "<section id=\"{}\"><h2>{}</h2>\n<div class=\"{}\">",
        id,
        title,
        drawing ? "drawing" : "rows");
    html.add(content).put("</div></section>\n");
  }

  private static String style() {
    try (InputStream css = RunReport.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
