package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Json;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Terminal;
import dev.leat.config.FlowProblems;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells a person why a command failed, and decides on the exit code. */
final class Failures {
  private final CommandContext context;
  private final Terminal terminal;
  private final boolean json;
  private final boolean verbose;

  Failures(CommandContext context, boolean json, boolean verbose) {
    this.context = context;
    this.terminal = context.terminal().get();
    this.json = json;
    this.verbose = verbose;
  }

  /** The exit code. */
  int report(Throwable failure) {
    List<Problem> problems = problems(failure);
    for (Problem problem : problems) {
      terminal.say(problem);
    }
    if (verbose) {
      terminal.say(failure);
    }
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ok", false);
      answer.put("problems", problems.stream().map(Problem::json).toList());
      terminal.out().println(Json.write(answer));
    }
    return exitCode(failure);
  }

  private List<Problem> problems(Throwable failure) {
    if (failure instanceof FlowProblems problems) {
      return FlowReader.problems(problems, context);
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
    return failure instanceof FlowProblems
            || (failure instanceof LeatException e && e.category() == ErrorCategory.CONFIG)
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }
}
