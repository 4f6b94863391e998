package dev.leat.spi.state;

import java.time.Instant;

/**
 * Who runs a flow.
 *
 * @param host the machine's name
 * @param pid the process
 * @param since when it took the lease
 * @param control where it can be talked to (path of a socket); empty if nowhere
 */
public record LeaseHolder(String host, long pid, Instant since, String control) {}
