package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the subcommands together, and has errors reported in one way. */
public final class LeatCommandLine {
  private LeatCommandLine() {}

  /** What makes the subcommands, by name, in the order of the help text. */
  private static final Map<String, Function<CommandContext, Object>> SUBCOMMANDS = subcommands();

  private static final List<String> VERSION = List.of("-V", "--version");

  private static Map<String, Function<CommandContext, Object>> subcommands() {
    Map<String, Function<CommandContext, Object>> commands = new LinkedHashMap<>();
    commands.put("init", InitCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("test", TestCommand::new);
    commands.put("migrate", MigrateCommand::line);
    commands.put("run", RunCommand::new);
    commands.put("generate", GenerateCommand::line);
    commands.put("status", StatusCommand::new);
    commands.put("runs", RunsCommand::line);
    commands.put("datasets", DatasetsCommand::new);
    commands.put("preview", PreviewCommand::new);
    commands.put("infer", InferCommand::new);
    commands.put("parked", ParkedCommand::new);
    commands.put("sql", SqlCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("resync", ResyncCommand::new);
    commands.put("pause", PauseCommand::new);
    commands.put("resume", ResumeCommand::new);
    commands.put("demo", DemoCommand::line);
    commands.put("state", StateCommand::line);
    commands.put("credentials", CredentialsCommand::line);
    commands.put("schema", SchemaCommand::new);
    commands.put("completion", CompletionCommand::new);
    return commands;
  }

  /**
   * The command line that {@code arguments} need: with one subcommand if they begin with its name,
   * since making all of them takes a third of a second, or else with all.
   *
   * @param root the command without a subcommand
   */
  public static CommandLine of(Object root, CommandContext context, String... arguments) {
    CommandLine line = new CommandLine(root);
    String first = arguments.length == 0 ? "" : arguments[0];
    if (SUBCOMMANDS.containsKey(first) && !first.equals("completion")) {
      add(line, first, context);
    } else if (!VERSION.contains(first)) {
      SUBCOMMANDS.keySet().forEach(name -> add(line, name, context));
      line.addSubcommand(new CommandLine.HelpCommand());
    }
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setUsageHelpAutoWidth(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(
        parsed -> {
          if (!parsed.hasSubcommand()
              && !parsed.isUsageHelpRequested()
              && !parsed.isVersionHelpRequested()) {
            // Without a subcommand: what there is to type.
            line.usage(line.getErr());
            return ExitCode.USAGE;
          }
          if (command(parsed) instanceof LeatCommand command) {
            command.setUpMessages();
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    line.setExecutionExceptionHandler((e, _, parsed) -> report(e, context, parsed));
    line.setParameterExceptionHandler((e, _) -> misused(e, context));
    return line;
  }

  private static void add(CommandLine line, String name, CommandContext context) {
    line.addSubcommand(Objects.requireNonNull(SUBCOMMANDS.get(name)).apply(context));
  }

  private static Object command(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.commandSpec().userObject();
  }

  private static int report(Exception e, CommandContext context, ParseResult parsed) {
    return command(parsed) instanceof LeatCommand command
        ? new Failures(context, command.json(), command.verbose()).report(e)
        : new Failures(context, false, true).report(e);
  }

  private static int misused(ParameterException e, CommandContext context) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    StringBuilder sentence = new StringBuilder(String.valueOf(e.getMessage()));
    if (e instanceof UnmatchedArgumentException unmatched) {
      var suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        sentence.append("; did you mean ").append(String.join(" or ", suggestions)).append("?");
      }
    }
    Problem problem =
        new Problem(
            Problem.ERROR, "USAGE", sentence.toString(), "", Map.of(), "see " + name + " --help");
    context.terminal().get().say(problem);
    return ExitCode.USAGE;
  }
}
