package dev.leat.spi.destination;

import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;

/**
 * Where and how one table is written.
 *
 * @param schema the shape of the source's table; {@link TableSchema#table()} names it in batches
 *     and progress
 * @param table the name at the destination
 * @param mode what the table is
 */
public record TableTarget(TableSchema schema, TableId table, WriteMode mode) {
  public TableTarget withSchema(TableSchema newSchema) {
    return new TableTarget(newSchema, table, mode);
  }
}
