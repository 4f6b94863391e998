package dev.leat.app.demo;

import dev.leat.app.output.Numbers;
import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a demo ended.
 *
 * @param tables what the comparison found
 * @param copied rows of the first copy
 * @param copyTime from the start of the replication to the end of the copy
 * @param changes rows that the workload changed
 * @param time of the whole demo
 * @param database the destination
 * @param kept address of the server; empty if it was thrown away
 */
public record DemoSummary(
    List<Comparison.Result> tables,
    long copied,
    Duration copyTime,
    long changes,
    Duration time,
    Path database,
    String kept) {
  private static final String QUERY =
      """
      SELECT c.country, count(DISTINCT o.id) AS orders, sum(i.quantity * i.price) AS revenue
      FROM public.orders o
      JOIN public.customers c ON c.id = o.customer_id
      JOIN public.order_items i ON i.order_id = o.id
      GROUP BY c.country ORDER BY revenue DESC LIMIT 5""";

  /** Whether source and destination are the same. */
  public boolean equal() {
    return tables.stream().allMatch(table -> table.difference().isEmpty());
  }

  /** For people. */
  public List<String> lines(boolean color) throws SQLException {
    List<String> lines = new ArrayList<>();
    lines.add("");
    TextTable table = new TextTable(List.of("TABLE", ">SOURCE ROWS", ">COPY ROWS", "RESULT"));
    for (Comparison.Result result : tables) {
      var found = result.difference();
      table.row(
          result.table(),
          Numbers.count(found.expected().rows()),
          Numbers.count(found.actual().rows()),
          found.isEmpty() ? "equal" : "DIFFERENT");
    }
    lines.addAll(table.lines(0, color));
    for (Comparison.Result result : tables) {
      if (!result.difference().isEmpty()) {
        lines.add("");
        lines.add(Style.RED.of(result.table(), color) + ": " + result.difference());
      }
    }
    lines.add("");
    lines.add(
        Style.BOLD.of(
            "copied %s in %s, followed %s through a kill, in %s altogether"
                .formatted(
                    Numbers.count(copied, "row"),
                    Numbers.duration(copyTime),
                    Numbers.count(changes, "changed row"),
                    Numbers.duration(time)),
            color));
    lines.add(
        equal()
            ? Style.GREEN.of("no difference between source and destination", color)
            : Style.RED.of("source and destination differ", color));
    lines.add("");
    lines.addAll(query(color));
    lines.add("");
    lines.add("next:");
    lines.add("  leat preview demo.toml orders    look at what arrived");
    if (kept.isEmpty()) {
      lines.add("  leat init my-shop --from postgres://USER@HOST/DATABASE");
      lines.add("                                   do the same with a database of yours");
    } else {
      lines.add("  psql " + kept + "    change something");
      lines.add("  leat run demo.toml               and see it arrive");
    }
    return lines;
  }

  private List<String> query(boolean color) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String line : QUERY.split("\n", -1)) {
      lines.add(Style.DIM.of((lines.isEmpty() ? "duckdb> " : "        ") + line, color));
    }
    TextTable table = new TextTable(List.of("country", ">orders", ">revenue"));
    try (Connection connection = Comparison.open(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        table.row(rows.getString(1), rows.getString(2), rows.getString(3));
      }
    }
    lines.addAll(table.lines(0, color));
    return lines;
  }

  /** For programs. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", equal());
    json.put("rows_copied", copied);
    json.put("copy_ms", copyTime.toMillis());
    json.put("rows_changed", changes);
    json.put("milliseconds", time.toMillis());
    json.put("database", database.toString());
    List<Map<String, Object>> list = new ArrayList<>();
    for (Comparison.Result result : tables) {
      list.add(
          Map.of(
              "table", result.table(),
              "source_rows", result.difference().expected().rows(),
              "rows", result.difference().actual().rows(),
              "equal", result.difference().isEmpty()));
    }
    json.put("tables", list);
    return json;
  }
}
