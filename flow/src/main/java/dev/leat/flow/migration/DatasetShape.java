package dev.leat.flow.migration;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a dataset.
 *
 * @param columns in order; empty if there is no such dataset
 * @param key columns that are unique and not NULL; empty if none are known
 */
public record DatasetShape(TableId dataset, List<Column> columns, List<String> key) {
  public DatasetShape {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(dataset + " has two columns named " + column.name());
      }
    }
  }

  /** A dataset that is not there. */
  public static DatasetShape missing(TableId dataset) {
    return new DatasetShape(dataset, List.of(), List.of());
  }

  public boolean exists() {
    return !columns.isEmpty();
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
