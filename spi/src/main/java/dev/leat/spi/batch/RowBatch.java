package dev.leat.spi.batch;

import dev.leat.spi.schema.TableSchema;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows of one table, columnar, as a snapshot reads them. Whoever receives a batch closes it.
 *
 * @param schema the shape of the rows; one vector per column, in order
 * @param root the vectors
 * @param bytes the size of the values
 */
public record RowBatch(TableSchema schema, VectorSchemaRoot root, long bytes)
    implements AutoCloseable {

  public int rows() {
    return root.getRowCount();
  }

  @Override
  public void close() {
    root.close();
  }
}
