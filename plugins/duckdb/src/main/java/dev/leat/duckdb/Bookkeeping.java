package dev.leat.duckdb;

import dev.leat.spi.Position;
import dev.leat.spi.destination.DestinationProgress;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.CopyRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Leat notes in the schema {@code _leat} of the database, in the transactions of the data it
 * speaks of.
 */
final class Bookkeeping {
  private final String replication;

  Bookkeeping(String replication) {
    this.replication = replication;
  }

  static boolean exists(Session session) {
    return session.number(
            "SELECT count(*) FROM duckdb_tables() WHERE schema_name = '_leat' AND table_name = 'progress'")
        > 0;
  }

  static void create(Session session) {
    session.execute("CREATE SCHEMA IF NOT EXISTS _leat");
    session.execute(
        "CREATE TABLE IF NOT EXISTS _leat.progress (replication VARCHAR, position VARCHAR)");
    session.execute(
        "CREATE TABLE IF NOT EXISTS _leat.copied_ranges (replication VARCHAR, source_table VARCHAR, range_id VARCHAR)");
    session.execute(
        "CREATE TABLE IF NOT EXISTS _leat.tables (replication VARCHAR, source_table VARCHAR, table_name VARCHAR, mode"
            + " VARCHAR, shape VARCHAR)");
  }

  DestinationProgress progress(Session session) {
    Position streamed = null;
    for (List<@Nullable String> row :
        session.rows("SELECT position FROM _leat.progress WHERE replication = ?", replication)) {
      streamed = Position.parse(String.valueOf(row.getFirst()));
    }
    Map<TableId, Set<String>> ranges = new HashMap<>();
    for (List<@Nullable String> row :
        session.rows(
            "SELECT source_table, range_id FROM _leat.copied_ranges WHERE replication = ?",
            replication)) {
      ranges
          .computeIfAbsent(TableId.parse(String.valueOf(row.get(0))), table -> new HashSet<>())
          .add(String.valueOf(row.get(1)));
    }
    return new DestinationProgress(streamed, ranges);
  }

  void savePosition(Session session, Position position) {
    if (session.update(
            "UPDATE _leat.progress SET position = ? WHERE replication = ?",
            position.toString(),
            replication)
        == 0) {
      session.update("INSERT INTO _leat.progress VALUES (?, ?)", replication, position.toString());
    }
  }

  void saveRange(Session session, TableId table, CopyRange range) {
    session.update(
        "INSERT INTO _leat.copied_ranges VALUES (?, ?, ?)",
        replication,
        table.toString(),
        range.id());
  }

  void forgetRanges(Session session, TableId table) {
    session.update(
        "DELETE FROM _leat.copied_ranges WHERE replication = ? AND source_table = ?",
        replication,
        table.toString());
  }

  void saveTable(Session session, TableTarget target) {
    String source = target.schema().table().toString();
    session.update(
        "DELETE FROM _leat.tables WHERE replication = ? AND source_table = ?", replication, source);
    session.update(
        "INSERT INTO _leat.tables VALUES (?, ?, ?, ?, ?)",
        replication,
        source,
        target.table().toString(),
        target.mode().name(),
        DuckDbSql.shape(target));
  }

  /** The shape of the table that this replication made for the target; null if it made none. */
  @Nullable String shapeOf(Session session, TableTarget target) {
    List<List<@Nullable String>> rows =
        session.rows(
            "SELECT shape FROM _leat.tables WHERE replication = ? AND source_table = ? AND table_name = ? AND mode = ?",
            replication,
            target.schema().table().toString(),
            target.table().toString(),
            target.mode().name());
    return rows.isEmpty() ? null : rows.getFirst().getFirst();
  }

  /**
   * Whether the table of that name at the destination was made by this replication, for whatever
   * source table.
   */
  boolean owns(Session session, TableId table) {
    return session.number(
            "SELECT count(*) FROM _leat.tables WHERE replication = ? AND lower(table_name) = lower(?)",
            replication,
            table.toString())
        > 0;
  }
}
