package dev.leat.app.command;

import dev.leat.app.flow.Flow;
import dev.leat.app.output.Problem;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads flow files. */
final class FlowReader {
  private static final ErrorCode MISSING = new ErrorCode("FLOW_MISSING", ErrorCategory.CONFIG);

  private FlowReader() {}

  static Flow read(Path file, Map<String, String> environment) {
    if (!Files.exists(file)) {
      throw new LeatException(
          MISSING, "there is no flow file " + file, "name another one, or write one: leat init");
    }
    throw new UnsupportedOperationException("flow files are not read yet" + environment.size());
  }

  static boolean isProblems(Throwable failure) {
    return false;
  }

  static List<Problem> problems(Throwable failure) {
    return List.of();
  }
}
