package dev.leat.postgres.stream;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.connect.WireConnection;
import dev.leat.spi.Position;
import dev.leat.spi.error.LeatException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Makes, shows and drops replication slots. */
public final class ReplicationSlots {
  private static final int FIRST_WITH_CONFLICTS = 16;
  private static final int FIRST_WITH_REASONS = 17;
  private static final int FIRST_WITH_FAILOVER = 17;

  /** A server process needs a moment to notice that its client has gone. */
  private static final Duration RELEASE = Duration.ofSeconds(5);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Sessions sessions;

  public ReplicationSlots(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * A slot just made.
   *
   * @param consistentPoint the exported snapshot sees what was committed before, the stream the
   *     rest
   * @param snapshot the exported snapshot, for as long as the session that made the slot does
   *     nothing else
   */
  public record Created(Position consistentPoint, String snapshot) {}

  /**
   * Makes a slot and exports a snapshot; waits until all transactions that are under way end.
   *
   * @param session for replication; has to be kept for the snapshot, and a temporary slot ends with
   *     it
   */
  public Created create(WireConnection session, String name, boolean temporary) {
    session.doing("making replication slot " + name, "");
    try (SlotPatience _ = SlotPatience.start(sessions, name)) {
      List<List<@Nullable String>> rows =
          session.query(createStatement(name, temporary, sessions.server().major()));
      List<@Nullable String> row = rows.getFirst();
      String point = row.get(1);
      String snapshot = row.get(2);
      if (point == null || snapshot == null) {
        throw new LeatException(
            PostgresErrors.PROTOCOL, "PostgreSQL made a slot without a snapshot.", "");
      }
      return new Created(Position.parse(point), snapshot);
    }
  }

  /**
   * A slot that stays goes with the server to a standby that takes over, where that is possible.
   */
  public static String createStatement(String name, boolean temporary, int major) {
    return "CREATE_REPLICATION_SLOT "
        + Sql.identifier(name)
        + (temporary ? " TEMPORARY" : "")
        + " LOGICAL pgoutput "
        + (major >= FIRST_WITH_FAILOVER && !temporary
            ? "(SNAPSHOT 'export', FAILOVER true)"
            : "EXPORT_SNAPSHOT");
  }

  public Optional<SlotState> find(String name) {
    return sessions.query("looking at replication slot " + name, "", s -> find(s, name));
  }

  /** As {@link #find}, giving a consumer that has just gone the time to let go of the slot. */
  public Optional<SlotState> findReleased(String name) {
    long end = System.nanoTime() + RELEASE.toNanos();
    Optional<SlotState> slot = find(name);
    while (slot.isPresent() && slot.get().active() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      slot = find(name);
    }
    return slot;
  }

  private Optional<SlotState> find(Connection session, String name) throws SQLException {
    int major = sessions.server().major();
    String lost =
        major >= FIRST_WITH_REASONS
            ? "s.invalidation_reason"
            : major >= FIRST_WITH_CONFLICTS
                ? "CASE WHEN s.conflicting THEN 'conflict with recovery' END"
                : "NULL::text";
    try (PreparedStatement statement =
        session.prepareStatement(
            """
            SELECT s.plugin, s.database, s.active_pid, a.application_name, s.confirmed_flush_lsn,
                   s.restart_lsn, coalesce(%s, CASE WHEN s.wal_status = 'lost'
                     THEN 'the WAL it needs was removed' END, ''),
                   CASE WHEN pg_catalog.pg_is_in_recovery()
                     THEN pg_catalog.pg_last_wal_replay_lsn()
                     ELSE pg_catalog.pg_current_wal_flush_lsn() END
            FROM pg_catalog.pg_replication_slots s
            LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = s.active_pid
            WHERE s.slot_name = ?"""
                .formatted(lost))) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        int pid = row.getInt(3);
        Integer activePid = row.wasNull() ? null : pid;
        String restart = row.getString(6);
        String confirmed = row.getString(5);
        return Optional.of(
            new SlotState(
                name,
                orEmpty(row.getString(1)),
                orEmpty(row.getString(2)),
                activePid,
                orEmpty(row.getString(4)),
                confirmed == null ? Position.START : Position.parse(confirmed),
                restart == null ? null : Position.parse(restart),
                restart == null ? lostWithoutReason(row.getString(7)) : row.getString(7),
                Position.parse(row.getString(8))));
      }
    }
  }

  private static String lostWithoutReason(String reason) {
    return reason.isEmpty() ? "the server keeps no WAL for it" : reason;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Removes a slot; nothing happens if there is none. */
  public void drop(String name) {
    Optional<SlotState> slot = findReleased(name);
    if (slot.isEmpty()) {
      return;
    }
    if (slot.get().active()) {
      throw inUse(slot.get());
    }
    sessions.query(
        "dropping replication slot " + name,
        "",
        session -> {
          try (PreparedStatement statement =
              session.prepareStatement("SELECT pg_catalog.pg_drop_replication_slot(?)")) {
            statement.setString(1, name);
            statement.execute();
            return null;
          }
        });
  }

  LeatException inUse(SlotState slot) {
    return new LeatException(
        PostgresErrors.SLOT_ACTIVE,
        "Replication slot %s is in use by server process %d (application '%s')."
            .formatted(slot.name(), slot.activePid(), slot.activeApplication()),
        "If that is another Leat, let one of them go on; if its connection is dead: SELECT pg_terminate_backend(%d);"
            .formatted(slot.activePid()));
  }
}
