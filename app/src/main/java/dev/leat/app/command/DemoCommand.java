package dev.leat.app.command;

import dev.leat.app.demo.Demo;
import dev.leat.app.demo.DemoSummary;
import dev.leat.app.output.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leat demo}. */
@Command(
    name = "demo",
    description = {
      "Shows a whole replication, on a PostgreSQL of its own.",
      "Fills a shop, copies it into demo.duckdb, follows a live workload, is killed, goes on, and"
          + " compares both sides."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat demo --rows 5000000 --keep",
      "  leat demo flow     bronze, silver, gold and a warehouse instead"
    })
final class DemoCommand extends LeatCommand {
  @Option(names = "--keep", description = "leave the PostgreSQL server running")
  private boolean keep;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "rows in the shop; a million by default")
  private int rows;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "how long the shop is open; 10 by default")
  private int seconds;

  DemoCommand(CommandContext context) {
    super(context);
  }

  static CommandLine line(CommandContext context) {
    return new CommandLine(new DemoCommand(context)).addSubcommand(new FlowDemoCommand(context));
  }

  @Override
  public Integer call() throws Exception {
    var options =
        new Demo.Options(
            Math.clamp(rows, 1_000, 100_000_000), Math.clamp(seconds, 1, 86_400), keep);
    DemoSummary summary = new Demo(terminal(), context.folder(), options).run();
    if (json()) {
      printJson(summary.json());
    }
    for (String line : summary.lines(terminal().errColor())) {
      say(line);
    }
    return summary.equal() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
