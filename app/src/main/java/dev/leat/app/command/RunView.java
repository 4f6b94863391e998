package dev.leat.app.command;

import dev.leat.app.output.Numbers;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.check.FailedRows;
import dev.leat.flow.repository.CheckRecord;
import dev.leat.flow.repository.ErrorRecord;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.RunJson;
import dev.leat.flow.repository.RunRecord;
import dev.leat.flow.repository.StepRecord;
import dev.leat.flow.repository.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A recorded run as people and programs read it. */
final class RunView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final RunHead head;
  private final List<StepRecord> steps;
  private final boolean interrupted;

  /**
   * @param interrupted whether no process does what the record says is being done
   */
  RunView(RunRecord run, boolean interrupted) {
    this.head = run.head();
    this.interrupted = interrupted;
    this.steps =
        run.steps().stream()
            .sorted(
                Comparator.comparing(
                        StepRecord::startedAt, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(StepRecord::step)
                    .thenComparing(StepRecord::unit))
            .toList();
  }

  String id() {
    return head.id();
  }

  /** A line for each run. */
  static List<String> table(List<RunView> runs, int width, boolean color) {
    TextTable table =
        new TextTable(
            List.of(
                "RUN",
                "ENVIRONMENT",
                "TRIGGER",
                "STATE",
                "STARTED (UTC)",
                ">TIME",
                ">DONE",
                ">FAILED",
                ">ROWS"));
    for (RunView run : runs) {
      table.row(
          run.head.id(),
          run.head.environment(),
          run.head.trigger(),
          run.state(),
          TIME.format(run.head.startedAt()),
          time(run.head.startedAt(), run.head.endedAt()),
          Numbers.count(run.done()),
          Numbers.count(run.failed()),
          Numbers.count(run.rows()));
    }
    return table.lines(width, color);
  }

  /** The run and its steps, then what went wrong. */
  List<String> lines(String flow, int width, boolean color) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Style.BOLD.of("run " + head.id(), color)
            + (head.environment().isEmpty() ? "" : " in environment " + head.environment())
            + ": "
            + state());
    String time = time(head.startedAt(), head.endedAt());
    lines.add(
        "begun by %s at %s UTC%s"
            .formatted(
                head.trigger(),
                TIME.format(head.startedAt()),
                time.isEmpty() ? "" : ", took " + time));
    if (!steps.isEmpty()) {
      lines.add("");
      lines.addAll(stepLines(width, color));
    }
    List<Problem> problems = problems(flow);
    for (Problem problem : problems) {
      lines.add("");
      lines.addAll(problem.lines(color));
    }
    return lines;
  }

  private List<String> stepLines(int width, boolean color) {
    TextTable table =
        new TextTable(
            List.of("STEP", "DATASET", "UNIT", "STATE", ">ROWS", ">ATTEMPTS", ">TIME", "CHECKS"));
    for (StepRecord step : steps) {
      table.row(
          step.step(),
          step.dataset() == null ? "" : step.dataset().toString(),
          step.unit(),
          state(step.state()),
          step.rowsOut() == null ? "" : Numbers.count(step.rowsOut()),
          step.attempts() == 0 ? "" : Numbers.count(step.attempts()),
          step.attempts() == 0 ? "" : time(step.startedAt(), step.endedAt()),
          checks(step));
    }
    return table.lines(width, color);
  }

  private static String checks(StepRecord step) {
    long failed = step.checks().stream().filter(check -> !check.passed()).count();
    long passed = step.checks().size() - failed;
    return (passed == 0 ? "" : passed + " passed")
        + (passed == 0 || failed == 0 ? "" : ", ")
        + (failed == 0 ? "" : failed + " failed");
  }

  private List<Problem> problems(String flow) {
    List<Problem> problems = new ArrayList<>();
    if (head.error() != null) {
      problems.add(problem(head.error(), Map.of()));
    }
    for (StepRecord step : steps) {
      Map<String, String> where = new LinkedHashMap<>();
      where.put("step", step.step());
      if (!step.unit().isEmpty()) {
        where.put("unit", step.unit());
      }
      if (step.error() != null) {
        problems.add(problem(step.error(), where));
      }
      for (CheckRecord check : step.checks()) {
        if (!check.passed()) {
          Map<String, String> context = new LinkedHashMap<>(where);
          context.put("check", check.name());
          problems.add(
              new Problem(
                  check.severity() == Severity.ERROR ? Problem.ERROR : Problem.WARNING,
                  "CHECK_FAILED",
                  check.message(),
                  "",
                  context,
                  check.sample() == null
                      ? ""
                      : "look at rows that fail: " + FailedRows.command(check.sample(), flow)));
        }
      }
    }
    return problems;
  }

  private static Problem problem(ErrorRecord error, Map<String, String> context) {
    return new Problem(Problem.ERROR, error.code(), error.message(), "", context, error.fix());
  }

  /** What each step gave to its engine, as a script. */
  List<String> sql() {
    List<String> lines = new ArrayList<>();
    for (StepRecord step : steps) {
      if (step.sql() != null) {
        lines.add(
            "-- "
                + step.step()
                + (step.unit().isEmpty() ? "" : " " + step.unit())
                + (step.dataset() == null ? "" : " → " + step.dataset()));
        lines.add(step.sql().strip() + ";");
        lines.add("");
      }
    }
    return lines;
  }

  /** The run without its steps. */
  Map<String, @Nullable Object> summary() {
    Map<String, @Nullable Object> json = RunJson.write(head);
    json.put("state", word(state()));
    json.put("steps_done", done());
    json.put("steps_failed", failed());
    json.put("rows", rows());
    return json;
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = summary();
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (StepRecord step : steps) {
      Map<String, @Nullable Object> one = RunJson.write(step);
      if (interrupted && step.state() == StepState.RUNNING) {
        one.put("state", "interrupted");
      }
      all.add(one);
    }
    json.put("steps", all);
    return json;
  }

  private String state() {
    return interrupted ? "interrupted" : head.state().words();
  }

  private String state(StepState state) {
    return interrupted && state == StepState.RUNNING ? "interrupted" : state.words();
  }

  private static String word(String words) {
    return words.toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  /** Steps all of whose parts are done. */
  private long done() {
    return byStep().values().stream()
        .filter(parts -> parts.stream().allMatch(part -> part.state().allowsNext()))
        .count();
  }

  /** Steps of which a part failed. */
  private long failed() {
    return byStep().values().stream()
        .filter(
            parts ->
                parts.stream()
                    .map(StepRecord::state)
                    .anyMatch(s -> s == StepState.FAILED || s == StepState.CHECKS_FAILED))
        .count();
  }

  private Map<String, List<StepRecord>> byStep() {
    return steps.stream().collect(Collectors.groupingBy(StepRecord::step));
  }

  private long rows() {
    return steps.stream()
        .map(StepRecord::rowsOut)
        .filter(Objects::nonNull)
        .mapToLong(rows -> rows == null ? 0 : rows)
        .sum();
  }

  private static String time(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? "" : Numbers.duration(Duration.between(from, to));
  }
}
