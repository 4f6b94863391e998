package dev.leat.flow.report;

import dev.leat.flow.repository.ColumnRecord;
import dev.leat.flow.repository.StepRecord;
import dev.leat.spi.schema.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For every dataset where each of its columns comes from. */
final class LineageSection {
  private static final int OPEN = 4;

  private LineageSection() {}

  static Html write(List<RunNode> nodes) {
    Map<TableId, List<ColumnRecord>> datasets = new LinkedHashMap<>();
    for (RunNode node : nodes) {
      for (StepRecord part : node.parts()) {
        if (part.dataset() != null && !part.lineage().isEmpty()) {
          datasets.putIfAbsent(part.dataset(), part.lineage());
        }
      }
    }
    Html html = new Html();
    if (datasets.isEmpty()) {
      return html.put(
          "<p class=\"dim\">No lineage was recorded: steps in an engine’s own SQL tell none.</p>\n");
    }
    List<TableId> order = List.copyOf(datasets.keySet());
    datasets.forEach(
        (dataset, columns) -> {
          html.put(
              (datasets.size() <= OPEN ? "<details open=\"\"" : "<details")
                  + " class=\"columns\" id=\"d{}\"><summary><span class=\"title\">{}</span>"
                  + " <span class=\"dim\">{}</span></summary>\n",
              order.indexOf(dataset),
              dataset,
              Amounts.count(columns.size(), "column"));
          html.put(
              "<table class=\"lineage\"><thead><tr><th>Column</th><th>comes from</th></tr></thead>"
                  + "<tbody>\n");
          columns.forEach(column -> row(html, column, order));
          html.put("</tbody></table></details>\n");
        });
    return html;
  }

  private static void row(Html html, ColumnRecord column, List<TableId> order) {
    html.put("<tr><td><code>{}</code></td><td>", column.name());
    if (column.origins().isEmpty()) {
      html.put("<span class=\"dim\">no column: a constant or a count</span>");
    }
    for (ColumnRecord.Origin origin : column.origins()) {
      int at = order.indexOf(origin.dataset());
      if (at < 0) {
        html.put("<code class=\"origin\">{}</code> ", origin);
      } else {
        html.put("<a class=\"origin\" href=\"#d{}\"><code>{}</code></a> ", at, origin);
      }
    }
    html.put("</td></tr>\n");
  }
}
