package dev.leat.spi.source;

import dev.leat.spi.Position;

/**
 * How far a stream's consumer is behind, as the source sees it.
 *
 * @param confirmed up to where the source may forget
 * @param serverPosition the end of the source's log
 * @param lagBytes bytes of log between the two
 * @param retainedBytes bytes of log that the source keeps for this stream
 * @param active whether a consumer is connected
 */
public record StreamLag(
    Position confirmed,
    Position serverPosition,
    long lagBytes,
    long retainedBytes,
    boolean active) {}
