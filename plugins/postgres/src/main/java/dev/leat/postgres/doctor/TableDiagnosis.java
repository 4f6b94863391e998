package dev.leat.postgres.doctor;

import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.schema.PostgresTable;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.Diagnosis;
import dev.leat.spi.source.Diagnosis.Level;
import dev.leat.spi.source.TableSelection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What of tables is worth knowing beside what a check reports. */
final class TableDiagnosis {
  private TableDiagnosis() {}

  static List<Diagnosis> of(
      Connection session, List<PostgresTable> tables, TableSelection selection)
      throws SQLException {
    List<Diagnosis> found = new ArrayList<>();
    for (PostgresTable table : tables) {
      if (table.replicaIdentity() == 'f' && table.identity() == RowIdentity.KEY) {
        found.add(
            new Diagnosis(
                Level.NOTE,
                table.id().toString(),
                "every update and delete writes the whole old row into the log, though there is a key",
                "ALTER TABLE %s REPLICA IDENTITY DEFAULT;".formatted(Sql.table(table.id()))));
      }
      if (table.partitioned()) {
        found.add(
            note(
                table.id(),
                "is partitioned, and PostgreSQL does not publish a TRUNCATE of one of its"
                    + " partitions",
                "empty a partition with DELETE, or after it: leat resync " + table.id()));
      }
      if (table.identity() == RowIdentity.FULL_ROW) {
        found.add(
            new Diagnosis(
                Level.NOTE,
                table.id().toString(),
                "has no key: rows are told apart by all their values, which is slower, and an"
                    + " interrupted copy starts again",
                "ALTER TABLE %s ADD PRIMARY KEY (…);".formatted(Sql.table(table.id()))));
      }
    }
    deferrableKeys(session, tables, found);
    leftOut(session, selection, found);
    return found;
  }

  private static void deferrableKeys(
      Connection session, List<PostgresTable> tables, List<Diagnosis> found) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement(
            """
            SELECT n.nspname, c.relname, k.conname
            FROM pg_catalog.pg_constraint k
            JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype = 'p' AND k.condeferrable AND c.oid = ANY (?)""")) {
      statement.setArray(
          1, session.createArrayOf("oid", tables.stream().map(PostgresTable::oid).toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          TableId table = new TableId(row.getString(1), row.getString(2));
          found.add(
              new Diagnosis(
                  Level.WARNING,
                  table.toString(),
                  "its primary key %s is deferrable, so rows cannot be told apart by it"
                      .formatted(row.getString(3)),
                  "CREATE UNIQUE INDEX … ON %s (…); ALTER TABLE %s REPLICA IDENTITY USING INDEX …;"
                      .formatted(Sql.table(table), Sql.table(table))));
        }
      }
    }
  }

  /** Relations that the flow's patterns name and that cannot be replicated. */
  private static void leftOut(Connection session, TableSelection selection, List<Diagnosis> found)
      throws SQLException {
    try (PreparedStatement statement =
            session.prepareStatement(
                """
                SELECT n.nspname, c.relname, c.relkind, c.relpersistence
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE (c.relkind IN ('v', 'm', 'f') OR (c.relkind = 'r' AND c.relpersistence = 'u'))
                  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
                ORDER BY 1, 2""");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        TableId id = new TableId(row.getString(1), row.getString(2));
        if (selection.selects(id)) {
          found.add(leftOut(id, row.getString(3).charAt(0)));
        }
      }
    }
  }

  private static Diagnosis leftOut(TableId id, char kind) {
    return switch (kind) {
      case 'v' -> note(id, "is a view and left out", "");
      case 'm' -> note(id, "is a materialized view and left out", "");
      case 'f' -> note(id, "is a foreign table and left out", "");
      default ->
          new Diagnosis(
              Level.WARNING,
              id.toString(),
              "is unlogged and left out: its changes are in no log",
              "ALTER TABLE %s SET LOGGED;".formatted(Sql.table(id)));
    };
  }

  private static Diagnosis note(TableId id, String message, String fix) {
    return new Diagnosis(Level.NOTE, id.toString(), message, fix);
  }
}
