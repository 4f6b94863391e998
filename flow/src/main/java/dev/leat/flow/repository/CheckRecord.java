package dev.leat.flow.repository;

import dev.leat.flow.check.CheckModel;
import dev.leat.spi.schema.TableId;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param name see {@link CheckModel#name()}
 * @param severity what its failure means
 * @param passed whether it held
 * @param failures rows that failed it
 * @param total rows that were looked at
 * @param message one line for people, without any value
 * @param sample a table with some of the rows that failed; null if there is none
 */
public record CheckRecord(
    String name,
    CheckModel.Severity severity,
    boolean passed,
    long failures,
    long total,
    String message,
    @Nullable TableId sample) {}
