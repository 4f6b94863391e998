package dev.leat.sql;

import dev.leat.spi.schema.TableId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where the columns of a result come from.
 *
 * @param tables the datasets read, sorted
 * @param columns per column of the result the columns whose values are in it, directly or computed;
 *     empty if only the tables are known
 */
public record Lineage(Set<TableId> tables, Map<String, Set<Origin>> columns) {
  public Lineage {
    tables = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(tables));
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** A column of a dataset. */
  public record Origin(TableId table, String column) {
    @Override
    public String toString() {
      return table + "." + column;
    }
  }
}
