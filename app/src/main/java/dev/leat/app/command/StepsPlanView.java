package dev.leat.app.command;

import dev.leat.app.output.Numbers;
import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.graph.FlowGraph;
import dev.leat.flow.graph.GraphNode;
import dev.leat.flow.load.LoadPlan;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.plan.RowChanges;
import dev.leat.flow.plan.Status;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.sql.StandardWrites;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run of steps would do, for people and for programs. */
final class StepsPlanView {
  private static final int SHOWN_FILES = 10;

  private final StepsPlan steps;
  private final String file;

  StepsPlanView(StepsPlan steps, String file) {
    this.steps = steps;
    this.file = file;
  }

  List<String> lines(int width, boolean color) {
    List<String> lines = new ArrayList<>();
    lines.add(Style.BOLD.of("steps", color));
    lines.add("");
    TextTable table = new TextTable(List.of("STEP", "DATASET", "AFTER", "ENGINE", "WRITE", "PLAN"));
    FlowGraph graph = steps.plan().graph();
    for (LoadPlan load : steps.plan().loads()) {
      table.row(
          load.load().node(),
          load.table().toString(),
          String.join(", ", graph.upstream(load.load().node())),
          load.engine(),
          "append",
          load.files().isEmpty()
              ? load.before().isEmpty() ? "new" : "no new files"
              : Numbers.count(load.files().size(), "file") + ", " + Numbers.bytes(load.bytes()));
    }
    for (NodePlan node : steps.plan().nodes()) {
      table.row(
          node.step().name() + (node.unit().isWhole() ? "" : " " + node.unit().name()),
          node.table().toString(),
          String.join(", ", graph.upstream(node.step().name())),
          node.engine(),
          node.write().mode(),
          words(node));
    }
    for (String other : steps.plan().others()) {
      table.row(
          other,
          graph.node(other).map(GraphNode::datasets).orElse(List.of()).stream()
              .map(Object::toString)
              .collect(Collectors.joining(", ")),
          String.join(", ", graph.upstream(other)),
          "",
          "",
          "run");
    }
    lines.addAll(table.lines(width, color));
    steps.plan().loads().forEach(load -> details(load, lines, color));
    for (NodePlan node : steps.plan().nodes()) {
      if (node.status() != Status.UP_TO_DATE) {
        details(node, lines, color);
      }
    }
    lines.add("");
    lines.add(
        steps.plan().changes()
            ? "nothing was changed; next: leat run " + file
            : "everything is up to date");
    return lines;
  }

  private static String words(NodePlan node) {
    boolean altered = !changes(node).isEmpty();
    return node.status().words() + (altered ? ", table altered" : "");
  }

  private static String words(RowChanges rows) {
    return rows.added() + rows.removed() + rows.changed() == 0
        ? "made anew it would have the rows it has"
        : "made anew it would differ by %s new, %s changed and %s removed rows"
            .formatted(
                Numbers.count(rows.added()),
                Numbers.count(rows.changed()),
                Numbers.count(rows.removed()));
  }

  private static List<ColumnChange> changes(NodePlan node) {
    return node.before().isEmpty()
            || node.columns().isEmpty()
            || node.write() instanceof Write.Replace
        ? List.of()
        : StandardWrites.changes(node.publication(node.staging(), node.columns()));
  }

  private static void details(LoadPlan load, List<String> lines, boolean color) {
    if (load.files().isEmpty() && load.expired().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(Style.BOLD.of(load.load().node() + " → " + load.table(), color));
    load.notes().forEach(note -> lines.add("  " + note));
    load.files().stream()
        .limit(SHOWN_FILES)
        .forEach(
            file ->
                lines.add(
                    "  "
                        + (file.again() ? "again " : "load ")
                        + file.file().name()
                        + " ("
                        + Numbers.bytes(file.file().size())
                        + ")"));
    if (load.files().size() > SHOWN_FILES) {
      lines.add("  and " + Numbers.count(load.files().size() - SHOWN_FILES, "more file"));
    }
    if (load.before().isEmpty()) {
      lines.add(
          "  columns: "
              + load.columns().stream()
                  .map(column -> column.name() + " " + ColumnTypeNames.of(column.type()))
                  .collect(Collectors.joining(", ")));
    }
    load.expired().stream()
        .limit(SHOWN_FILES)
        .forEach(file -> lines.add("  remove " + file + ", for its age"));
  }

  private static Map<String, Object> json(LoadPlan load) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("source", load.load().name());
    one.put("dataset", load.load().into().toString());
    one.put("table", load.table().toString());
    one.put("engine", load.engine());
    one.put("files", load.files().stream().map(file -> file.file().name()).toList());
    one.put("bytes", load.bytes());
    one.put("loaded", load.loaded().size());
    one.put("columns", load.columns().stream().map(StepsPlanView::json).toList());
    one.put("expired", load.expired());
    one.put("notes", load.notes());
    return one;
  }

  private void details(NodePlan node, List<String> lines, boolean color) {
    lines.add("");
    lines.add(Style.BOLD.of(node.step().name() + " → " + node.table(), color));
    node.notes().forEach(note -> lines.add("  " + note));
    RowChanges rows = steps.rows().get(node);
    if (rows != null) {
      lines.add("  " + words(rows));
    }
    changes(node).forEach(change -> lines.add("  " + change.describe()));
    node.query()
        .ifPresentOrElse(
            query ->
                query.sql().lines().forEach(line -> lines.add("  " + Style.DIM.of(line, color))),
            () ->
                lines.add(
                    node.relation().isPresent()
                        ? "  typed when what it reads is there"
                        : "  runs a command"));
    steps
        .statements()
        .getOrDefault(node, List.of())
        .forEach(statement -> lines.add("  " + Style.DIM.of("; " + statement, color)));
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("changes_steps", steps.plan().changes());
    json.put("loads", steps.plan().loads().stream().map(StepsPlanView::json).toList());
    List<Map<String, Object>> list = new ArrayList<>();
    FlowGraph graph = steps.plan().graph();
    for (NodePlan node : steps.plan().nodes()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("step", node.step().name());
      one.put("dataset", node.node().name().toString());
      one.put("table", node.table().toString());
      one.put("unit", node.unit().name());
      one.put("engine", node.engine());
      one.put("status", node.status().name().toLowerCase(Locale.ROOT));
      one.put("write", node.write().mode());
      one.put("after", List.copyOf(graph.upstream(node.step().name())));
      one.put("inputs", node.inputs().stream().map(Object::toString).toList());
      one.put("columns", node.columns().stream().map(StepsPlanView::json).toList());
      one.put("alterations", changes(node).stream().map(ColumnChange::describe).toList());
      node.query()
          .ifPresent(
              query -> {
                one.put("sql", query.sql());
                Map<String, List<String>> lineage = new LinkedHashMap<>();
                query
                    .lineage()
                    .columns()
                    .forEach(
                        (column, origins) ->
                            lineage.put(column, origins.stream().map(Object::toString).toList()));
                one.put("lineage", lineage);
              });
      RowChanges rows = steps.rows().get(node);
      if (rows != null) {
        one.put(
            "rows",
            new TreeMap<>(
                Map.of("new", rows.added(), "changed", rows.changed(), "removed", rows.removed())));
      }
      one.put("statements", steps.statements().getOrDefault(node, List.of()));
      one.put("notes", node.notes());
      list.add(one);
    }
    json.put("steps", list);
    json.put("others", steps.plan().others());
    return json;
  }

  private static Map<String, Object> json(Column column) {
    return Map.of(
        "name", column.name(), "type", column.type().toString(), "nullable", column.nullable());
  }
}
