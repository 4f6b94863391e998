package dev.leat.sqlite;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.Activity;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of one flow in an SQLite file; in WAL mode, so that others read while one writes. */
final class SqliteStateStore implements StateStore {
  private final Path directory;
  private final Database database;

  private SqliteStateStore(Path directory, Database database) {
    this.directory = directory;
    this.database = database;
  }

  static StateStore open(Path directory, String flow, boolean write) {
    return new SqliteStateStore(directory, Database.open(directory.resolve(flow + ".db"), write));
  }

  @Override
  public String describe() {
    return database.file().toString();
  }

  @Override
  public Lease acquire(String flow, LeaseHolder holder) {
    return FileLease.acquire(directory, flow, holder);
  }

  @Override
  public Optional<LeaseHolder> holder(String flow) {
    return FileLease.holder(directory, flow);
  }

  @Override
  public Optional<ReplicationState> replication(String replication) {
    return replications().stream()
        .filter(state -> state.replication().equals(replication))
        .findFirst();
  }

  @Override
  public List<ReplicationState> replications() {
    return database
        .rows("SELECT replication, stream, start, saved FROM replication ORDER BY replication")
        .stream()
        .map(
            row ->
                new ReplicationState(
                    row.text(0),
                    row.optional(1, StateJson::identity),
                    Position.parse(row.text(2)),
                    Position.parse(row.text(3))))
        .toList();
  }

  @Override
  public void saveReplication(ReplicationState state) {
    database.update(
        "INSERT OR REPLACE INTO replication VALUES (?, ?, ?, ?)",
        state.replication(),
        state.stream() == null ? null : StateJson.write(state.stream()),
        state.start().toString(),
        state.saved().toString());
  }

  @Override
  public List<TableState> tables(String replication) {
    return database
        .rows(
            "SELECT source_table, destination, phase, copy_plan, copied_from, consistent_from, copied_rows, error FROM"
                + " table_state WHERE replication = ? ORDER BY source_table",
            replication)
        .stream()
        .map(
            row ->
                new TableState(
                    TableId.parse(row.text(0)),
                    TableId.parse(row.text(1)),
                    TablePhase.valueOf(row.text(2)),
                    row.optional(3, StateJson::plan),
                    row.optional(4, Position::parse),
                    row.optional(5, Position::parse),
                    Long.parseLong(row.text(6)),
                    row.optional(7, StateJson::error)))
        .toList();
  }

  @Override
  public void saveTable(String replication, TableState state) {
    database.update(
        "INSERT OR REPLACE INTO table_state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        replication,
        state.table().toString(),
        state.destination().toString(),
        state.phase().name(),
        state.plan() == null ? null : StateJson.write(state.plan()),
        state.copiedFrom() == null ? null : state.copiedFrom().toString(),
        state.consistentFrom() == null ? null : state.consistentFrom().toString(),
        state.rows(),
        state.error() == null ? null : StateJson.write(state.error()));
  }

  @Override
  public void deleteTable(String replication, TableId table) {
    database.update(
        "DELETE FROM table_state WHERE replication = ? AND source_table = ?",
        replication,
        table.toString());
  }

  @Override
  public Optional<Activity> activity(String replication) {
    return database
        .rows(
            "SELECT at, durable, server, lag_bytes, lag_millis, rows_copied, changes_applied, changes_per_second,"
                + " last_commit FROM activity WHERE replication = ?",
            replication)
        .stream()
        .map(
            row ->
                new Activity(
                    Instant.parse(row.text(0)),
                    Position.parse(row.text(1)),
                    Position.parse(row.text(2)),
                    Long.parseLong(row.text(3)),
                    Long.parseLong(row.text(4)),
                    Long.parseLong(row.text(5)),
                    Long.parseLong(row.text(6)),
                    Double.parseDouble(row.text(7)),
                    row.optional(8, Instant::parse)))
        .findFirst();
  }

  @Override
  public void saveActivity(String replication, Activity activity) {
    database.update(
        "INSERT OR REPLACE INTO activity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        replication,
        activity.at().toString(),
        activity.durable().toString(),
        activity.serverPosition().toString(),
        activity.lagBytes(),
        activity.lagMillis(),
        activity.rowsCopied(),
        activity.changesApplied(),
        activity.changesPerSecond(),
        activity.lastCommit() == null ? null : activity.lastCommit().toString());
  }

  @Override
  public void saveSchema(String replication, SchemaVersion version) {
    database.update(
        "INSERT OR REPLACE INTO schema_version VALUES (?, ?, ?, ?, ?)",
        replication,
        version.schema().table().toString(),
        sortable(version.from()),
        version.from().toString(),
        StateJson.write(version.schema()));
  }

  @Override
  public Optional<SchemaVersion> schemaAt(String replication, TableId table, Position position) {
    return schemas(replication, table).reversed().stream()
        .filter(version -> !position.isBefore(version.from()))
        .findFirst();
  }

  @Override
  public List<SchemaVersion> schemas(String replication, TableId table) {
    return database
        .rows(
            "SELECT position, shape FROM schema_version WHERE replication = ? AND source_table = ? ORDER BY sequence",
            replication,
            table.toString())
        .stream()
        .map(row -> new SchemaVersion(Position.parse(row.text(0)), StateJson.schema(row.text(1))))
        .toList();
  }

  @Override
  public void deleteSchemas(String replication, TableId table) {
    database.update(
        "DELETE FROM schema_version WHERE replication = ? AND source_table = ?",
        replication,
        table.toString());
  }

  @Override
  public void deleteReplication(String replication) {
    for (String table : List.of("replication", "table_state", "activity", "schema_version")) {
      database.update("DELETE FROM " + table + " WHERE replication = ?", replication);
    }
  }

  @Override
  public void close() {
    database.close();
  }

  /** A text that sorts as positions do, whose sequence is an unsigned number. */
  private static String sortable(Position position) {
    return "%016x%016x".formatted(position.sequence(), position.ordinal());
  }
}
