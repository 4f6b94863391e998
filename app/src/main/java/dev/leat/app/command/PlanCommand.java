package dev.leat.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat plan}. */
@Command(
    name = "plan",
    description = {
      "Shows what the next run would do, and changes nothing: tables and columns, "
          + "statements at both sides, and what could not be undone."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ends with 0 if a run would only follow, with 4 if it would change something, and as",
      "`leat check` if it would refuse.",
      "",
      "Examples:",
      "  leat plan                  the flow in flow.toml",
      "  leat plan --rows           with how many rows of each table would change",
      "  leat plan shop.toml --json"
    })
final class PlanCommand extends LeatCommand {
  @Mixin private FlowArgument flow = new FlowArgument();
  @Mixin private StepOptions steps = new StepOptions();

  @Option(
      names = "--rows",
      description = "count how the rows of the tables would change, by running the queries")
  private boolean rows;

  PlanCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    LoadedFlow loaded = context.load(flow);
    return new PlanOutput(this, loaded, context.show(loaded.file(), flow)).print(steps, flow, rows);
  }
}
