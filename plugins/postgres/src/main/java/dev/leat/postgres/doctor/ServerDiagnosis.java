package dev.leat.postgres.doctor;

import dev.leat.postgres.connect.ServerInfo;
import dev.leat.spi.source.Diagnosis;
import dev.leat.spi.source.Diagnosis.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Version and settings. */
final class ServerDiagnosis {
  private static final String AREA = "server";
  private static final long SHORT_TIMEOUT_MILLIS = 10_000;

  private final ServerInfo server;
  private final List<Diagnosis> found = new ArrayList<>();

  private ServerDiagnosis(ServerInfo server) {
    this.server = server;
  }

  static List<Diagnosis> of(Connection session, ServerInfo server) throws SQLException {
    ServerDiagnosis diagnosis = new ServerDiagnosis(server);
    diagnosis.version();
    diagnosis.room();
    diagnosis.settings(settings(session));
    diagnosis.longTransactions(session);
    return diagnosis.found;
  }

  private void add(Level level, String message, String fix) {
    found.add(new Diagnosis(level, AREA, message, fix));
  }

  private void version() {
    List<KnownBugs.Bug> bugs = KnownBugs.of(server.versionNumber());
    if (bugs.isEmpty()) {
      add(
          Level.OK,
          "version %s has no defect of logical decoding that is known here"
              .formatted(server.version()),
          "");
    }
    for (KnownBugs.Bug bug : bugs) {
      add(
          Level.WARNING,
          "version %s has a known defect: %s".formatted(server.version(), bug.effect()),
          "update the server to %s or later"
              .formatted(KnownBugs.safeVersion(server.versionNumber())));
    }
  }

  private void room() {
    room("replication slots", server.slots(), server.maxSlots(), "max_replication_slots");
    room("WAL senders", server.senders(), server.maxSenders(), "max_wal_senders");
    boolean logical = server.walLevel().equals("logical");
    if (logical) {
      add(Level.OK, "wal_level is logical", "");
    }
  }

  private void room(String what, int used, int most, String setting) {
    int free = most - used;
    add(
        free > 1 ? Level.OK : Level.WARNING,
        "%d of %d %s are in use".formatted(used, most, what),
        free > 1
            ? ""
            : "ALTER SYSTEM SET %s = %d; then restart the server".formatted(setting, most + 4));
  }

  private static Map<String, String> settings(Connection session) throws SQLException {
    Map<String, String> settings = new HashMap<>();
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT name, setting FROM pg_catalog.pg_settings WHERE name IN (
                  'max_slot_wal_keep_size', 'wal_sender_timeout', 'idle_replication_slot_timeout',
                  'logical_decoding_work_mem')""")) {
      while (row.next()) {
        settings.put(row.getString(1), row.getString(2));
      }
    }
    return settings;
  }

  private void settings(Map<String, String> settings) {
    long keep = number(settings, "max_slot_wal_keep_size");
    if (keep < 0) {
      add(
          Level.NOTE,
          "the server keeps the log for a slot without limit, until its disk is full",
          "to rather lose a slot than the server: ALTER SYSTEM SET max_slot_wal_keep_size = '50GB';"
              + " SELECT pg_reload_conf();");
    } else {
      add(
          Level.NOTE,
          "a slot that falls more than %,d MB of log behind is invalidated".formatted(keep),
          "");
    }
    long timeout = number(settings, "wal_sender_timeout");
    if (timeout > 0 && timeout < SHORT_TIMEOUT_MILLIS) {
      add(
          Level.WARNING,
          "wal_sender_timeout is %d ms: a short pause ends the connection".formatted(timeout),
          "ALTER SYSTEM SET wal_sender_timeout = '60s'; SELECT pg_reload_conf();");
    }
    if (number(settings, "idle_replication_slot_timeout") > 0) {
      add(
          Level.WARNING,
          "idle_replication_slot_timeout is set: a replication that is stopped for longer loses its"
              + " slot",
          "ALTER SYSTEM SET idle_replication_slot_timeout = 0; SELECT pg_reload_conf();");
    }
  }

  private static long number(Map<String, String> settings, String name) {
    return Long.parseLong(settings.getOrDefault(name, "0"));
  }

  /** A slot is made only when every transaction then under way has ended. */
  private void longTransactions(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT pid, extract(epoch FROM now() - xact_start)::bigint, coalesce(usename, '')
                FROM pg_catalog.pg_stat_activity
                WHERE backend_xid IS NOT NULL AND xact_start < now() - interval '5 minutes'
                ORDER BY xact_start LIMIT 5""")) {
      while (row.next()) {
        add(
            Level.WARNING,
            "a transaction of '%s' has been open for %d minutes; a slot can be made only after it ends"
                .formatted(row.getString(3), row.getLong(2) / 60),
            "SELECT pg_terminate_backend(%d);".formatted(row.getInt(1)));
      }
    }
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT gid FROM pg_catalog.pg_prepared_xacts
                WHERE prepared < now() - interval '5 minutes' ORDER BY prepared LIMIT 5""")) {
      while (row.next()) {
        add(
            Level.WARNING,
            "the prepared transaction %s has been waiting; a slot can be made only after it ends"
                .formatted(row.getString(1)),
            "ROLLBACK PREPARED '%s'; or COMMIT PREPARED".formatted(row.getString(1)));
      }
    }
  }
}
