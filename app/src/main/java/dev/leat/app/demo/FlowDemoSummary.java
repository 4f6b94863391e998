package dev.leat.app.demo;

import dev.leat.app.output.Numbers;
import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import dev.leat.flow.check.CheckResult;
import dev.leat.flow.repository.StepState;
import dev.leat.flow.run.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a demo of a flow ended. */
public final class FlowDemoSummary {
  private final StepsDone first;
  private final StepsDone second;
  private final FlowFigures figures;
  private final Duration time;
  private final String file;
  private final String kept;

  /**
   * @param time of the whole demo
   * @param file the flow file as a person types it
   * @param kept address of the warehouse; empty if it was thrown away
   */
  FlowDemoSummary(
      StepsDone first,
      StepsDone second,
      FlowFigures figures,
      Duration time,
      String file,
      String kept) {
    this.first = first;
    this.second = second;
    this.figures = figures;
    this.time = time;
    this.file = file;
    this.kept = kept;
  }

  /** Whether the warehouse agrees with the source. */
  public boolean equal() {
    return figures.equal();
  }

  /** For people. */
  public List<String> lines(boolean color) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(steps(color));
    lines.add("");
    TextTable tables = new TextTable(List.of("LAYER", "TABLE", ">ROWS"));
    figures.tables().forEach(t -> tables.row(t.layer(), t.table(), Numbers.count(t.rows())));
    lines.addAll(tables.lines(0, color));
    lines.addAll(
        query("duckdb", FlowFigures.PARKED, List.of("reason", ">orders"), figures.parked(), color));
    lines.add("");
    lines.addAll(checks(color));
    lines.addAll(
        query(
            "duckdb",
            FlowFigures.HISTORY,
            List.of(">customer_sk", "name", "country", "tier", "valid_from", "valid_to"),
            figures.history(),
            color));
    lines.addAll(
        query(
            "postgres",
            FlowFigures.REVENUE,
            List.of("country", ">orders", ">revenue"),
            figures.revenue(),
            color));
    lines.add("");
    lines.add(
        Style.BOLD.of(
            "copied %s, followed %s, two runs of the flow, in %s altogether"
                .formatted(
                    Numbers.count(first.copied(), "row"),
                    Numbers.count(second.applied(), "change"),
                    Numbers.duration(time)),
            color));
    String sales =
        Numbers.count(figures.warehouse().lines(), "order line")
            + " worth "
            + figures.warehouse().amount().toPlainString();
    lines.add(
        figures.equal()
            ? Style.GREEN.of("the warehouse agrees with the source: " + sales, color)
            : Style.RED.of(
                "the warehouse has "
                    + sales
                    + ", the source "
                    + Numbers.count(figures.source().lines(), "order line")
                    + " worth "
                    + figures.source().amount().toPlainString(),
                color));
    lines.add("");
    lines.addAll(next());
    return lines;
  }

  private static List<String> query(
      String prompt, String query, List<String> titles, List<List<String>> rows, boolean color) {
    List<String> lines = new ArrayList<>(List.of(""));
    String lead = prompt + "> ";
    for (String line : query.split("\n", -1)) {
      lines.add(Style.DIM.of(lead + line, color));
      lead = " ".repeat(prompt.length() + 2);
    }
    TextTable table = new TextTable(titles);
    rows.forEach(table::row);
    lines.addAll(table.lines(0, color));
    return lines;
  }

  /** What each run did for each step. */
  private List<String> steps(boolean color) {
    TextTable table = new TextTable(List.of("STEP", "DATASET", ">FIRST RUN", ">SECOND RUN"));
    Map<String, StepResult> again = new LinkedHashMap<>();
    second.result().steps().forEach(step -> again.put(key(step), step));
    for (StepResult step : first.result().steps()) {
      StepResult next = again.get(key(step));
      table.row(step.node(), step.dataset().toString(), made(step), next == null ? "" : made(next));
    }
    return table.lines(0, color);
  }

  private static String key(StepResult step) {
    return step.node() + " " + step.dataset();
  }

  private static String made(StepResult step) {
    return step.state() == StepState.SUCCEEDED && step.rowsOut() >= 0
        ? Numbers.count(step.rowsOut(), "row")
        : step.state().words();
  }

  private List<String> checks(boolean color) {
    TextTable table = new TextTable(List.of("DATASET", "CHECK", "RESULT"));
    for (CheckResult check : checks()) {
      table.row(
          check.check().dataset().toString(),
          check.check().name(),
          check.passed() ? "passed" : check.blocks() ? "FAILED" : "warning: " + check.message());
    }
    return table.lines(0, color);
  }

  private List<CheckResult> checks() {
    return second.result().steps().stream().flatMap(step -> step.checks().stream()).toList();
  }

  private List<String> next() {
    List<String> lines = new ArrayList<>(List.of("next:"));
    lines.add("  leat sql " + file + " 'FROM silver.orders_parked LIMIT 5'    orders that wait");
    lines.add("  leat run " + file + " --env dev --full-refresh    try a change of it aside");
    lines.add("  less " + file + "    how little there is to write");
    if (!kept.isEmpty()) {
      lines.add("  psql " + kept + "    ask the warehouse");
    }
    return lines;
  }

  /** For programs. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", equal());
    json.put("milliseconds", time.toMillis());
    json.put("rows_copied", first.copied());
    json.put("changes_applied", second.applied());
    json.put("runs", List.of(run(first), run(second)));
    json.put(
        "tables",
        figures.tables().stream()
            .map(t -> Map.of("layer", t.layer(), "table", t.table(), "rows", t.rows()))
            .toList());
    json.put(
        "parked",
        figures.parked().stream()
            .map(row -> Map.of("reason", row.get(0), "rows", Long.parseLong(row.get(1))))
            .toList());
    json.put("source", sales(figures.source()));
    json.put("warehouse", sales(figures.warehouse()));
    return json;
  }

  private static Map<String, Object> sales(FlowShop.Sales sales) {
    return Map.of("order_lines", sales.lines(), "amount", sales.amount());
  }

  private static Map<String, Object> run(StepsDone run) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (StepResult step : run.result().steps()) {
      steps.add(
          Map.of(
              "step", step.node(),
              "dataset", step.dataset().toString(),
              "state", step.state().name(),
              "rows", step.rowsOut(),
              "checks_failed", step.checks().stream().filter(check -> !check.passed()).count()));
    }
    return Map.of("run", run.id(), "steps", steps);
  }
}
