package dev.leat.postgres.types;

import dev.leat.spi.schema.TableSchema;
import java.util.List;

/** The shape of a table with the codecs of its columns. */
public final class TableCodec {
  private final TableSchema schema;
  private final ColumnCodec[] columns;

  public TableCodec(TableSchema schema, List<ColumnCodec> columns) {
    if (schema.columns().size() != columns.size()) {
      throw new IllegalArgumentException(schema.table() + " has another number of columns");
    }
    this.schema = schema;
    this.columns = columns.toArray(ColumnCodec[]::new);
  }

  public TableSchema schema() {
    return schema;
  }

  public ColumnCodec column(int index) {
    return columns[index];
  }

  /** Whether a stream in binary can be read. */
  public boolean streamsBinary() {
    for (ColumnCodec column : columns) {
      if (!column.streamsBinary()) {
        return false;
      }
    }
    return true;
  }
}
