package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.config.FlowSchema;
import dev.leat.config.Systems;
import dev.leat.library.PluginCatalog;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.sql.Dialect;
import dev.leat.sql.SqlReference;
import java.util.ArrayList;
import java.util.List;
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
      "  leat schema > leat.schema.json",
      "  leat schema --functions"
    })
final class SchemaCommand extends LeatCommand {
  @Option(names = "--markdown", description = "print a page for people instead")
  private boolean markdown;

  @Option(
      names = "--functions",
      description = "print the functions of portable SQL instead, and which engines have them")
  private boolean functions;

  SchemaCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    PluginCatalog plugins =
        FlowReader.plugins(context.folder().resolve("plugins.d"), context.environment());
    if (functions) {
      terminal().print(SqlReference.markdown(dialects(plugins)));
      return ExitCode.DONE;
    }
    Systems systems = FlowReader.systems(plugins);
    if (markdown) {
      terminal().print(FlowSchema.markdown(systems));
    } else {
      printJson(FlowSchema.json(systems));
    }
    return ExitCode.DONE;
  }

  private static List<Dialect> dialects(PluginCatalog plugins) {
    List<Dialect> dialects = new ArrayList<>();
    for (Plugin plugin : plugins.all()) {
      plugin.engine().ifPresent(engine -> dialects.add(engine.dialect()));
    }
    return dialects;
  }
}
