package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Shell;
import dev.leat.app.output.Style;
import dev.leat.generate.Generated;
import dev.leat.generate.Generator;
import dev.leat.generate.OutputFolder;
import dev.leat.generate.airflow.AirflowGenerator;
import dev.leat.generate.dbt.DbtGenerator;
import dev.leat.generate.sql.SqlGenerator;
import dev.leat.spi.error.LeatException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leat generate}. */
@Command(
    name = "generate",
    description = {
      "Writes a flow as code of other tools: SQL scripts, a dbt project or an Airflow DAG. Changes",
      "nothing but the files in the folder that it has written before."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat generate sql --out scripts                    SQL per step, and run.sh",
      "  leat generate dbt shop.toml --out dbt              a project for dbt-duckdb",
      "  leat generate dbt shop.toml --out dbt --exclude publish.dwh",
      "  leat generate airflow shop.toml --out dags --schedule '0 5 * * *'"
    })
final class GenerateCommand extends LeatCommand {
  @Spec private @Nullable CommandSpec spec;

  GenerateCommand(CommandContext context) {
    super(context);
  }

  /** With a subcommand for each target. */
  static CommandLine line(CommandContext context) {
    return new CommandLine(new GenerateCommand(context))
        .addSubcommand(new Sql(context))
        .addSubcommand(new Dbt(context))
        .addSubcommand(new Airflow(context));
  }

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "say what to generate: sql, dbt or airflow");
  }

  /** One target. */
  abstract static class Target extends LeatCommand {
    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "FLOW",
        description = "the flow file; flow.toml in the current folder by default")
    private Path file = Path.of("flow.toml");

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "the folder to write into; made if it does not exist")
    private Path out = Path.of("");

    @Option(
        names = "--select",
        paramLabel = "STEP",
        split = ",",
        description =
            "only these steps or datasets; STEP+ with all that depends on it, +STEP with all that"
                + " it depends on, * for any characters")
    private List<String> select = List.of();

    @Option(
        names = "--exclude",
        paramLabel = "STEP",
        split = ",",
        description = "not these steps, datasets or publishes")
    private List<String> exclude = List.of();

    @Option(
        names = "--engine",
        paramLabel = "NAME",
        description = "where steps run that name no engine, instead of the flow's")
    private @Nullable String engine;

    Target(CommandContext context) {
      super(context);
    }

    abstract Generator generator();

    /** When a scheduler starts it. */
    @Nullable String schedule() {
      return null;
    }

    /** What is run when something failed. */
    @Nullable String alertCommand() {
      return null;
    }

    @Override
    public Integer call() {
      LoadedFlow flow = context.load(file);
      Path folder = context.resolve(out);
      Generated generated;
      try {
        generated =
            new FlowCode(flow, select, exclude, engine, schedule(), alertCommand())
                .generate(generator(), folder);
      } catch (LeatException e) {
        if (!e.context().containsKey("step")) {
          throw e;
        }
        say(new StepPlaces(flow, context.show(flow.file())).problem(e));
        return Failures.exitCode(e);
      }
      OutputFolder.Outcome outcome =
          new OutputFolder(folder).write(generated, FlowCode.mark(generator(), flow));
      if (json()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", true);
        json.put("folder", folder.toString());
        json.put("changed", outcome.changed());
        json.put("same", outcome.same());
        json.put("removed", outcome.removed());
        json.put("notes", generated.notes());
        printJson(json);
      }
      outcome.changed().forEach(path -> say("wrote   " + shown(folder, path)));
      outcome.removed().forEach(path -> say("removed " + shown(folder, path)));
      generated.notes().forEach(note -> say(Style.YELLOW, "note: " + note));
      say(
          "%d files: %d written, %d as they were, %d removed"
              .formatted(
                  generated.files().size(),
                  outcome.changed().size(),
                  outcome.same().size(),
                  outcome.removed().size()));
      String shown = Shell.word(context.show(folder).isEmpty() ? "." : context.show(folder));
      generated.next().forEach(next -> say("next: cd " + shown + " && " + next));
      return ExitCode.DONE;
    }

    private String shown(Path folder, String path) {
      return context.show(folder.resolve(path));
    }
  }

  /** {@code leat generate sql}. */
  @Command(
      name = "sql",
      description = "Writes SQL per step, and a script that runs it with the engine's own client.",
      mixinStandardHelpOptions = true)
  static final class Sql extends Target {
    Sql(CommandContext context) {
      super(context);
    }

    @Override
    Generator generator() {
      return new SqlGenerator();
    }
  }

  /** {@code leat generate dbt}. */
  @Command(
      name = "dbt",
      description = {
        "Writes a dbt project for dbt-duckdb that makes the same rows: models, sources with",
        "freshness, tests, docs, and snapshots to choose for history."
      },
      mixinStandardHelpOptions = true)
  static final class Dbt extends Target {
    Dbt(CommandContext context) {
      super(context);
    }

    @Override
    Generator generator() {
      return new DbtGenerator();
    }
  }

  /** {@code leat generate airflow}. */
  @Command(
      name = "airflow",
      description = "Writes a DAG for Airflow 3 with a task per step, each of which is a leat run.",
      mixinStandardHelpOptions = true)
  static final class Airflow extends Target {
    @Option(
        names = "--schedule",
        paramLabel = "CRON",
        description = "when the flow is started, such as \"0 5 * * *\"; never by default")
    private @Nullable String schedule;

    @Option(
        names = "--alert-command",
        paramLabel = "COMMAND",
        description = {
          "what is run when a task failed for good, with a JSON message on its input; another one in",
          "LEAT_ALERT_COMMAND comes before it"
        })
    private @Nullable String alertCommand;

    Airflow(CommandContext context) {
      super(context);
    }

    @Override
    Generator generator() {
      return new AirflowGenerator();
    }

    @Override
    @Nullable String schedule() {
      return schedule;
    }

    @Override
    @Nullable String alertCommand() {
      return alertCommand;
    }
  }
}
