package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.library.Flow;
import dev.leat.spi.error.LeatException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat run}. */
@Command(
    name = "run",
    description = {
      "Copies the tables of a flow, then follows every change until it is stopped.",
      "Goes on where an earlier run stopped. Ctrl-C ends it in order, a second one at once.",
      "A flow with steps ends by itself: its source is brought up to date, then its steps "
          + "are done, checked and published."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat run                              the flow in flow.toml",
      "  leat run shop.toml --until-caught-up  end when everything has arrived",
      "  leat run --from env:SHOP_PG --to shop.duckdb   without a file",
      "  leat run shop.toml --select fact_order+        a step and all that depends on it",
      "  leat run shop.toml --from 2026-05-01 --to 2026-05-31   partitions of a month again",
      "  leat run shop.toml --resume                    from the step that failed",
      "  leat run shop.toml --reload customers_1.csv    the rows of a file again"
    })
final class RunCommand extends LeatCommand {
  @Mixin private FlowArgument flow = new FlowArgument();
  @Mixin private StepOptions steps = new StepOptions();

  @Option(
      names = "--until-caught-up",
      description = "end when everything has arrived that the source held at the start")
  private boolean untilCaughtUp;

  RunCommand(CommandContext context) {
    super(context);
  }

  @Option(names = "--resume", description = "go on with the last run; what it finished stays")
  private boolean resume;

  @Option(
      names = "--source-only",
      description = "bring the source of a flow with steps up to date, and do no step")
  private boolean sourceOnly;

  @Option(
      names = "--no-retry",
      description = "do not try steps again; for schedulers that do it themselves")
  private boolean noRetry;

  @Option(
      names = "--dry-run",
      description = "say what would be done, as leat plan does, and change nothing")
  private boolean dryRun;

  @Override
  public Integer call() {
    LoadedFlow loaded = context.load(flow);
    if (dryRun) {
      return new PlanOutput(this, loaded, context.show(loaded.file(), flow))
          .print(steps, flow, false);
    }
    if (loaded.model().hasWork() && sourceOnly) {
      return runSource(loaded, loaded.requireReplication());
    }
    if (loaded.model().hasWork()) {
      return runSteps(noRetry ? loaded.withoutRetries() : loaded);
    }
    return replicate(loaded.requireReplication());
  }

  private StepsRun interruptible(LoadedFlow loaded) {
    StepsRun run = new StepsRun(loaded, terminal(), steps.wanted(loaded, flow, resume));
    Signals.onInterrupt(
        () -> {
          if (run.interrupt()) {
            Runtime.getRuntime().halt(130);
          }
          say("stopping (Ctrl-C again to stop at once)");
        });
    return run;
  }

  private int runSource(LoadedFlow loaded, Flow source) {
    FlowRun.Outcome outcome = interruptible(loaded).source(source);
    return summed(outcome, context.show(source, flow));
  }

  private int summed(FlowRun.Outcome outcome, String shown) {
    RunSummary summary = new RunSummary(outcome, shown);
    if (json()) {
      printJson(summary.json());
    }
    summary.problems().forEach(this::say);
    summary.lines(terminal().errColor()).forEach(this::say);
    return outcome.result().stoppedTables().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private int runSteps(LoadedFlow loaded) {
    StepsRun run = interruptible(loaded);
    StepsRun.Outcome outcome;
    try {
      outcome = run.run();
    } catch (LeatException e) {
      return refused(e, new StepPlaces(loaded, context.show(loaded.file(), flow)));
    }
    StepsSummary summary = new StepsSummary(outcome, loaded, context.show(loaded.file(), flow));
    if (json()) {
      printJson(summary.json());
    }
    summary.problems().forEach(this::say);
    summary.lines(terminal().errColor()).forEach(this::say);
    return summary.exitCode();
  }

  private int replicate(Flow read) {
    FlowRun run = new FlowRun(read, terminal());
    Signals.onInterrupt(
        () -> {
          if (run.interrupted()) {
            Runtime.getRuntime().halt(130);
          }
          say("stopping in order (Ctrl-C again to stop at once)");
          run.stop();
        });
    return summed(run.run(untilCaughtUp), context.show(read, flow));
  }
}
