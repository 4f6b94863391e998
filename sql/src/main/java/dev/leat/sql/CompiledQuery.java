package dev.leat.sql;

import dev.leat.spi.schema.Column;
import java.util.List;

/**
 * A relation, written for an engine.
 *
 * @param sql one query in the engine's dialect, without a semicolon
 * @param columns what it gives, in order; empty if it is in the engine's own language, whose types
 *     only the engine knows
 * @param lineage where the columns come from
 * @param changesWithTime whether the same data may give other rows at another time, since the query
 *     asks for the date or time
 */
public record CompiledQuery(
    String sql, List<Column> columns, Lineage lineage, boolean changesWithTime) {
  public CompiledQuery {
    columns = List.copyOf(columns);
  }
}
