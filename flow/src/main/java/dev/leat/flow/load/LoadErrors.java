package dev.leat.flow.load;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import org.jspecify.annotations.Nullable;

/** What is wrong with files, in words for people. */
final class LoadErrors {
  static final ErrorCode FILE = new ErrorCode("FILE_UNREADABLE", ErrorCategory.DATA);
  private static final ErrorCode BAD_ROWS = new ErrorCode("FILE_BAD_ROWS", ErrorCategory.DATA);
  private static final ErrorCode COLUMNS = new ErrorCode("FILE_COLUMNS", ErrorCategory.SCHEMA);
  private static final ErrorCode PATTERN = new ErrorCode("FILE_PATTERN", ErrorCategory.CONFIG);
  private static final ErrorCode FORMAT = new ErrorCode("FILE_FORMAT", ErrorCategory.CONFIG);
  private static final ErrorCode SCRATCH = new ErrorCode("FILE_SCRATCH", ErrorCategory.TRANSIENT);

  private LoadErrors() {}

  static LeatException file(String sentence, String fix, @Nullable Throwable cause) {
    return new LeatException(FILE, sentence, fix, cause);
  }

  static LeatException badRows(String sentence, String fix) {
    return new LeatException(BAD_ROWS, sentence, fix);
  }

  static LeatException columns(String sentence, String fix) {
    return new LeatException(COLUMNS, sentence, fix);
  }

  static LeatException pattern(String sentence, String fix) {
    return new LeatException(PATTERN, sentence, fix);
  }

  static LeatException format(String sentence, String fix) {
    return new LeatException(FORMAT, sentence, fix);
  }

  static LeatException scratch(Throwable cause) {
    return new LeatException(
        SCRATCH,
        "files cannot be prepared in the folder for that: " + cause.getClass().getSimpleName(),
        "make room on the disk of the folder .leat beside the flow file",
        cause);
  }
}
