package dev.leat.generate.dbt;

import dev.leat.flow.model.StepModel.NewColumns;
import dev.leat.generate.PlannedFlow;
import dev.leat.generate.PlannedNode;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The file of a model. */
final class DbtModel {
  private final PlannedFlow planned;
  private final DbtNames names;
  private final PlannedNode node;
  private final Dialect dialect;
  private final DbtText text;

  DbtModel(PlannedFlow planned, DbtNames names, PlannedNode node) {
    this.planned = planned;
    this.names = names;
    this.node = node;
    this.dialect = dialect(planned, node.dataset());
    String partition =
        node.write() instanceof Write.ReplacePartition(String column, _, _)
            ? dialect.quote(column)
            : "";
    this.text =
        new DbtText(planned.tokens(), names, dialect, node.dataset(), partition, node.previous());
  }

  static Dialect dialect(PlannedFlow planned, TableId dataset) {
    return planned.workspace().engines().connector(planned.workspace().home(dataset)).dialect();
  }

  String text() {
    return config() + dependencies() + "\n" + body();
  }

  private String config() {
    List<String> lines = new ArrayList<>();
    Write write = node.write();
    lines.add("materialized=" + Jinja.text(node.keepsRows() ? "incremental" : "table"));
    lines.add("schema=" + Jinja.text(node.dataset().schema()));
    lines.add("alias=" + Jinja.text(node.dataset().table()));
    switch (write) {
      case Write.Replace _ -> {}
      case Write.Append _ -> lines.add("incremental_strategy='append'");
      case Write.Merge(List<String> key, String deleted) -> {
        lines.add(
            "incremental_strategy=" + Jinja.text(deleted == null ? "delete+insert" : "leat_merge"));
        lines.add("unique_key=" + keys(key));
        if (deleted != null) {
          lines.add("meta={'leat_deleted': " + Jinja.text(dialect.quote(deleted)) + "}");
        }
      }
      case Write.ReplaceKeys(List<String> key) -> {
        lines.add("incremental_strategy='delete+insert'");
        lines.add("unique_key=" + keys(key));
      }
      case Write.ReplacePartition(String column, _, _) -> {
        lines.add("incremental_strategy='leat_partitions'");
        lines.add(
            "meta={'leat_partition': "
                + Jinja.text(dialect.quote(column))
                + node.step()
                    .lookback()
                    .map(lookback -> ", 'leat_days': " + lookback.toDays())
                    .orElse("")
                + "}");
      }
    }
    if (node.keepsRows()) {
      boolean marker =
          write instanceof Write.Merge(List<String> _, String deleted) && deleted != null;
      lines.add(
          "on_schema_change="
              + Jinja.text(
                  marker
                      ? "ignore"
                      : node.step().onNewColumns() == NewColumns.STOP
                          ? "fail"
                          : "append_new_columns"));
    }
    hooks(lines);
    return "{{ config(\n    " + String.join(",\n    ", lines) + "\n) }}\n";
  }

  private String keys(List<String> key) {
    return key.stream()
        .map(column -> Jinja.text(dialect.quote(column)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Remembers how far the input was read, in the transaction of the rows. */
  private void hooks(List<String> lines) {
    node.progress()
        .ifPresent(
            progress -> {
              String model = model();
              String highest = "(" + text.of(progress.highest()) + ") AS h";
              List<String> values = new ArrayList<>();
              for (int i = 0; i < progress.types().size(); i++) {
                values.add(
                    "SELECT %s, %d, CAST(h.\"_leat_%d\" AS VARCHAR) FROM %s"
                        .formatted(model, i, i, highest));
              }
              lines.add(
                  "pre_hook=" + Jinja.text("{{ leat_forget(" + model + ", [" + kept() + "]) }}"));
              lines.add(
                  "post_hook=["
                      + Jinja.text(
                          "DELETE FROM {{ leat_marks() }} WHERE model = %s AND EXISTS (SELECT 1 FROM %s)"
                              .formatted(model, highest))
                      + ",\n        "
                      + Jinja.text(
                          "INSERT INTO {{ leat_marks() }} " + String.join(" UNION ALL ", values))
                      + "]");
            });
  }

  /** The name under which progress is kept; a dataset's, without quotes and such in it. */
  private String model() {
    return "'" + names.model(node.dataset()) + "'";
  }

  /** What dbt does not see of itself, as it is read in some states only. */
  private String dependencies() {
    Set<TableId> read = new TreeSet<>(node.first().inputs());
    read.addAll(node.again().inputs());
    read.addAll(node.next().inputs());
    read.removeAll(node.previous());
    List<String> lines = new ArrayList<>();
    read.forEach(dataset -> lines.add("-- depends_on: {{ " + names.reference(dataset) + " }}\n"));
    for (PlannedNode other : planned.nodes()) {
      // Reads what it made before; that has to be there still.
      if (!other.dataset().equals(node.dataset()) && other.previous().contains(node.dataset())) {
        lines.add("-- depends_on: {{ " + names.reference(other.dataset()) + " }}\n");
      }
    }
    for (String step : node.step().after()) {
      for (PlannedNode other : planned.nodes()) {
        if (other.step().name().equals(step)) {
          lines.add("-- depends_on: {{ " + names.reference(other.dataset()) + " }}\n");
        }
      }
    }
    return String.join("", new LinkedHashSet<>(lines));
  }

  private String body() {
    String first = first();
    String again = text.of(PlannedNode.sql(node.again()));
    String next = text.of(PlannedNode.sql(node.next()));
    if (again.equals(first) && next.equals(first)) {
      return first + "\n";
    }
    StringBuilder body = new StringBuilder();
    String kept = "leat_kept([" + kept() + "])";
    if (!next.equals(again)) {
      body.append("{% if ")
          .append(kept)
          .append(" and leat_marked(")
          .append(model())
          .append(") %}\n\n");
      body.append(next).append("\n\n");
    }
    if (!again.equals(first)) {
      body.append(body.isEmpty() ? "{% if " : "{% elif ").append(kept).append(" %}\n\n");
      body.append(again).append("\n\n");
    }
    return body.append("{% else %}\n\n").append(first).append("\n\n{% endif %}\n").toString();
  }

  /** The tables that have to be there for rows to be kept. */
  private String kept() {
    Set<TableId> tables = new LinkedHashSet<>();
    if (node.keepsRows()) {
      tables.add(node.dataset());
    }
    tables.addAll(node.previous());
    return tables.stream().map(text::previous).collect(Collectors.joining(", "));
  }

  /** Without the rows that the query only has so that they are removed. */
  private String first() {
    String query = PlannedNode.sql(node.first());
    if (node.write() instanceof Write.Merge(List<String> _, String deleted) && deleted != null) {
      query =
          "SELECT "
              + node.columns().stream()
                  .map(Column::name)
                  .map(dialect::quote)
                  .collect(Collectors.joining(", "))
              + " FROM (\n"
              + query
              + "\n) AS \"_leat_rows\" WHERE NOT COALESCE("
              + dialect.quote(deleted)
              + ", FALSE)";
    }
    return text.of(query);
  }
}
