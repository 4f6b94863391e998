package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import org.jspecify.annotations.Nullable;

/** The errors that the runtime itself finds. */
final class ReplicationErrors {
  private static final ErrorCode NO_TABLES = new ErrorCode("NO_TABLES", ErrorCategory.CONFIG);
  private static final ErrorCode SAME_TARGET = new ErrorCode("SAME_TARGET", ErrorCategory.CONFIG);
  private static final ErrorCode DESTINATION_LOST =
      new ErrorCode("DESTINATION_LOST", ErrorCategory.CONFIG);
  private static final ErrorCode STATE_LOST = new ErrorCode("STATE_LOST", ErrorCategory.CONFIG);
  private static final ErrorCode MODE_CHANGED = new ErrorCode("MODE_CHANGED", ErrorCategory.CONFIG);
  private static final ErrorCode DESTINATION_BEHIND =
      new ErrorCode("DESTINATION_BEHIND", ErrorCategory.CONFIG);
  private static final ErrorCode LEASE_LOST = new ErrorCode("LEASE_LOST", ErrorCategory.CONFIG);

  /** One table was stopped while changes were written; the stream is opened again without it. */
  static final ErrorCode TABLE_STOPPED = new ErrorCode("TABLE_STOPPED", ErrorCategory.TRANSIENT);

  private ReplicationErrors() {}

  static LeatException noTables(String patterns) {
    return new LeatException(
        NO_TABLES,
        "no table matches " + patterns,
        "check `tables` and `exclude` in the flow file; a pattern is schema.table with * for any characters");
  }

  static LeatException sameTarget(TableId first, TableId second, TableId target) {
    return new LeatException(
        SAME_TARGET,
        first + " and " + second + " would both be written to " + target,
        "give one of them another name with `rename` or another schema with `into`");
  }

  static LeatException destinationLost(String destination, String store) {
    return new LeatException(
        DESTINATION_LOST,
        destination
            + " has no record of this replication, but the state in "
            + store
            + " says that data was written there",
        "restore the destination; or, to copy everything anew, delete the state and drop the replication slot it names");
  }

  static LeatException stateLost(String destination, String store) {
    return new LeatException(
        STATE_LOST,
        destination
            + " holds data of this replication, but the state in "
            + store
            + " knows nothing of it",
        "restore the state; or, to copy everything anew, use a new destination and drop the old replication slot");
  }

  static LeatException modeChanged(TableId table) {
    return new LeatException(
        MODE_CHANGED,
        "this replication has no change stream: it was begun as copy only, with " + table,
        "use another flow name to begin a replication that follows changes");
  }

  static LeatException destinationBehind(
      String destination, String store, Position saved, @Nullable Position there) {
    return new LeatException(
        DESTINATION_BEHIND,
        destination
            + " holds changes up to "
            + (there == null ? "none" : there)
            + ", but the state in "
            + store
            + " says they were durable up to "
            + saved
            + "; the source may have forgotten those in between",
        "the destination is an older copy of itself: restore the newer one, or copy everything anew");
  }

  static LeatException leaseLost(String replication) {
    return new LeatException(
        LEASE_LOST,
        "another process has taken over " + replication,
        "stop one of the two; `leat status` names the one that holds the flow");
  }

  /** What a thread threw that is no error of Leat's own: a defect, unless it is one already. */
  static LeatException unexpected(String doing, Throwable cause) {
    return cause instanceof LeatException e
        ? e
        : new LeatException(
            ErrorCode.INTERNAL,
            "unexpected error while " + doing + ": " + cause,
            "this is a defect of Leat; please report it with the output of the same command and --verbose",
            cause);
  }
}
