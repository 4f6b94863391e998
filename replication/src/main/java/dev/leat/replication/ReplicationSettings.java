package dev.leat.replication;

import dev.leat.spi.source.TableSelection;
import java.time.Duration;

/**
 * How one replication works.
 *
 * @param name unique per flow and source; the source's stream and the state are named after it
 * @param tables which tables
 * @param mapping what they become
 * @param mode copy, stream, or both
 * @param untilCaughtUp end when everything is durable that the source held when streaming began
 * @param copyWorkers how many ranges are copied at the same time
 * @param maxBatchRows the most changes handed to the destination between two commits, unless one
 *     transaction has more
 * @param maxBatchBytes the same in bytes; also how a larger transaction is cut into batches
 * @param linger how long changes wait for more to be committed with them when the source is quiet
 * @param behindLinger the same when more changes keep arriving
 * @param retry what to do when a connection or a disk fails
 */
public record ReplicationSettings(
    String name,
    TableSelection tables,
    TableMapping mapping,
    StartMode mode,
    boolean untilCaughtUp,
    int copyWorkers,
    int maxBatchRows,
    long maxBatchBytes,
    Duration linger,
    Duration behindLinger,
    Retry retry) {

  public ReplicationSettings {
    if (copyWorkers < 1 || maxBatchRows < 1 || maxBatchBytes < 1) {
      throw new IllegalArgumentException(
          "copyWorkers, maxBatchRows and maxBatchBytes must be at least 1");
    }
  }

  public static ReplicationSettings defaults(String name, TableSelection tables) {
    return new ReplicationSettings(
        name,
        tables,
        TableMapping.identity(),
        StartMode.COPY_AND_STREAM,
        false,
        2,
        100_000,
        64L << 20,
        Duration.ofMillis(20),
        Duration.ofMillis(500),
        Retry.DEFAULT);
  }

  public ReplicationSettings withMapping(TableMapping newMapping) {
    return new ReplicationSettings(
        name,
        tables,
        newMapping,
        mode,
        untilCaughtUp,
        copyWorkers,
        maxBatchRows,
        maxBatchBytes,
        linger,
        behindLinger,
        retry);
  }

  public ReplicationSettings withMode(StartMode newMode) {
    return new ReplicationSettings(
        name,
        tables,
        mapping,
        newMode,
        untilCaughtUp,
        copyWorkers,
        maxBatchRows,
        maxBatchBytes,
        linger,
        behindLinger,
        retry);
  }

  public ReplicationSettings withUntilCaughtUp(boolean newUntilCaughtUp) {
    return new ReplicationSettings(
        name,
        tables,
        mapping,
        mode,
        newUntilCaughtUp,
        copyWorkers,
        maxBatchRows,
        maxBatchBytes,
        linger,
        behindLinger,
        retry);
  }

  public ReplicationSettings withBatches(int rows, long bytes) {
    return new ReplicationSettings(
        name,
        tables,
        mapping,
        mode,
        untilCaughtUp,
        copyWorkers,
        rows,
        bytes,
        linger,
        behindLinger,
        retry);
  }

  public ReplicationSettings withLinger(Duration quiet, Duration behind) {
    return new ReplicationSettings(
        name,
        tables,
        mapping,
        mode,
        untilCaughtUp,
        copyWorkers,
        maxBatchRows,
        maxBatchBytes,
        quiet,
        behind,
        retry);
  }

  public ReplicationSettings withCopyWorkers(int workers) {
    return new ReplicationSettings(
        name,
        tables,
        mapping,
        mode,
        untilCaughtUp,
        workers,
        maxBatchRows,
        maxBatchBytes,
        linger,
        behindLinger,
        retry);
  }

  public ReplicationSettings withRetry(Retry newRetry) {
    return new ReplicationSettings(
        name,
        tables,
        mapping,
        mode,
        untilCaughtUp,
        copyWorkers,
        maxBatchRows,
        maxBatchBytes,
        linger,
        behindLinger,
        newRetry);
  }
}
