package dev.leat.spi.destination;

/**
 * What a copy of one range wrote.
 *
 * @param rows the rows now durable
 */
public record CopyOutcome(long rows) {}
