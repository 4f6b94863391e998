package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Json;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Terminal;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells a person why a command failed, and decides on the exit code. */
final class Failures {
  private final Terminal terminal;
  private final boolean json;
  private final boolean verbose;

  Failures(Terminal terminal, boolean json, boolean verbose) {
    this.terminal = terminal;
    this.json = json;
    this.verbose = verbose;
  }

  /** The exit code. */
  int report(Throwable failure) {
    List<Problem> problems = problems(failure);
    for (Problem problem : problems) {
      problem.lines(terminal.errColor()).forEach(terminal.err()::println);
    }
    if (verbose) {
      failure.printStackTrace(terminal.err());
    }
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ok", false);
      answer.put("problems", problems.stream().map(Problem::json).toList());
      terminal.out().println(Json.write(answer));
    }
    return exitCode(failure);
  }

  private static List<Problem> problems(Throwable failure) {
    if (FlowReader.isProblems(failure)) {
      return FlowReader.problems(failure);
    }
    List<Problem> problems = new ArrayList<>();
    problems.add(problem(failure));
    // One attempt may find several things that have to be put right.
    if (failure instanceof LeatException) {
      for (Throwable more : failure.getSuppressed()) {
        if (more instanceof LeatException e && e.category() != ErrorCategory.INTERNAL) {
          problems.add(Problem.error(e));
        }
      }
    }
    return problems;
  }

  private static Problem problem(Throwable failure) {
    if (failure instanceof LeatException e) {
      return Problem.error(e);
    }
    return new Problem(
        Problem.ERROR,
        "INTERNAL",
        "unexpected error: " + failure,
        "",
        Map.of(),
        "this is a defect of Leat; please report it with the output of the same command and --verbose");
  }

  static int exitCode(Throwable failure) {
    return FlowReader.isProblems(failure)
            || (failure instanceof LeatException e && e.category() == ErrorCategory.CONFIG)
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }
}
