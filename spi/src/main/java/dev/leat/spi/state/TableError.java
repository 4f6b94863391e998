package dev.leat.spi.state;

import java.time.Instant;

/**
 * Why a table stands still.
 *
 * @param code see {@link dev.leat.spi.error.ErrorCode#name()}
 * @param reason one sentence
 * @param advice what a person can do
 * @param at when it happened
 */
public record TableError(String code, String reason, String advice, Instant at) {}
