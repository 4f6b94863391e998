package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.config.FlowSchema;
import dev.leat.config.Systems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leat schema}. */
@Command(
    name = "schema",
    description = {
      "Prints what may stand in a flow file as JSON Schema, for editors to check and complete it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A first line \"#:schema ./leat.schema.json\" in a flow file has editors use it.",
      "",
      "Example:",
      "  leat schema > leat.schema.json"
    })
final class SchemaCommand extends LeatCommand {
  @Option(names = "--markdown", description = "print a page for people instead")
  private boolean markdown;

  SchemaCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Systems systems =
        FlowReader.systems(
            FlowReader.plugins(context.folder().resolve("plugins.d"), context.environment()));
    if (markdown) {
      FlowSchema.markdown(systems).forEach(terminal().out()::println);
    } else {
      printJson(FlowSchema.json(systems));
    }
    return ExitCode.DONE;
  }
}
