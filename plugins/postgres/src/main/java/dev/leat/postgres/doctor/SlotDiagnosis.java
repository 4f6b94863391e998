package dev.leat.postgres.doctor;

import dev.leat.postgres.connect.Sql;
import dev.leat.spi.source.Diagnosis;
import dev.leat.spi.source.Diagnosis.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Replication slots, and the log that the server keeps for them. */
final class SlotDiagnosis {
  private static final String AREA = "slots";
  private static final long MUCH = 1L << 30;

  private SlotDiagnosis() {}

  static List<Diagnosis> of(Connection session, String own) throws SQLException {
    List<Diagnosis> found = new ArrayList<>();
    boolean ownFound = false;
    try (PreparedStatement statement =
        session.prepareStatement(
            """
            SELECT slot_name, active, coalesce(wal_status, ''), coalesce(pg_catalog.pg_wal_lsn_diff(
              CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                ELSE pg_catalog.pg_current_wal_insert_lsn() END, restart_lsn), 0)::bigint
            FROM pg_catalog.pg_replication_slots WHERE NOT temporary ORDER BY 4 DESC""")) {
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String name = row.getString(1);
          ownFound |= name.equals(own);
          found.add(
              slot(name, name.equals(own), row.getBoolean(2), row.getString(3), row.getLong(4)));
        }
      }
    }
    if (!ownFound) {
      found.add(new Diagnosis(Level.OK, AREA, "slot %s is free to be made".formatted(own), ""));
    }
    return found;
  }

  private static Diagnosis slot(
      String name, boolean own, boolean active, String status, long retained) {
    String drop = "SELECT pg_drop_replication_slot(%s);".formatted(Sql.literal(name));
    String kept = "%s keeps %,d MB of log".formatted(name, retained >> 20);
    if (status.equals("lost")) {
      return own
          ? new Diagnosis(
              Level.PROBLEM,
              AREA,
              "slot %s was invalidated: changes are lost".formatted(name),
              "`leat resync --all` copies the tables anew and makes another slot")
          : new Diagnosis(Level.NOTE, AREA, "slot %s was invalidated".formatted(name), drop);
    }
    if (status.equals("unreserved")) {
      return new Diagnosis(
          Level.WARNING,
          AREA,
          "slot %s is about to be invalidated".formatted(kept),
          "let its consumer catch up, or raise max_slot_wal_keep_size");
    }
    if (!active && !own && retained >= MUCH) {
      return new Diagnosis(
          Level.WARNING,
          AREA,
          "slot %s, and nobody uses it".formatted(kept),
          "if nobody needs it any more: " + drop);
    }
    return new Diagnosis(
        retained >= MUCH ? Level.NOTE : Level.OK,
        AREA,
        "slot %s%s".formatted(kept, active ? " and is in use" : ""),
        "");
  }
}
