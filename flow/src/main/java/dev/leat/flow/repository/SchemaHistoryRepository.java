package dev.leat.flow.repository;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the columns of datasets changed. Safe for use by several threads. */
public interface SchemaHistoryRepository {

  /**
   * Appends a version, unless the columns are those of the latest one.
   *
   * @return the version that was appended; empty if none was
   */
  default Optional<SchemaChange> append(
      TableId dataset, List<Column> columns, String run, Instant at) {
    return append(dataset, columns, List.of(), run, at);
  }

  /**
   * Appends a version, unless the columns are those of the latest one.
   *
   * @param renames columns that are the same under another name, which columns alone do not say
   * @return the version that was appended; empty if none was
   */
  Optional<SchemaChange> append(
      TableId dataset,
      List<Column> columns,
      List<ColumnChange.Renamed> renames,
      String run,
      Instant at);

  Optional<SchemaChange> latest(TableId dataset);

  Optional<SchemaChange> at(TableId dataset, long version);

  /** All versions, from the oldest. */
  List<SchemaChange> list(TableId dataset);
}
