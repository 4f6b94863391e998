package dev.leat.app.demo;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What can go wrong in a demo. */
final class DemoErrors {
  private static final ErrorCode SERVER_KEPT =
      new ErrorCode("DEMO_SERVER_KEPT", ErrorCategory.CONFIG);

  private DemoErrors() {}

  static LeatException foreignFile(Path file) {
    return new LeatException(
        new ErrorCode("DEMO_FOREIGN_FILE", ErrorCategory.CONFIG),
        file.getFileName() + " is here already and is not from an earlier demo",
        "run the demo in another folder, or move that file away");
  }

  static LeatException keptServer(Path directory) {
    return new LeatException(
        SERVER_KEPT,
        "the server that an earlier demo kept is still in " + directory,
        "stop it and remove it: kill $(head -n 1 %1$s/data/postmaster.pid); rm -r %1$s"
            .formatted(directory));
  }

  /** As {@link #keptServer}, with the one that has buckets. */
  static LeatException keptServers(String directory, String pid) {
    return new LeatException(
        SERVER_KEPT,
        "the servers that an earlier demo kept are still there, one of them in " + directory,
        "stop and remove them: " + DemoFiles.stop(directory, pid));
  }

  static LeatException failed(String doing, @Nullable Throwable cause) {
    return new LeatException(
        new ErrorCode("DEMO_FAILED", ErrorCategory.TRANSIENT),
        doing + (cause == null ? "" : ": " + cause.getMessage()),
        "run it again; if it fails again, report it with the output of leat demo --verbose",
        cause);
  }

  static LeatException processEnded(String end) {
    return new LeatException(
        new ErrorCode("DEMO_REPLICATION_ENDED", ErrorCategory.INTERNAL),
        "the replication ended early; its last words:\n" + end.indent(4).stripTrailing(),
        "report it with these lines");
  }
}
