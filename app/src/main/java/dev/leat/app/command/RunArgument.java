package dev.leat.app.command;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run of a flow; both may be left out. */
final class RunArgument {
  private static final ErrorCode NO_RUN = new ErrorCode("RUN_NAME", ErrorCategory.CONFIG);

  @Parameters(
      arity = "0..2",
      paramLabel = "[FLOW] [ID|last]",
      hideParamSyntax = true,
      description = "the flow file, flow.toml by default, and the run, the last one by default")
  private List<String> words = List.of();

  @Option(names = "--env", paramLabel = "NAME", description = "the last run in this environment")
  @Nullable String environment;

  Path file() {
    return Path.of(
        words.isEmpty() || (words.size() == 1 && RecordedRuns.isRun(words.getFirst()))
            ? "flow.toml"
            : words.getFirst());
  }

  /** The run's name, or {@link RecordedRuns#LAST}. */
  String run() {
    if (words.isEmpty() || (words.size() == 1 && !RecordedRuns.isRun(words.getFirst()))) {
      return RecordedRuns.LAST;
    }
    String word = words.getLast();
    if (!RecordedRuns.isRun(word)) {
      throw new LeatException(
          NO_RUN, word + " is no name of a run", "write a name that `leat runs` shows, or last");
    }
    return word;
  }
}
