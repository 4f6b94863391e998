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
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a demo of a flow ended. */
public final class FlowDemoSummary {
  private final StepsDone first;
  private final StepsDone second;
  private final FlowFigures figures;
  private final FileSummary files;
  private final Duration time;
  private final String file;
  private final @Nullable KeptServers kept;
  private final String lake;

  /**
   * @param time of the whole demo
   * @param file the flow file as a person types it
   * @param kept what goes on; null if nothing does
   * @param lake the folder of Parquet files as a person types it
   */
  FlowDemoSummary(
      StepsDone first,
      StepsDone second,
      FlowFigures figures,
      FileSummary files,
      Duration time,
      String file,
      @Nullable KeptServers kept,
      String lake) {
    this.first = first;
    this.second = second;
    this.figures = figures;
    this.files = files;
    this.time = time;
    this.file = file;
    this.kept = kept;
    this.lake = lake;
  }

  /** Whether everything that was made agrees with what it was made of. */
  public boolean equal() {
    return problems().isEmpty();
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>(figures.problems());
    problems.addAll(files.problems());
    return problems;
  }

  /** For people. */
  public List<String> lines(boolean color) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(steps(color));
    lines.add("");
    lines.addAll(files.lines(color));
    lines.addAll(
        query(
            "duckdb",
            FileFigures.PARKED,
            List.of("file", ">line", "reason", "raw"),
            files.second().parked(),
            color));
    lines.add("");
    TextTable tables = new TextTable(List.of("LAYER", "TABLE", ">ROWS"));
    figures.tables().forEach(t -> tables.row(t.layer(), t.table(), Numbers.count(t.rows())));
    for (PublishedFigures one : figures.published()) {
      tables.row(
          "Parquet",
          "%s/gold/%s, %s".formatted(lake, one.dataset(), Numbers.count(one.parts(), "file")),
          Numbers.count(one.files().lines()));
    }
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
    lines.addAll(
        query(
            "postgres",
            FlowFigures.BALANCE,
            List.of("carrier", ">orders", ">ordered", ">paid", ">due"),
            figures.balance(),
            color));
    lines.addAll(
        query(
            "duckdb",
            FlowFigures.PAYMENTS.formatted(lake),
            List.of("paid_by", ">payments", ">amount"),
            figures.payments(),
            color));
    lines.add("");
    lines.add(
        Style.BOLD.of(
            "copied %s, followed %s, loaded %s of %s, two runs of the flow, in %s altogether"
                .formatted(
                    Numbers.count(first.copied(), "row"),
                    Numbers.count(second.applied(), "change"),
                    Numbers.count(files.second().rows(), "row"),
                    Numbers.count(files.second().files().size(), "file"),
                    Numbers.duration(time)),
            color));
    lines.addAll(verdict(color));
    lines.add("");
    lines.addAll(next());
    return lines;
  }

  private List<String> verdict(boolean color) {
    if (!equal()) {
      return problems().stream().map(problem -> Style.RED.of(problem, color)).toList();
    }
    return List.of(
        Style.GREEN.of(
            "the warehouse agrees with the source: " + figures.warehouse().words("order line"),
            color),
        Style.GREEN.of(
            "files agree with what was sent: %s, %s parked; warehouse and Parquet with each other"
                .formatted(
                    figures.paid().words("payment"),
                    Numbers.count(files.second().parkedRows(), "row")),
            color));
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
    Map<String, List<CheckResult>> datasets = new TreeMap<>();
    for (CheckResult check : checks()) {
      datasets
          .computeIfAbsent(check.check().dataset().toString(), _ -> new ArrayList<>())
          .add(check);
    }
    TextTable table = new TextTable(List.of("DATASET", ">CHECKS", "RESULT"));
    datasets.forEach(
        (dataset, results) -> {
          String failed =
              results.stream()
                  .filter(check -> !check.passed())
                  .map(check -> (check.blocks() ? "FAILED: " : "warning: ") + check.message())
                  .collect(Collectors.joining("; "));
          table.row(dataset, String.valueOf(results.size()), failed.isEmpty() ? "passed" : failed);
        });
    return table.lines(0, color);
  }

  private List<CheckResult> checks() {
    return second.result().steps().stream().flatMap(step -> step.checks().stream()).toList();
  }

  private List<String> next() {
    List<String> lines = new ArrayList<>(List.of("next:"));
    lines.add("  leat parked " + file + " --show    rows of files that wait, and how to load them");
    lines.add("  leat sql " + file + " 'FROM silver.orders_parked LIMIT 5'    orders that wait");
    lines.add("  leat runs report " + file + " --out run.html    the second run as a page");
    lines.add("  less " + file + "    how little there is to write");
    if (kept != null) {
      lines.add("  psql " + kept.warehouse() + "    ask the warehouse");
      lines.add("  ls -R " + kept.bucket() + "    what is in the raw zone");
      lines.add("  " + kept.send() + "    send it a file, such as payments_2026-07-03.csv,");
      lines.add("  leat run " + file + "    and see it loaded");
      lines.add("  leat run " + file + " --env dev --full-refresh    try a change of it aside");
      lines.add("  " + kept.stop() + "    end both servers");
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
    json.put("files", files.json());
    json.put(
        "parked_rows",
        files.second().parked().stream()
            .map(
                row ->
                    Map.of(
                        "file", row.get(0),
                        "line", Long.parseLong(row.get(1)),
                        "reason", row.get(2)))
            .toList());
    json.put(
        "published",
        figures.published().stream()
            .map(
                one ->
                    Map.of(
                        "dataset", "gold." + one.dataset(),
                        "rows", one.made().lines(),
                        "warehouse_rows", one.warehouse().lines(),
                        "parquet_rows", one.files().lines(),
                        "parquet_files", one.parts()))
            .toList());
    json.put("problems", problems());
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
