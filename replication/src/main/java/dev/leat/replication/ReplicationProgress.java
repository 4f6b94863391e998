package dev.leat.replication;

import dev.leat.spi.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a replication is, at one moment.
 *
 * @param stage what it is doing
 * @param tables in the order of their names
 * @param durable progress made durable; {@link Position#START} before the stream begins
 * @param serverPosition the end of the source's log as last heard
 * @param lagBytes log between the two
 * @param retainedBytes log that the source keeps for this replication, as last asked for; -1 if not
 *     known, as before there is a stream
 * @param lagMillis age of the oldest change received and not yet durable; 0 if there is none
 * @param changesApplied changes made durable by this process
 * @param changesPerSecond over the last seconds
 * @param lastCommit commit time, at the source, of the last transaction made durable
 * @param trouble the passing error that is being waited out, if any
 */
public record ReplicationProgress(
    Stage stage,
    List<TableProgress> tables,
    Position durable,
    Position serverPosition,
    long lagBytes,
    long retainedBytes,
    long lagMillis,
    long changesApplied,
    double changesPerSecond,
    @Nullable Instant lastCommit,
    @Nullable String trouble) {

  /** What a replication is doing. */
  public enum Stage {
    STARTING,
    COPYING,
    STREAMING,
    /** Waiting to try again after a passing error. */
    WAITING,
    ENDED
  }

  public long rowsCopied() {
    return tables.stream().mapToLong(TableProgress::rowsCopied).sum();
  }

  public long bytesCopied() {
    return tables.stream().mapToLong(TableProgress::bytesCopied).sum();
  }
}
