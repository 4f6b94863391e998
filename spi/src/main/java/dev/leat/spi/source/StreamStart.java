package dev.leat.spi.source;

/**
 * A change stream just made, with the snapshot of exactly the moment it starts from.
 *
 * @param identity to resume it with
 * @param snapshot sees exactly the changes before {@link Snapshot#position()}; the stream delivers
 *     exactly those from there on
 */
public record StreamStart(StreamIdentity identity, Snapshot snapshot) {}
