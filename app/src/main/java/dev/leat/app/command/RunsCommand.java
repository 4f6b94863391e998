package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.flow.report.RunReport;
import dev.leat.flow.repository.RunRecord;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat runs}. */
@Command(
    name = "runs",
    description = "Lists the runs of a flow with steps, from the newest. Changes nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A run is interrupted if its process ended without a word; `leat run --resume` goes on with it.",
      "",
      "Examples:",
      "  leat runs                              the flow in flow.toml",
      "  leat runs shop.toml --env dev",
      "  leat runs show last --sql              what each step gave to its engine",
      "  leat runs report last --out run.html   a page to look at"
    })
final class RunsCommand extends LeatCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FLOW",
      description = "the flow file; flow.toml in the current folder by default")
  private Path file = Path.of("flow.toml");

  @Option(names = "--env", paramLabel = "NAME", description = "only runs in this environment")
  private @Nullable String environment;

  @Option(names = "--limit", paramLabel = "N", description = "how many at the most; 20 by default")
  private int limit = 20;

  RunsCommand(CommandContext context) {
    super(context);
  }

  /** With its subcommands. */
  static picocli.CommandLine line(CommandContext context) {
    return new picocli.CommandLine(new RunsCommand(context))
        .addSubcommand(new Show(context))
        .addSubcommand(new Report(context));
  }

  @Override
  public Integer call() {
    LoadedFlow flow = context.load(file);
    try (RecordedRuns runs = new RecordedRuns(flow)) {
      List<RunView> views =
          runs.list(environment, Math.max(0, limit)).stream()
              .map(run -> new RunView(run, runs.isInterrupted(run.head())))
              .toList();
      if (json()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("flow", flow.name());
        json.put("runs", views.stream().map(RunView::summary).toList());
        printJson(json);
        return ExitCode.DONE;
      }
      String shown = context.show(flow.file());
      if (views.isEmpty()) {
        say("no runs yet");
        say("next: leat run " + shown);
        return ExitCode.DONE;
      }
      int width = terminal().outWidth();
      terminal().print(RunView.table(views, width, terminal().outColor()));
      say("next: leat runs show " + shown + " " + views.getFirst().id());
    }
    return ExitCode.DONE;
  }

  /** {@code leat runs show}. */
  @Command(
      name = "show",
      description = "Shows the steps of a run: rows, attempts, times, checks and errors.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  leat runs show shop.toml last"})
  static final class Show extends LeatCommand {
    @Mixin private RunArgument argument = new RunArgument();

    @Option(names = "--sql", description = "print what each step gave to its engine")
    private boolean sql;

    Show(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      LoadedFlow flow = context.load(argument.file());
      try (RecordedRuns runs = new RecordedRuns(flow)) {
        RunRecord run = runs.find(argument.run(), argument.environment);
        RunView view = new RunView(run, runs.isInterrupted(run.head()));
        if (json()) {
          printJson(view.json());
          return ExitCode.DONE;
        }
        int width = terminal().outWidth();
        boolean color = terminal().outColor();
        String shown = context.show(flow.file());
        terminal().print(sql ? view.sql() : view.lines(shown, width, color));
        if (!sql) {
          say("next: leat runs report " + shown + " " + view.id() + " --out run.html");
        }
      }
      return ExitCode.DONE;
    }
  }

  /** {@code leat runs report}. */
  @Command(
      name = "report",
      description = {
        "Writes a run as one HTML page: its graph, its times, its steps, checks and lineage.",
        "The page needs no other file, no network and no script."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  leat runs report shop.toml last --out run.html"})
  static final class Report extends LeatCommand {
    private static final ErrorCode NOT_WRITTEN =
        new ErrorCode("REPORT_NOT_WRITTEN", ErrorCategory.CONFIG);

    @Mixin private RunArgument argument = new RunArgument();

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "the file to write; one that is there is replaced")
    private Path out = Path.of("");

    Report(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      LoadedFlow flow = context.load(argument.file());
      Path target = context.resolve(out);
      RunRecord run;
      boolean interrupted;
      try (RecordedRuns runs = new RecordedRuns(flow)) {
        run = runs.find(argument.run(), argument.environment);
        interrupted = runs.isInterrupted(run.head());
      }
      try {
        Files.writeString(target, RunReport.html(run, interrupted, context.show(flow.file())));
      } catch (IOException e) {
        throw new LeatException(
            NOT_WRITTEN,
            context.show(target) + " cannot be written: " + e,
            "name a file in a folder that there is",
            e);
      }
      if (json()) {
        printJson(Map.of("run", run.head().id(), "file", target.toString()));
      }
      say("wrote run " + run.head().id() + " to " + context.show(target));
      return ExitCode.DONE;
    }
  }
}
