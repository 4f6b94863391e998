package dev.leat.spi.source;

/**
 * A part of a table's copy that is read, written and recorded as one.
 *
 * @param id unique within its table's plan; opaque to everyone but the source, which finds the part
 *     by it
 * @param estimatedRows for progress, or -1
 */
public record CopyRange(String id, long estimatedRows) {}
