package dev.leat.flow.repository;

import dev.leat.spi.schema.TableId;
import java.util.List;

/**
 * Where a column of a dataset comes from.
 *
 * @param name the column's
 * @param origins the columns whose values are in it, directly or computed, sorted; empty if there
 *     are none
 */
public record ColumnRecord(String name, List<Origin> origins) {
  public ColumnRecord {
    origins = List.copyOf(origins);
  }

  /** A column of a dataset that was read. */
  public record Origin(TableId dataset, String column) {
    @Override
    public String toString() {
      return dataset + "." + column;
    }
  }
}
