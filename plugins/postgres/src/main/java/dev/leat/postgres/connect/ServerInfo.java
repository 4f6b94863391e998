package dev.leat.postgres.connect;

import dev.leat.spi.error.LeatException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * What matters of a server and of the role that is logged in.
 *
 * @param versionNumber such as 180006 for 18.6
 * @param version for people
 * @param walLevel the setting wal_level
 * @param standby whether the server only follows another one
 * @param replicationRole whether the role may open replication connections
 * @param slots replication slots in use
 * @param maxSlots replication slots there may be
 * @param senders WAL senders at work
 * @param maxSenders WAL senders there may be
 * @param pooled whether the session goes through a pooler
 */
public record ServerInfo(
    int versionNumber,
    String version,
    String walLevel,
    boolean standby,
    boolean replicationRole,
    int slots,
    int maxSlots,
    int senders,
    int maxSenders,
    boolean pooled) {

  private static final int OLDEST = 14;
  private static final int NEWEST = 18;

  public int major() {
    return versionNumber / 10_000;
  }

  static ServerInfo read(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT current_setting('server_version_num')::int,
                       current_setting('server_version'),
                       current_setting('wal_level'),
                       pg_catalog.pg_is_in_recovery(),
                       r.rolreplication OR r.rolsuper OR EXISTS (
                         SELECT FROM pg_catalog.pg_roles m
                         WHERE m.rolname = 'rds_replication'
                           AND pg_catalog.pg_has_role(r.oid, m.oid, 'member')),
                       (SELECT count(*) FROM pg_catalog.pg_replication_slots),
                       current_setting('max_replication_slots')::int,
                       (SELECT count(*) FROM pg_catalog.pg_stat_replication),
                       current_setting('max_wal_senders')::int,
                       pg_catalog.pg_backend_pid()
                FROM pg_catalog.pg_roles r WHERE r.rolname = current_user""")) {
      row.next();
      // A pooler makes up the process id that a client is told at log-in.
      boolean pooled = row.getInt(10) != session.unwrap(PGConnection.class).getBackendPID();
      return new ServerInfo(
          row.getInt(1),
          row.getString(2),
          row.getString(3),
          row.getBoolean(4),
          row.getBoolean(5),
          row.getInt(6),
          row.getInt(7),
          row.getInt(8),
          row.getInt(9),
          pooled);
    }
  }

  /** Why this server cannot be copied from, if so. */
  Optional<LeatException> refusal(PostgresUrl url) {
    if (versionNumber < OLDEST * 10_000) {
      return Optional.of(
          new LeatException(
              PostgresErrors.VERSION,
              "PostgreSQL at %s has version %s; %d is the oldest that Leat supports."
                  .formatted(url, version, OLDEST),
              "Upgrade the server to a version that is still maintained."));
    }
    return pooled ? Optional.of(PoolerCheck.refusal(url, null)) : Optional.empty();
  }

  /** Set when the server is newer than what Leat was tested with. */
  public Optional<LeatException> newerThanTested(PostgresUrl url) {
    return major() <= NEWEST
        ? Optional.empty()
        : Optional.of(
            new LeatException(
                PostgresErrors.VERSION,
                "PostgreSQL at %s has version %s; Leat was tested with %d to %d."
                    .formatted(url, version, OLDEST, NEWEST),
                "It will most likely work; see whether there is a newer Leat."));
  }

  /** All that prevents this server from giving a change stream. */
  public List<LeatException> streamProblems(PostgresUrl url) {
    List<LeatException> problems = new ArrayList<>();
    if (standby) {
      problems.add(
          new LeatException(
              PostgresErrors.STANDBY,
              "PostgreSQL at %s is a standby, on which publications cannot be made and slots are lost on fail-over."
                  .formatted(url),
              "Connect to the primary; with several hosts, target_session_attrs=read-write finds it."));
    }
    if (!walLevel.equals("logical")) {
      problems.add(
          new LeatException(
              PostgresErrors.WAL_LEVEL,
              "PostgreSQL at %s has wal_level = %s, with which changes cannot be followed."
                  .formatted(url, walLevel),
              "ALTER SYSTEM SET wal_level = logical; then restart the server."));
    }
    if (!replicationRole) {
      problems.add(
          new LeatException(
              PostgresErrors.PRIVILEGE,
              "The user '%s' may not replicate.".formatted(url.user()),
              "ALTER ROLE %s REPLICATION; (Amazon RDS: GRANT rds_replication TO %s;)"
                  .formatted(Sql.identifier(url.user()), Sql.identifier(url.user()))));
    }
    return problems;
  }

  /** Set when a slot more cannot be made now. */
  public Optional<LeatException> noFreeSlot(PostgresUrl url) {
    if (slots >= maxSlots) {
      return Optional.of(
          new LeatException(
              PostgresErrors.NO_FREE_SLOT,
              "PostgreSQL at %s has %d of %d replication slots in use."
                  .formatted(url, slots, maxSlots),
              "ALTER SYSTEM SET max_replication_slots = %d; then restart the server. Or drop a slot that nobody uses: SELECT slot_name, active FROM pg_replication_slots;"
                  .formatted(maxSlots + 10)));
    }
    if (senders >= maxSenders) {
      return Optional.of(
          new LeatException(
              PostgresErrors.NO_FREE_SENDER,
              "PostgreSQL at %s has %d of %d WAL senders in use."
                  .formatted(url, senders, maxSenders),
              "ALTER SYSTEM SET max_wal_senders = %d; then restart the server."
                  .formatted(maxSenders + 10)));
    }
    return Optional.empty();
  }
}
