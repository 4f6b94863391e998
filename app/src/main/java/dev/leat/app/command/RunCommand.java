package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.library.Flow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat run}. */
@Command(
    name = "run",
    description = {
      "Copies the tables of a flow, then follows every change until it is stopped.",
      "Goes on where an earlier run stopped. Ctrl-C ends it in order, a second one at once."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat run                              the flow in flow.toml",
      "  leat run shop.toml --until-caught-up  end when everything has arrived",
      "  leat run --from env:SHOP_PG --to shop.duckdb   without a file"
    })
final class RunCommand extends LeatCommand {
  @Mixin private FlowArgument flow = new FlowArgument();

  @Option(
      names = "--until-caught-up",
      description = "end when everything has arrived that the source held at the start")
  private boolean untilCaughtUp;

  RunCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Flow read = context.flow(flow);
    FlowRun run = new FlowRun(read, terminal());
    Signals.onInterrupt(
        () -> {
          if (run.interrupted()) {
            Runtime.getRuntime().halt(130);
          }
          say("stopping in order (Ctrl-C again to stop at once)");
          run.stop();
        });
    FlowRun.Outcome outcome = run.run(untilCaughtUp);
    RunSummary summary = new RunSummary(outcome, context.show(read, flow));
    if (json()) {
      printJson(summary.json());
    }
    summary.problems().forEach(this::say);
    summary.lines(terminal().errColor()).forEach(this::say);
    return outcome.result().stoppedTables().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
