package dev.leat.app.command;

import dev.leat.app.control.ProgressJson;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.TableProgress;
import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.StreamLag;
import dev.leat.spi.state.Activity;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.TableError;
import dev.leat.spi.state.TableState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A status as people and programs read it. */
final class StatusView {
  private final FlowStatus status;
  private final String file;
  private final Map<TableId, TableProgress> live = new HashMap<>();

  StatusView(FlowStatus status, String file) {
    this.status = status;
    this.file = file;
    ReplicationProgress progress = status.live();
    if (progress != null) {
      progress.tables().forEach(table -> live.put(table.table(), table));
    }
  }

  List<String> lines(int width, boolean color) {
    List<String> lines = new ArrayList<>();
    lines.add(Style.BOLD.of(status.flow().name(), color) + "  " + process());
    if (status.state() == null && status.tables().isEmpty()) {
      lines.add("not run yet");
      lines.add("next: leat run " + file);
      return lines;
    }
    position(lines);
    lines.add("");
    TextTable table =
        new TextTable(List.of("TABLE", "DESTINATION", "STATE", ">ROWS COPIED", ">CHANGES"));
    for (TableState state : status.tables()) {
      TableProgress now = live.get(state.table());
      table.row(
          state.table().toString(),
          state.destination().toString(),
          ProgressJson.lower(now == null ? state.phase() : now.phase()),
          Numbers.count(rows(state)),
          now == null ? "" : Numbers.count(now.changes()));
    }
    table.leaveOutIfEqual(1, 0);
    lines.addAll(table.lines(width, color));
    for (TableState state : status.tables()) {
      TableError error = state.error();
      if (error != null) {
        lines.add("");
        lines.addAll(problem(state, error).lines(color));
      }
    }
    return lines;
  }

  private String process() {
    LeaseHolder holder = status.holder();
    if (holder == null) {
      return "not running";
    }
    return "running in process %d on %s for %s"
        .formatted(holder.pid(), holder.host(), ago(holder.since()));
  }

  private void position(List<String> lines) {
    ReplicationState state = status.state();
    ReplicationProgress now = status.live();
    Activity activity = status.activity();
    StreamLag lag = status.lag();
    if (now != null) {
      Position durable = now.durable();
      lines.add(
          "%s at %s, lag %s, %s; %s changes/s"
              .formatted(
                  ProgressJson.lower(now.stage()),
                  durable,
                  Numbers.millis(now.lagMillis()),
                  Numbers.bytes(lag == null ? now.lagBytes() : lag.lagBytes()),
                  Numbers.rate(now.changesPerSecond())));
      String trouble = now.trouble();
      if (trouble != null) {
        lines.add("waiting to try again: " + trouble);
      }
    } else if (activity != null) {
      lines.add(
          "at %s, lag %s, %s ago"
              .formatted(
                  activity.durable(),
                  Numbers.bytes(lag == null ? activity.lagBytes() : lag.lagBytes()),
                  ago(activity.at())));
    } else if (state != null) {
      lines.add("at " + state.saved());
    }
    if (lag != null) {
      lines.add("the source keeps %s of log for it".formatted(Numbers.bytes(lag.retainedBytes())));
    } else if (state != null && state.stream() != null) {
      lines.add("the source did not answer within 2 s");
    }
  }

  private long rows(TableState state) {
    TableProgress now = live.get(state.table());
    return now == null ? state.rows() : Math.max(state.rows(), now.rowsCopied());
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flow", status.flow().name());
    LeaseHolder holder = status.holder();
    json.put("running", holder != null);
    if (holder != null) {
      json.put(
          "process",
          Map.of("host", holder.host(), "pid", holder.pid(), "since", holder.since().toString()));
    }
    ReplicationState state = status.state();
    if (state != null) {
      json.put("saved", state.saved().toString());
    }
    ReplicationProgress now = status.live();
    Activity activity = status.activity();
    if (now != null) {
      json.put("live", ProgressJson.write(now));
    }
    if (activity != null) {
      json.put("activity", activity(activity));
    }
    StreamLag lag = status.lag();
    if (lag != null) {
      json.put(
          "source",
          Map.of(
              "confirmed", lag.confirmed().toString(),
              "server", lag.serverPosition().toString(),
              "lag_bytes", lag.lagBytes(),
              "retained_bytes", lag.retainedBytes(),
              "active", lag.active()));
    }
    json.put("tables", status.tables().stream().map(this::table).toList());
    return json;
  }

  private Map<String, Object> table(TableState state) {
    TableProgress now = live.get(state.table());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", state.table().toString());
    json.put("destination", state.destination().toString());
    json.put("state", ProgressJson.lower(now == null ? state.phase() : now.phase()));
    json.put("rows_copied", rows(state));
    if (now != null) {
      json.put("changes", now.changes());
    }
    TableError error = state.error();
    if (error != null) {
      json.put("error", ProgressJson.error(error));
    }
    return json;
  }

  private static Map<String, Object> activity(Activity activity) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", activity.at().toString());
    json.put("durable", activity.durable().toString());
    json.put("lag_bytes", activity.lagBytes());
    json.put("lag_ms", activity.lagMillis());
    json.put("rows_copied", activity.rowsCopied());
    json.put("changes_applied", activity.changesApplied());
    json.put("changes_per_second", activity.changesPerSecond());
    return json;
  }

  private static Problem problem(TableState state, TableError error) {
    return new Problem(
        Problem.ERROR,
        error.code(),
        error.reason(),
        "",
        Map.of("table", state.table().toString()),
        error.advice());
  }

  private static String ago(Instant when) {
    Duration since = Duration.between(when, Instant.now());
    return Numbers.duration(since.isNegative() ? Duration.ZERO : since);
  }
}
