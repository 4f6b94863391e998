package dev.leat.postgres.schema;

import dev.leat.postgres.types.TableCodec;
import dev.leat.spi.schema.TableSchema;

/**
 * A table with how its values are read.
 *
 * @param table as the catalogs have it
 * @param part what of it is replicated
 * @param codec the columns replicated, and how their values are decoded
 */
public record TableShape(PostgresTable table, TablePart part, TableCodec codec) {
  public TableSchema schema() {
    return codec.schema();
  }
}
