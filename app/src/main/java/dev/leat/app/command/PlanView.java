package dev.leat.app.command;

import dev.leat.app.command.FlowPlan.PlannedTable;
import dev.leat.app.control.ProgressJson;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.TableError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as people and programs read it. */
final class PlanView {
  private final FlowPlan plan;
  private final String file;

  PlanView(FlowPlan plan, String file) {
    this.plan = plan;
    this.file = file;
  }

  List<String> lines(int width, boolean color) {
    List<String> lines = new ArrayList<>();
    lines.add(Style.BOLD.of(plan.flow().name(), color) + "  " + head());
    lines.add("");
    TextTable tables = new TextTable(List.of("TABLE", "DESTINATION", "PLAN", ">ROWS", ">SIZE"));
    for (PlannedTable table : plan.tables()) {
      long rows = table.source().estimatedRows();
      long bytes = table.source().estimatedBytes();
      tables.row(
          table.id().toString(),
          table.target().table().toString(),
          words(table),
          rows < 0 ? "?" : "~" + Numbers.count(rows),
          bytes < 0 ? "?" : Numbers.bytes(bytes));
    }
    tables.leaveOutIfEqual(1, 0);
    lines.addAll(tables.lines(width, color));
    for (TableId table : plan.gone()) {
      lines.add(table + " is gone at the source; what is at the destination stays");
    }
    for (PlannedTable table : plan.tables()) {
      details(table, lines, width, color);
    }
    if (!plan.atSource().isEmpty()) {
      lines.add("");
      lines.add(Style.BOLD.of("at the source", color));
      plan.atSource().forEach(statement -> lines.add("  " + statement));
    }
    irreversible(lines, color);
    lines.add("");
    lines.add(
        plan.changes()
            ? "nothing was changed; next: leat run " + file
            : "nothing to do but follow; next: leat run " + file);
    return lines;
  }

  private String head() {
    return plan.begun() ? "would go on at " + plan.position() : "would be run for the first time";
  }

  private static String words(PlannedTable table) {
    return switch (table.action()) {
      case COPY -> table.state() == null ? "copy" : "copy anew";
      case CONTINUE -> "continue the copy";
      case FOLLOW -> table.changes().isEmpty() ? "follow" : "follow, columns change";
      case LEAVE ->
          table.state() == null ? "leave" : "leave: " + ProgressJson.lower(table.state().phase());
    };
  }

  private void details(PlannedTable table, List<String> lines, int width, boolean color) {
    TableError error = table.state() == null ? null : table.state().error();
    boolean interesting =
        !table.statements().isEmpty() || !table.changes().isEmpty() || error != null;
    if (!interesting) {
      return;
    }
    lines.add("");
    lines.add(Style.BOLD.of(table.id() + " → " + table.target().table(), color));
    if (error != null) {
      lines.add("  error[" + error.code() + "]: " + error.reason());
      lines.add("  fix: " + error.advice());
    }
    table.changes().forEach(change -> lines.add("  " + change.describe()));
    if (table.statements().isEmpty()) {
      return;
    }
    TextTable columns = new TextTable(List.of("  COLUMN", "SOURCE", "DESTINATION", ""));
    for (Column column : table.target().schema().columns()) {
      columns.row(
          "  " + column.name(),
          column.sourceType(),
          plan.flow().destination().connector().typeName(column.type()),
          note(table, column));
    }
    lines.addAll(columns.lines(width, color));
    table.statements().forEach(statement -> lines.add("  " + statement));
  }

  private static String note(PlannedTable table, Column column) {
    boolean key = table.target().schema().keyColumns().contains(column);
    return key ? "key" : column.nullable() ? "" : "not null";
  }

  private void irreversible(List<String> lines, boolean color) {
    List<String> found = new ArrayList<>();
    for (PlannedTable table : plan.tables()) {
      if (table.action() == FlowPlan.Action.COPY && table.state() != null) {
        found.add(table.target().table() + " is dropped at the destination and made anew");
      }
      for (ColumnChange change : table.changes()) {
        if (change instanceof ColumnChange.Dropped(Column column)
            && table.target().mode() != WriteMode.HISTORY) {
          found.add("column " + column.name() + " of " + table.target().table() + " is dropped");
        }
      }
    }
    if (!found.isEmpty()) {
      lines.add("");
      lines.add(Style.YELLOW.of("cannot be undone", color));
      found.forEach(line -> lines.add("  " + line));
    }
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flow", plan.flow().name());
    json.put("begun", plan.begun());
    if (plan.position() != null) {
      json.put("position", plan.position().toString());
    }
    json.put("changes", plan.changes());
    json.put("tables", plan.tables().stream().map(this::table).toList());
    json.put("gone", plan.gone().stream().map(TableId::toString).toList());
    json.put("source_statements", plan.atSource());
    json.put(
        "problems", plan.check().findings().stream().map(Problem::of).map(Problem::json).toList());
    return json;
  }

  private Map<String, Object> table(PlannedTable table) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", table.id().toString());
    json.put("destination", table.target().table().toString());
    json.put("action", ProgressJson.lower(table.action()));
    json.put("mode", ProgressJson.lower(table.target().mode()));
    json.put("estimated_rows", table.source().estimatedRows());
    json.put("estimated_bytes", table.source().estimatedBytes());
    json.put("columns", table.target().schema().columns().stream().map(this::column).toList());
    json.put("key", table.target().schema().keyColumns().stream().map(Column::name).toList());
    json.put("column_changes", table.changes().stream().map(ColumnChange::describe).toList());
    json.put("statements", table.statements());
    return json;
  }

  private Map<String, Object> column(Column column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("source_type", column.sourceType());
    json.put("type", plan.flow().destination().connector().typeName(column.type()));
    json.put("nullable", column.nullable());
    return json;
  }
}
