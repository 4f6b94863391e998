package dev.leat.replication;

import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.TableError;
import dev.leat.spi.state.TablePhase;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is.
 *
 * @param table at the source
 * @param destination at the destination
 * @param phase where it is on its way
 * @param estimatedRows what the source believes it has, or -1
 * @param estimatedBytes the size on the source's disk, or -1
 * @param rowsCopied rows read by this process, those of ranges under way included
 * @param bytesCopied bytes read by this process
 * @param rangesFinished ranges of the copy that are durable
 * @param ranges ranges of the copy; 0 before it is divided
 * @param changes changes applied by this process
 * @param error why it stands still, if it does
 */
public record TableProgress(
    TableId table,
    TableId destination,
    TablePhase phase,
    long estimatedRows,
    long estimatedBytes,
    long rowsCopied,
    long bytesCopied,
    int rangesFinished,
    int ranges,
    long changes,
    @Nullable TableError error) {}
