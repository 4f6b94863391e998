package dev.leat.app.command;

import dev.leat.app.output.Input;
import dev.leat.app.output.Terminal;
import dev.leat.config.Surroundings;
import dev.leat.library.Flow;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command needs of the process it runs in.
 *
 * @param terminal where it writes; made when first asked for
 * @param folder the current one, absolute
 * @param environment variables, which flow files refer to
 * @param input what a person types, or another program hands over
 */
public record CommandContext(
    Supplier<Terminal> terminal, Path folder, Map<String, String> environment, Input input) {

  private static final ErrorCode TWO_FLOWS = new ErrorCode("FLOW_TWICE", ErrorCategory.CONFIG);

  /** With no one to ask. */
  public CommandContext(Supplier<Terminal> terminal, Path folder, Map<String, String> environment) {
    this(terminal, folder, environment, Input.NONE);
  }

  Surroundings surroundings() {
    return new Surroundings(environment, new TypedKey(input));
  }

  Path resolve(Path file) {
    return folder.resolve(file).normalize();
  }

  /** As short as a person would type it. */
  String show(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }

  /**
   * Reads and checks a flow file.
   *
   * @throws dev.leat.config.FlowProblems with all that is wrong with it
   */
  LoadedFlow load(Path file) {
    return FlowReader.read(resolve(file), surroundings());
  }

  /** As {@link #load(Path)}, for a command about replication. */
  Flow flow(Path file) {
    return load(file).requireReplication();
  }

  /** As {@link #flow(Path)}, or what the command line says instead of a file. */
  Flow flow(FlowArgument argument) {
    return load(argument).requireReplication();
  }

  /** As {@link #load(Path)}, or what the command line says instead of a file. */
  LoadedFlow load(FlowArgument argument) {
    Path file = argument.file;
    String from = argument.address();
    if (from == null) {
      return load(file == null ? Path.of("flow.toml") : file);
    }
    if (file != null) {
      throw new LeatException(
          TWO_FLOWS, "there are both a flow file and --from", "leave one of them out");
    }
    return FlowReader.read(from, resolve(argument.to), argument.tables, surroundings());
  }

  /** How a person names the flow on the command line of the next command. */
  String show(Flow flow, FlowArgument argument) {
    return show(flow.file(), argument);
  }

  /** As {@link #show(Flow, FlowArgument)}. */
  String show(Path file, FlowArgument argument) {
    String from = argument.address();
    return from == null
        ? show(file)
        : "--from " + (FlowReader.isReference(from) ? from : "…") + " --to " + argument.to;
  }
}
