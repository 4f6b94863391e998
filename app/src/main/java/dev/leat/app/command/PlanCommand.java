package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Problem;
import dev.leat.library.Flow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat plan}. */
@Command(
    name = "plan",
    description = {
      "Shows what the next run would do, and changes nothing: tables and columns, statements at",
      "both sides, and what could not be undone."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ends with 0 if a run would only follow, with 4 if it would change something, and as",
      "`leat check` if it would refuse.",
      "",
      "Examples:",
      "  leat plan                  the flow in flow.toml",
      "  leat plan shop.toml --json"
    })
final class PlanCommand extends LeatCommand {
  @Mixin private FlowArgument flow = new FlowArgument();

  PlanCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Flow read = context.flow(flow);
    FlowPlan plan = FlowPlan.of(read);
    PlanView view = new PlanView(plan, context.show(read, flow));
    if (json()) {
      printJson(view.json());
    } else {
      int width = terminal().outIsTerminal() ? terminal().size().columns() : 0;
      view.lines(width, terminal().outColor()).forEach(terminal().out()::println);
    }
    plan.check().findings().forEach(finding -> say(Problem.of(finding)));
    int refused = plan.check().exitCode();
    return refused != ExitCode.DONE
        ? refused
        : plan.changes() ? ExitCode.CHANGES_PENDING : ExitCode.DONE;
  }
}
