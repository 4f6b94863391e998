package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.flow.migration.Compatibility;
import dev.leat.spi.error.LeatException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat migrate}. */
@Command(
    name = "migrate",
    description = {
      "Changes the columns of datasets that are there, so that they are those that their steps give.",
      "Lists the migrations that were made, without a subcommand."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A run adds columns and widens types by itself, unless the flow has [migrate] mode = \"manual\".",
      "",
      "Examples:",
      "  leat migrate plan                    the flow in flow.toml",
      "  leat migrate plan shop.toml --compatibility backward",
      "  leat migrate apply shop.toml",
      "  leat migrate rollback shop.toml"
    })
final class MigrateCommand extends LeatCommand {
  @Mixin private Target target = new Target();

  MigrateCommand(CommandContext context) {
    super(context);
  }

  /** With its subcommands. */
  static CommandLine line(CommandContext context) {
    return new CommandLine(new MigrateCommand(context))
        .addSubcommand(new Plan(context))
        .addSubcommand(new Apply(context))
        .addSubcommand(new Rollback(context));
  }

  /** Whose datasets. */
  static final class Target {
    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "FLOW",
        description = "the flow file; flow.toml in the current folder by default")
    Path file = Path.of("flow.toml");

    @Option(names = "--env", paramLabel = "NAME", description = "the datasets of this environment")
    @Nullable String environment;

    @Option(
        names = "--engine",
        paramLabel = "NAME",
        description = "where steps run that name no engine, instead of the flow's")
    @Nullable String engine;

    FlowMigrations open(LoadedFlow flow, boolean write) {
      return new FlowMigrations(flow, environment, engine, write);
    }
  }

  /** Which changes are allowed. */
  static final class Allowed {
    @Option(
        names = "--compatibility",
        paramLabel = "MODE",
        description = {
          "refuse changes that are not: backward (the new shape reads old rows), forward (readers of",
          "the old shape read new rows), full (both) or none; the flow's by default"
        })
    @Nullable Compatibility compatibility;

    Compatibility of(LoadedFlow flow) {
      return compatibility == null ? flow.model().migrate().compatibility() : compatibility;
    }
  }

  @Override
  public Integer call() {
    LoadedFlow flow = context.load(target.file);
    try (FlowMigrations migrations = target.open(flow, false)) {
      List<FlowMigrations.Begun> begun = migrations.list();
      if (json()) {
        printJson(MigrationView.json(flow.name(), begun));
      } else if (begun.isEmpty()) {
        say("no migrations yet");
        say("next: leat migrate plan " + context.show(flow.file()));
      } else {
        int width = terminal().outWidth();
        terminal().print(MigrationView.table(begun, width, terminal().outColor()));
      }
    }
    return ExitCode.DONE;
  }

  /** Prints what would be changed; the exit code. */
  private static int show(
      LeatCommand command, LoadedFlow flow, FlowMigrations.Plan plan, String shown) {
    if (command.json()) {
      command.printJson(MigrationView.json(flow.name(), plan));
    } else {
      command.terminal().print(MigrationView.lines(plan, command.terminal().outColor()));
    }
    int refused = refuse(command, flow, plan, shown);
    if (refused != ExitCode.DONE) {
      return refused;
    }
    if (plan.migrations().isEmpty()) {
      command.say("the datasets have the columns that their steps give");
      return ExitCode.DONE;
    }
    command.say("next: leat migrate apply " + shown);
    return ExitCode.CHANGES_PENDING;
  }

  private static int refuse(
      LeatCommand command, LoadedFlow flow, FlowMigrations.Plan plan, String shown) {
    int code = ExitCode.DONE;
    StepPlaces places = new StepPlaces(flow, shown);
    for (LeatException problem : plan.problems()) {
      command.say(places.problem(problem));
      code = Math.max(code, Failures.exitCode(problem));
    }
    return code;
  }

  /** {@code leat migrate plan}. */
  @Command(
      name = "plan",
      description = {
        "Shows what the datasets that are there need: changes, statements, and what would be lost.",
        "Changes nothing."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Ends with 4 if there is something to change."})
  static final class Plan extends LeatCommand {
    @Mixin private Target target = new Target();
    @Mixin private Allowed allowed = new Allowed();

    Plan(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      LoadedFlow flow = context.load(target.file);
      try (FlowMigrations migrations = target.open(flow, false)) {
        return show(this, flow, migrations.plan(allowed.of(flow)), context.show(flow.file()));
      }
    }
  }

  /** {@code leat migrate apply}. */
  @Command(
      name = "apply",
      description = "Makes what `leat migrate plan` shows, each dataset in one transaction.",
      mixinStandardHelpOptions = true)
  static final class Apply extends LeatCommand {
    @Mixin private Target target = new Target();
    @Mixin private Allowed allowed = new Allowed();

    @Option(names = "--accept-loss", description = "also if values are lost by it")
    private boolean acceptLoss;

    @Option(names = "--dry-run", description = "show it, as leat migrate plan does")
    private boolean dryRun;

    Apply(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      LoadedFlow flow = context.load(target.file);
      String shown = context.show(flow.file());
      try (FlowMigrations migrations = target.open(flow, !dryRun)) {
        FlowMigrations.Plan plan = migrations.plan(allowed.of(flow));
        if (dryRun) {
          return show(this, flow, plan, shown);
        }
        int refused = refuse(this, flow, plan, shown);
        if (refused != ExitCode.DONE) {
          return refused;
        }
        tell(this, flow, migrations.apply(plan, acceptLoss), "made");
      }
      return ExitCode.DONE;
    }
  }

  /** {@code leat migrate rollback}. */
  @Command(
      name = "rollback",
      description = {
        "Takes back the last migration. A column that it had dropped comes back empty; the flow "
            + "file is for you to change back."
      },
      mixinStandardHelpOptions = true)
  static final class Rollback extends LeatCommand {
    @Mixin private Target target = new Target();

    @Option(names = "--last", paramLabel = "N", description = "how many; 1 by default")
    private int last = 1;

    @Option(names = "--accept-loss", description = "also if values are lost by it")
    private boolean acceptLoss;

    @Option(names = "--dry-run", description = "show what would be taken back")
    private boolean dryRun;

    Rollback(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      LoadedFlow flow = context.load(target.file);
      int wanted = Math.max(0, last);
      try (FlowMigrations migrations = target.open(flow, !dryRun)) {
        if (dryRun) {
          List<FlowMigrations.Begun> newest = migrations.newest(wanted);
          if (json()) {
            printJson(MigrationView.json(flow.name(), newest));
          } else {
            terminal()
                .print(
                    newest.stream().flatMap(begun -> MigrationView.back(begun).stream()).toList());
          }
          return newest.isEmpty() ? ExitCode.DONE : ExitCode.CHANGES_PENDING;
        }
        tell(this, flow, migrations.rollback(wanted, acceptLoss), "taken back");
      }
      return ExitCode.DONE;
    }
  }

  private static void tell(
      LeatCommand command, LoadedFlow flow, List<FlowMigrations.Begun> done, String what) {
    if (command.json()) {
      Map<String, Object> json = new LinkedHashMap<>(MigrationView.json(flow.name(), done));
      command.printJson(json);
    }
    for (FlowMigrations.Begun begun : done) {
      command.say(begun.record().migration().dataset() + ": " + what);
      begun.record().migration().changes().forEach(change -> command.say("  " + change));
    }
    command.say(Numbers.count(done.size(), "migration") + " " + what);
  }
}
