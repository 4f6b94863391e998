package dev.leat.flow.report;

import dev.leat.flow.repository.ErrorRecord;
import dev.leat.flow.repository.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The steps of a run as a table, with what went wrong and what the engines were given. */
final class StepsSection {
  private final Instant begin;
  private final boolean interrupted;
  private final Html html = new Html();

  private StepsSection(Instant begin, boolean interrupted) {
    this.begin = begin;
    this.interrupted = interrupted;
  }

  static Html write(RunShape shape, Instant begin, boolean interrupted) {
    StepsSection section = new StepsSection(begin, interrupted);
    section.table(shape);
    return section.html;
  }

  private void table(RunShape shape) {
    html.put(
        "<table class=\"steps\"><thead><tr><th>State</th><th>Step</th>"
            + "<th class=\"number\">Rows</th><th class=\"number wide\">Attempts</th>"
            + "<th class=\"number wide\">Began after</th><th class=\"number\">Time</th></tr></thead>\n");
    for (RunNode node : shape.steps()) {
      html.put("<tbody id=\"{}\">\n", node.id());
      node.parts().forEach(this::row);
      html.put("</tbody>\n");
    }
    html.put("</table>\n");
  }

  private void row(StepRecord part) {
    Look look = Look.of(part.state(), interrupted);
    html.put(
        "<tr class=\"part\"><td><span class=\"badge {}\"><b>{}</b> <span>{}</span></span></td><td><span class=\"title\">{}</span>",
        look.style(),
        look.sign(),
        look.words(),
        part.step());
    if (!part.unit().isEmpty()) {
      html.put(" <span class=\"unit\">{}</span>", part.unit());
    }
    if (part.dataset() != null) {
      html.put(" <span class=\"dataset\">{}</span>", part.dataset());
    }
    html.put(
        "</td><td class=\"number\">{}</td><td class=\"number wide\">{}</td>"
            + "<td class=\"number wide\">{}</td><td class=\"number\">{}</td></tr>\n",
        part.rowsOut() == null ? "" : Amounts.count(part.rowsOut()),
        part.attempts() == 0 ? "" : part.attempts(),
        part.attempts() == 0 ? "" : time(begin, part.startedAt()),
        part.attempts() == 0 ? "" : time(part.startedAt(), part.endedAt()));
    if (part.error() != null || part.sql() != null) {
      html.put("<tr class=\"more\"><td colspan=\"6\">");
      if (part.error() != null) {
        error(html, part.error());
      }
      sql(part);
      html.put("</td></tr>\n");
    }
  }

  private void sql(StepRecord part) {
    String sql = part.sql();
    if (sql == null) {
      return;
    }
    html.put("<details><summary>SQL</summary>");
    if (!part.inputs().isEmpty()) {
      html.put(
          "<div class=\"dim\">reads {}</div>",
          part.inputs().stream()
              .map(input -> input.dataset().toString())
              .collect(Collectors.joining(", ")));
    }
    html.put("<pre>{}</pre></details>", sql);
  }

  /** What went wrong, and what to do about it. */
  static void error(Html html, ErrorRecord error) {
    html.put("<div class=\"error\"><code>{}</code> {}", error.code(), error.message());
    if (!error.fix().isEmpty()) {
      html.put("<div class=\"fix\"><b>fix</b> {}</div>", error.fix());
    }
    html.put("</div>");
  }

  private static String time(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? "" : Amounts.duration(Duration.between(from, to));
  }
}
