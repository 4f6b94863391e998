package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Problem;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the subcommands together, and has errors reported in one way. */
public final class LeatCommandLine {
  private LeatCommandLine() {}

  /**
   * The whole command line.
   *
   * @param root the command without a subcommand
   */
  public static CommandLine of(Object root, CommandContext context) {
    CommandLine line = new CommandLine(root);
    line.addSubcommand(new InitCommand(context));
    line.addSubcommand(new CheckCommand(context));
    line.addSubcommand(new DoctorCommand(context));
    line.addSubcommand(new PlanCommand(context));
    line.addSubcommand(new TestCommand(context));
    line.addSubcommand(MigrateCommand.line(context));
    line.addSubcommand(new RunCommand(context));
    line.addSubcommand(GenerateCommand.line(context));
    line.addSubcommand(new StatusCommand(context));
    line.addSubcommand(RunsCommand.line(context));
    line.addSubcommand(new DatasetsCommand(context));
    line.addSubcommand(new PreviewCommand(context));
    line.addSubcommand(new SqlCommand(context));
    line.addSubcommand(new DiffCommand(context));
    line.addSubcommand(new ResyncCommand(context));
    line.addSubcommand(new PauseCommand(context));
    line.addSubcommand(new ResumeCommand(context));
    line.addSubcommand(DemoCommand.line(context));
    line.addSubcommand(StateCommand.line(context));
    line.addSubcommand(new SchemaCommand(context));
    line.addSubcommand(new CompletionCommand(context));
    line.addSubcommand(new CommandLine.HelpCommand());
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
