package dev.leat.spi.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an engine remembers of a dataset that a step made, in the transaction of its rows.
 *
 * @param step the step's name
 * @param unit the partition, in a backfill or other work in parts; empty for the dataset as a whole
 * @param run the run that made it
 * @param fingerprint of the instruction and what it read; equal means that nothing would change
 * @param watermark how far an incremental step has read its input; null if it is none
 * @param at when
 */
public record Mark(
    String step,
    String unit,
    String run,
    String fingerprint,
    @Nullable String watermark,
    Instant at) {}
