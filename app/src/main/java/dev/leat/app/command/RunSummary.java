package dev.leat.app.command;

import dev.leat.app.control.ProgressJson;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Shell;
import dev.leat.app.output.Style;
import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.TableProgress;
import dev.leat.spi.Position;
import dev.leat.spi.state.TableError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person wants to know at the end of a run. */
final class RunSummary {
  private final FlowRun.Outcome outcome;
  private final ReplicationProgress progress;
  private final String file;

  /**
   * @param file the flow file as typed
   */
  RunSummary(FlowRun.Outcome outcome, String file) {
    this.outcome = outcome;
    this.progress = outcome.result().progress();
    this.file = file;
  }

  /** What stopped tables. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (TableProgress table : progress.tables()) {
      TableError error = table.error();
      if (error != null) {
        problems.add(problem(table, error));
      }
    }
    return problems;
  }

  /** What was done, and what to type next. */
  List<String> lines(boolean color) {
    List<String> lines = new ArrayList<>();
    String moved =
        "copied %s (%s), applied %s in %s"
            .formatted(
                Numbers.count(progress.rowsCopied(), "row"),
                Numbers.bytes(progress.bytesCopied()),
                Numbers.count(progress.changesApplied(), "change"),
                Numbers.duration(outcome.time()));
    boolean stopped = !outcome.result().stoppedTables().isEmpty();
    lines.add(Style.BOLD.of(moved, color));
    lines.add("  from  " + outcome.source());
    lines.add(
        "  to    %s, %s%s"
            .formatted(
                outcome.destination(),
                Numbers.count(progress.tables().size(), "table"),
                progress.durable().equals(Position.START) ? "" : ", up to " + progress.durable()));
    String argument = file.equals("flow.toml") ? "" : " " + file;
    if (stopped) {
      lines.add("next: leat status" + argument);
    } else if (!progress.tables().isEmpty()) {
      String table = progress.tables().getFirst().destination().toString();
      lines.add("next: leat preview " + file + " " + Shell.word(table));
    }
    return lines;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", outcome.result().stoppedTables().isEmpty());
    json.put("source", outcome.source());
    json.put("destination", outcome.destination());
    json.put("milliseconds", outcome.time().toMillis());
    json.putAll(ProgressJson.write(progress));
    return json;
  }

  private static Problem problem(TableProgress table, TableError error) {
    return new Problem(
        Problem.ERROR,
        error.code(),
        error.reason(),
        "",
        Map.of("table", table.table().toString()),
        error.advice());
  }
}
