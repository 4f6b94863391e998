package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Shell;
import dev.leat.app.output.Style;
import dev.leat.flow.check.CheckResult;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.StepState;
import dev.leat.flow.run.RunResult;
import dev.leat.flow.run.StepResult;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.sql.PortableSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a person wants to know at the end of a run of steps. */
final class StepsSummary {
  private final StepsRun.Outcome outcome;
  private final RunResult result;
  private final RunHead head;
  private final StepPlaces places;
  private final String file;

  /**
   * @param file the flow file as typed
   */
  StepsSummary(StepsRun.Outcome outcome, LoadedFlow flow, String file) {
    this.outcome = outcome;
    this.places = new StepPlaces(flow, file);
    this.result = outcome.result();
    this.head = outcome.head();
    this.file = file;
  }

  int exitCode() {
    if (result.succeeded()) {
      return ExitCode.DONE;
    }
    return !result.failed() && !result.cancelled() ? ExitCode.CHECKS_FAILED : ExitCode.FAILED;
  }

  /** What went wrong, and what to do about it. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (StepResult step : result.steps()) {
      if (step.state() == StepState.FAILED) {
        LeatException e = step.error().orElseThrow();
        problems.add(places.problem(e.with("step", step.node())));
      }
      for (CheckResult check : step.checks()) {
        if (!check.passed()) {
          problems.add(problem(step, check));
        }
      }
    }
    return problems;
  }

  private Problem problem(StepResult step, CheckResult check) {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("dataset", step.dataset().toString());
    context.put("check", check.check().name());
    String fix =
        check.command(file).map(command -> "look at rows that fail: " + command).orElse("");
    return new Problem(
        check.blocks() ? Problem.ERROR : Problem.WARNING,
        "CHECK_FAILED",
        check.message() + (check.blocks() ? "; the table stays as it was" : ""),
        "",
        context,
        fix);
  }

  /** What was done, and what to type next. */
  List<String> lines(boolean color) {
    List<String> lines = new ArrayList<>();
    Map<StepState, Long> states = new LinkedHashMap<>();
    result.steps().forEach(step -> states.merge(step.state(), 1L, Long::sum));
    List<String> words = new ArrayList<>();
    states.forEach((state, count) -> words.add(Numbers.count(count) + " " + state.words()));
    Duration time = Duration.between(head.startedAt(), Objects.requireNonNull(head.endedAt()));
    if (outcome.replicated() != null) {
      var source = outcome.replicated().result().progress();
      lines.add(
          "source: copied %s, applied %s in %s"
              .formatted(
                  Numbers.count(source.rowsCopied(), "row"),
                  Numbers.count(source.changesApplied(), "change"),
                  Numbers.duration(outcome.replicated().time())));
    }
    lines.add(
        Style.BOLD.of("run " + head.id(), color)
            + (head.environment().isEmpty() ? "" : " in environment " + head.environment())
            + ": "
            + String.join(", ", words)
            + " in "
            + Numbers.duration(time));
    for (StepResult step : result.steps()) {
      if (step.node().startsWith("source.") && !step.notes().isEmpty()) {
        lines.add(step.dataset() + ": " + String.join(", ", step.notes()));
      }
    }
    if (!result.succeeded()) {
      String environment = head.environment().isEmpty() ? "" : " --env " + head.environment();
      lines.add("next: leat run " + file + environment + " --resume");
    } else {
      result.steps().stream()
          .filter(step -> step.rowsAfter() >= 0 && !step.node().startsWith("publish."))
          .reduce((first, second) -> second)
          .ifPresentOrElse(
              last ->
                  lines.add(
                      "next: leat sql "
                          + file
                          + " "
                          + Shell.word(
                              "SELECT * FROM " + PortableSql.typed(last.dataset()) + " LIMIT 10")),
              () -> lines.add("next: leat runs " + file));
    }
    return lines;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", result.succeeded());
    json.put("run", head.id());
    json.put("state", word(head.state()));
    List<Map<String, Object>> steps = new ArrayList<>();
    for (StepResult step : result.steps()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("step", step.node());
      one.put("dataset", step.dataset().toString());
      if (!step.unit().isEmpty()) {
        one.put("unit", step.unit());
      }
      one.put("state", word(step.state()));
      one.put("attempts", step.attempts());
      one.put("milliseconds", step.time().toMillis());
      one.put("rows_in", step.rowsIn());
      one.put("rows", step.rowsOut());
      one.put("rows_after", step.rowsAfter());
      one.put("checks", step.checks().stream().map(StepsSummary::json).toList());
      if (!step.notes().isEmpty()) {
        one.put("notes", step.notes());
      }
      step.error().ifPresent(e -> one.put("error", Problem.error(e).json()));
      steps.add(one);
    }
    json.put("steps", steps);
    return json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> json(CheckResult check) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", check.check().name());
    json.put("severity", word(check.check().severity()));
    json.put("passed", check.passed());
    json.put("failed_rows", check.failedRows());
    json.put("rows", check.totalRows());
    json.put("message", check.message());
    check.sample().ifPresent(sample -> json.put("sample", sample.toString()));
    return json;
  }
}
