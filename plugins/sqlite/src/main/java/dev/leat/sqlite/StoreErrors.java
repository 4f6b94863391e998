package dev.leat.sqlite;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.state.LeaseHolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a state file. None of it may look like an empty one. */
final class StoreErrors {
  private static final ErrorCode MISSING = new ErrorCode("STATE_MISSING", ErrorCategory.CONFIG);
  private static final ErrorCode DAMAGED = new ErrorCode("STATE_DAMAGED", ErrorCategory.CONFIG);
  private static final ErrorCode NEWER = new ErrorCode("STATE_NEWER_VERSION", ErrorCategory.CONFIG);
  private static final ErrorCode UNUSABLE = new ErrorCode("STATE_UNUSABLE", ErrorCategory.CONFIG);
  private static final ErrorCode HELD = new ErrorCode("LEASE_HELD", ErrorCategory.CONFIG);
  private static final ErrorCode READ_ONLY = new ErrorCode("STORE_READ_ONLY", ErrorCategory.CONFIG);
  private static final String RESTORE =
      "restore it from a copy; without it a run cannot know where to go on, and it never starts from zero by itself";

  private StoreErrors() {}

  static LeatException missing(Path file) {
    return new LeatException(
        MISSING,
        "there is no state in " + file + ": the flow never ran here",
        "start it with `leat run`");
  }

  static LeatException damaged(Path file, @Nullable Throwable cause) {
    return new LeatException(DAMAGED, "the state file " + file + " is damaged", RESTORE, cause);
  }

  static LeatException newer(Path file, long version) {
    return new LeatException(
        NEWER,
        "the state file "
            + file
            + " was written by a newer Leat (version "
            + version
            + " of its layout)",
        "use that Leat, or a newer one");
  }

  static LeatException unusable(Path file, Throwable cause) {
    return new LeatException(
        UNUSABLE,
        "the state file " + file + " cannot be read and written: " + cause.getMessage(),
        "the folder and the file have to be writable for the user who runs the flow, and the disk must have room",
        cause);
  }

  static LeatException readOnly(Path file) {
    return new LeatException(
        READ_ONLY, "the state file " + file + " is only looked at", "open it for writing");
  }

  static LeatException held(String flow, @Nullable LeaseHolder holder) {
    return new LeatException(
        HELD,
        "flow "
            + flow
            + " is already running"
            + (holder == null
                ? ""
                : ": pid " + holder.pid() + " on " + holder.host() + ", since " + holder.since()),
        "stop that process first, or look at it with `leat status`");
  }
}
