package dev.leat.flow.report;

import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.check.FailedRows;
import dev.leat.flow.repository.CheckRecord;
import dev.leat.flow.repository.StepRecord;
import java.util.Comparator;
import java.util.List;

/** What the checks of a run found, those that failed first. */
final class ChecksSection {
  private ChecksSection() {}

  /** A check with the step or the unit whose dataset it looked at. */
  private record Found(StepRecord part, CheckRecord check) {
    int rank() {
      return check.passed() ? 2 : check.severity() == Severity.ERROR ? 0 : 1;
    }
  }

  /**
   * @param flow what the command line calls the flow
   */
  static Html write(List<RunNode> nodes, String flow) {
    List<Found> all =
        nodes.stream()
            .flatMap(node -> node.parts().stream())
            .flatMap(part -> part.checks().stream().map(check -> new Found(part, check)))
            .sorted(Comparator.comparingInt(Found::rank))
            .toList();
    Html html = new Html();
    if (all.isEmpty()) {
      return html.put("<p class=\"dim\">No checks ran.</p>\n");
    }
    html.put(
        "<table class=\"checks\"><thead><tr><th>Result</th><th>Check</th><th class=\"wide\">If it fails</th>"
            + "<th class=\"number\">Rows that fail</th></tr></thead><tbody>\n");
    all.forEach(found -> row(html, found, flow));
    return html.put("</tbody></table>\n");
  }

  private static void row(Html html, Found found, String flow) {
    CheckRecord check = found.check();
    boolean error = check.severity() == Severity.ERROR;
    html.put(
        "<tr><td><span class=\"badge {}\"><b>{}</b> {}</span></td>"
            + "<td><span class=\"title\">{}</span> <span class=\"dim\">of {}{}</span>",
        check.passed() ? "s-done" : error ? "s-failed" : "s-warning",
        check.passed() ? "✓" : error ? "✕" : "!",
        check.passed() ? "passed" : error ? "failed" : "warning",
        check.name(),
        found.part().dataset() == null ? found.part().step() : found.part().dataset(),
        found.part().unit().isEmpty() ? "" : " " + found.part().unit());
    if (!check.message().isEmpty()) {
      html.put("<div class=\"message\">{}</div>", check.message());
    }
    if (check.sample() != null) {
      html.put(
          "<div class=\"sample\"><span class=\"dim\">rows that fail</span> <code>{}</code></div>",
          FailedRows.command(check.sample(), flow));
    }
    html.put(
        "</td><td class=\"wide nowrap\">{}</td><td class=\"number\">{}</td></tr>\n",
        error ? "not published" : "told",
        figures(check));
  }

  private static String figures(CheckRecord check) {
    if (check.total() == 0) {
      return check.failures() == 0 ? "" : Amounts.count(check.failures());
    }
    String of = " of " + Amounts.count(check.total());
    return check.failures() == 0
        ? "0" + of
        : Amounts.count(check.failures())
            + of
            + ", "
            + Amounts.share(check.failures(), check.total());
  }
}
