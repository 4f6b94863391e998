package dev.leat.app.command;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The flow file that a command is about. */
final class FlowArgument {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FLOW",
      defaultValue = "flow.toml",
      description = "the flow file; flow.toml in the current folder by default")
  Path file = Path.of("flow.toml");
}
