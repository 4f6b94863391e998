package dev.leat.spi.state;

import dev.leat.spi.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a running replication last said of itself, for {@code leat status}.
 *
 * @param at when it was said
 * @param durable progress made durable
 * @param serverPosition the end of the source's log
 * @param lagBytes log between the two
 * @param lagMillis age of the oldest change received and not yet durable; 0 if there is none
 * @param rowsCopied rows copied since the process began
 * @param changesApplied changes made durable since the process began
 * @param changesPerSecond over the last seconds
 * @param lastCommit commit time of the last transaction made durable
 */
public record Activity(
    Instant at,
    Position durable,
    Position serverPosition,
    long lagBytes,
    long lagMillis,
    long rowsCopied,
    long changesApplied,
    double changesPerSecond,
    @Nullable Instant lastCommit) {}
