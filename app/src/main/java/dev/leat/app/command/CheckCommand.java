package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.Problem;
import dev.leat.app.output.Style;
import dev.leat.library.Flow;
import dev.leat.library.OpenFlow;
import dev.leat.spi.error.LeatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat check}. */
@Command(
    name = "check",
    description = {
      "Says everything that is wrong with a flow: in its file, and at its source and destination.",
      "Changes nothing. Ends with 2 for problems of the file, 1 for others that prevent the work."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat check                       the flow in flow.toml",
      "  leat check shop.toml --offline"
    })
final class CheckCommand extends LeatCommand {
  @Mixin private FlowArgument flow = new FlowArgument();

  @Option(names = "--offline", description = "look at the file only")
  private boolean offline;

  CheckCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    LoadedFlow loaded = context.load(flow);
    if (loaded.model().hasWork()) {
      return checkSteps(loaded);
    }
    Flow read = loaded.requireReplication();
    FlowCheck.Result result;
    if (offline) {
      result = FlowCheck.Result.NOTHING;
    } else {
      try (OpenFlow open = new OpenFlow(read)) {
        result = new FlowCheck(read).run(open.source());
      }
    }
    List<Problem> problems = result.findings().stream().map(Problem::of).toList();
    problems.forEach(this::say);
    int exitCode = result.exitCode();
    boolean failed = exitCode != ExitCode.DONE;
    if (json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("ok", !failed);
      json.put("flow", read.name());
      json.put("tables", result.tables());
      json.put("problems", problems.stream().map(Problem::json).toList());
      printJson(json);
    }
    if (!failed) {
      String file = context.show(read, flow);
      String found =
          offline
              ? " has no problems"
              : " is ready: "
                  + Numbers.count(result.tables(), "table")
                  + (problems.isEmpty() ? "" : ", " + Numbers.count(problems.size(), "warning"));
      say(Style.GREEN, file + found);
      say("next: leat " + (offline ? "check " : "run ") + file);
    }
    return exitCode;
  }

  private int checkSteps(LoadedFlow loaded) {
    String file = context.show(loaded.file(), flow);
    List<Problem> problems = new ArrayList<>();
    int exitCode = ExitCode.DONE;
    Flow replication = loaded.replication();
    if (replication != null && !offline) {
      try (OpenFlow open = new OpenFlow(replication)) {
        FlowCheck.Result result = new FlowCheck(replication).run(open.source());
        problems.addAll(result.findings().stream().map(Problem::of).toList());
        exitCode = result.exitCode();
      }
    }
    int steps = loaded.model().steps().size();
    if (exitCode == ExitCode.DONE) {
      StepPlaces places = new StepPlaces(loaded, file);
      for (LeatException e :
          PlanOutput.problems(loaded, Instant.now(), offline || replication == null)) {
        problems.add(places.problem(e));
        exitCode = Math.max(exitCode, Failures.exitCode(e));
      }
    }
    problems.forEach(this::say);
    if (json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("ok", exitCode == ExitCode.DONE);
      json.put("flow", loaded.name());
      json.put("steps", steps);
      json.put("problems", problems.stream().map(Problem::json).toList());
      printJson(json);
    }
    if (exitCode == ExitCode.DONE) {
      say(
          Style.GREEN,
          file
              + " is ready: "
              + Numbers.count(steps, "step")
              + ", "
              + Numbers.count(loaded.model().checks().size(), "check"));
      say("next: leat plan " + file);
    }
    return exitCode;
  }
}
