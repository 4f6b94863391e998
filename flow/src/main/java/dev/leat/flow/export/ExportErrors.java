package dev.leat.flow.export;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.file.Path;

/** What goes wrong with exports, in words. */
final class ExportErrors {
  private static final ErrorCode OTHER = new ErrorCode("EXPORT_OTHER_FILES", ErrorCategory.CONFIG);
  private static final ErrorCode SCRATCH = new ErrorCode("EXPORT_SCRATCH", ErrorCategory.TRANSIENT);

  private ExportErrors() {}

  static LeatException otherFiles(String target) {
    return new LeatException(
        OTHER,
        target + " is there and is not what this export writes, so it is not replaced",
        "move it away, or give another path");
  }

  static LeatException otherExport(String target, String dataset) {
    return new LeatException(
        OTHER,
        "%s has the export of %s, so it is not replaced".formatted(target, dataset),
        "give this export a folder of its own");
  }

  static LeatException otherFormat(String target, String format) {
    return new LeatException(
        OTHER,
        "the files in %s are %s, and this export would add others".formatted(target, format),
        "give it another path, or write all files anew with --full-refresh");
  }

  static LeatException gone(String file) {
    return new LeatException(
        OTHER,
        file + ", which the manifest names, is not there any more",
        "put it back, or write all files anew with --full-refresh");
  }

  static LeatException scratch(Path folder, IOException e) {
    return new LeatException(
        SCRATCH,
        "the folder %s, where files are until they are whole, cannot be used: %s"
            .formatted(folder, e.getMessage()),
        "see whether its disk has room and is writable",
        e);
  }
}
