package dev.leat.spi.state;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableSchema;

/**
 * The shape that a table has from a position on, until the next version.
 *
 * @param from the first position at which the shape holds
 * @param schema the shape
 */
public record SchemaVersion(Position from, TableSchema schema) {}
