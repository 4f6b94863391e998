package dev.leat.spi.destination;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.schema.ColumnChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a table's shape, on its way to the destination in order with the changes of its rows.
 *
 * @param from what the table was
 * @param to what it is for all changes that follow
 * @param changes what lies between, in the order to follow them
 * @param added one row, with a column for each that was added: what the rows that were there before
 *     hold in it; null if that is NULL everywhere
 */
public record Reshape(
    TableTarget from, TableTarget to, List<ColumnChange> changes, @Nullable RowBatch added)
    implements AutoCloseable {
  public Reshape {
    changes = List.copyOf(changes);
  }

  @Override
  public void close() {
    if (added != null) {
      added.close();
    }
  }
}
