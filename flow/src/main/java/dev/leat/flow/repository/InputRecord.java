package dev.leat.flow.repository;

import dev.leat.spi.schema.TableId;
import org.jspecify.annotations.Nullable;

/**
 * A dataset that a step read.
 *
 * @param run the run that had made it as it was read; null if no step of the flow makes it
 * @param fingerprint what it was made of, see {@link dev.leat.spi.engine.Mark}; null if that is
 *     unknown
 */
public record InputRecord(TableId dataset, @Nullable String run, @Nullable String fingerprint) {}
