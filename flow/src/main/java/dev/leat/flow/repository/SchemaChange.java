package dev.leat.flow.repository;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.List;

/**
 * One version of a dataset's columns.
 *
 * @param version from 1 up, without gaps
 * @param columns in order
 * @param changes since the version before; for the first, all columns are new
 * @param run that made it
 * @param at when
 */
public record SchemaChange(
    TableId dataset,
    long version,
    List<Column> columns,
    List<ColumnChange> changes,
    String run,
    Instant at) {
  public SchemaChange {
    columns = List.copyOf(columns);
    changes = List.copyOf(changes);
  }
}
