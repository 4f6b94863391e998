package dev.leat.flow.storage;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What goes wrong with files, in words. */
final class LocalErrors {
  private static final ErrorCode DENIED = new ErrorCode("STORAGE_DENIED", ErrorCategory.AUTH);
  private static final ErrorCode FAILED = new ErrorCode("STORAGE_FAILED", ErrorCategory.TRANSIENT);
  private static final ErrorCode NO_FILE = new ErrorCode("STORAGE_NO_FILE", ErrorCategory.CONFIG);

  private LocalErrors() {}

  static LeatException missing(Path root) {
    return new LeatException(
        Storage.MISSING,
        "there is no folder " + root,
        "make it, or correct the path; paths are relative to the flow file");
  }

  static LeatException changed(Path file, @Nullable Throwable cause) {
    return new LeatException(
        Storage.CHANGED,
        "the file " + file + " changed while it was read, or was removed",
        "have files written under another name and renamed when they are whole; the next run reads"
            + " it again",
        cause);
  }

  static LeatException noFile(Path file) {
    return new LeatException(
        NO_FILE, "there is no file " + file, "look whether something else moved or removed it");
  }

  static LeatException of(String doing, Path file, IOException e) {
    if (e instanceof AccessDeniedException) {
      return new LeatException(
          DENIED,
          "%s %s is not allowed".formatted(doing, file),
          "give the user that runs Leat the right to do it",
          e);
    }
    if (e instanceof NoSuchFileException) {
      return new LeatException(
          NO_FILE,
          "%s %s failed: it, or its folder, is not there".formatted(doing, file),
          "look whether something else moved or removed it",
          e);
    }
    String reason =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : String.valueOf(e.getMessage());
    return new LeatException(
        FAILED,
        "%s %s failed: %s".formatted(doing, file, reason),
        "see whether its disk is there, has room and is writable",
        e);
  }
}
