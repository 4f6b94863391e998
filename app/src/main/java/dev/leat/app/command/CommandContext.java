package dev.leat.app.command;

import dev.leat.app.flow.Flow;
import dev.leat.app.output.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command needs of the process it runs in.
 *
 * @param terminal where it writes; made when first asked for
 * @param folder the current one, absolute
 * @param environment variables, which flow files refer to
 */
public record CommandContext(
    Supplier<Terminal> terminal, Path folder, Map<String, String> environment) {

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
  Flow flow(Path file) {
    return FlowReader.read(resolve(file), environment);
  }
}
