package dev.leat.app.command;

import dev.leat.app.demo.FlowDemo;
import dev.leat.app.demo.FlowDemoSummary;
import dev.leat.app.demo.StepsDone;
import dev.leat.app.output.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leat demo flow}. */
@Command(
    name = "flow",
    description = {
      "Shows a flow with steps, on a PostgreSQL and an S3 server of its own.",
      "Carries a shop and CSV, JSON and Parquet files of its partners through bronze, silver and gold"
          + " to a warehouse and to Parquet, changes the shop, has more files come, carries that on,"
          + " too, and compares what was published with what was there. Leaves demo-flow.toml,"
          + " demo-flow.duckdb and demo-flow-lake to play with."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  leat demo flow --keep"})
final class FlowDemoCommand extends LeatCommand {
  @Option(names = "--keep", description = "leave both servers running")
  private boolean keep;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "" + FlowDemo.Options.USUAL_ROWS,
      description = "rows in the shop; a hundred thousand by default")
  private int rows;

  FlowDemoCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var options = new FlowDemo.Options(Math.clamp(rows, 1_000, 100_000_000), keep);
    FlowDemoSummary summary =
        new FlowDemo(terminal(), context.folder(), options, this::runSteps).run();
    if (json()) {
      printJson(summary.json());
    }
    for (String line : summary.lines(terminal().errColor())) {
      say(line);
    }
    return summary.equal() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** As {@code leat run} does. */
  private StepsDone runSteps(Path file) {
    LoadedFlow flow = context.load(file);
    StepOptions everything = new StepOptions();
    StepsRun.Outcome outcome =
        new StepsRun(flow, terminal(), everything.wanted(flow, new FlowArgument(), false)).run();
    outcome.result().steps().stream()
        .filter(step -> step.node().startsWith("source.") && !step.notes().isEmpty())
        .forEach(step -> say(step.dataset() + ": " + String.join(", ", step.notes())));
    if (!outcome.result().succeeded()) {
      new StepsSummary(outcome, flow, context.show(file)).problems().forEach(this::say);
    }
    FlowRun.Outcome source = outcome.replicated();
    return new StepsDone(
        outcome.head().id(),
        outcome.result(),
        source == null ? 0 : source.result().progress().rowsCopied(),
        source == null ? 0 : source.result().progress().changesApplied());
  }
}
