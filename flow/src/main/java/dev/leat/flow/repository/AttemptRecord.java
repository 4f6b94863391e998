package dev.leat.flow.repository;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a step.
 *
 * @param startedAt when it began
 * @param endedAt when it was over; null if it is not
 * @param error why it failed; null if it did not
 */
public record AttemptRecord(
    Instant startedAt, @Nullable Instant endedAt, @Nullable ErrorRecord error) {}
