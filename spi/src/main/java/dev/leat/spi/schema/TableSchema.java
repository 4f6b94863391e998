package dev.leat.spi.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shape of a table at one time.
 *
 * @param table the table at the source
 * @param columns in the source's order; may be empty
 * @param key indexes into {@code columns} of the columns that tell rows apart; empty unless {@code
 *     identity} is {@link RowIdentity#KEY}
 * @param identity how rows are told apart
 */
public record TableSchema(
    TableId table, List<Column> columns, List<Integer> key, RowIdentity identity) {
  public TableSchema {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    if (key.isEmpty() == (identity == RowIdentity.KEY)) {
      throw new IllegalArgumentException(
          table + ": identity " + identity + " does not go with " + key.size() + " key columns");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(table + " has two columns named " + column.name());
      }
    }
    for (int index : key) {
      if (index < 0 || index >= columns.size()) {
        throw new IllegalArgumentException(table + " has no column " + index + " for its key");
      }
    }
  }

  public boolean hasKey() {
    return identity == RowIdentity.KEY;
  }

  public List<Column> keyColumns() {
    return key.stream().map(columns::get).toList();
  }

  /** The index of the column of that name, or -1. */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }
}
