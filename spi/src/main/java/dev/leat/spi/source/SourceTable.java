package dev.leat.spi.source;

import dev.leat.spi.schema.TableSchema;

/**
 * A table found at a source.
 *
 * @param schema its shape now, restricted to the columns that are replicated
 * @param estimatedRows what the source believes, or -1
 * @param estimatedBytes the size on the source's disk, or -1
 */
public record SourceTable(TableSchema schema, long estimatedRows, long estimatedBytes) {}
