package dev.leat.postgres.connect;

import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * From what the server or the network said to a code, a sentence and a fix. Decides by SQLSTATE,
 * since messages are translated by the server.
 */
public final class ErrorMapping {
  private final PostgresUrl url;

  public ErrorMapping(PostgresUrl url) {
    this.url = url;
  }

  /**
   * What to throw for an error of the driver.
   *
   * @param doing what was tried, as it goes on after "while", such as "copying public.orders"
   * @param grant the statements that give the privileges needed for it
   */
  public LeatException map(String doing, String grant, SQLException e) {
    ServerError server = ServerError.of(e);
    if (server != null) {
      return map(doing, grant, server, e);
    }
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    IOException io = cause(e, IOException.class);
    if (state.equals("08001") || io instanceof UnknownHostException) {
      return unreachable(io, e);
    }
    if (io instanceof SSLException
        || cause(e, java.security.GeneralSecurityException.class) != null) {
      return tls(e, describe(e));
    }
    // The driver gives no state where a connection breaks while it is set up.
    if (state.isEmpty() || io != null) {
      return lost(doing, e);
    }
    return switch (state) {
      case "08003", "08006", "08000" -> lost(doing, e);
      // The driver's one state for: no TLS here, a password is wanted, an unknown way to log in.
      case "08004" -> wantsTls() ? tls(e, describe(e)) : auth(e, describe(e));
      case "28000", "28P01" -> auth(e, "");
      default ->
          new LeatException(
              PostgresErrors.QUERY,
              "PostgreSQL at %s failed while %s (SQLSTATE %s, %s)."
                  .formatted(url, doing, state, describe(e)),
              "",
              e);
    };
  }

  /** As {@link #map(String, String, SQLException)}, for an answer read by ourselves. */
  LeatException map(String doing, String grant, ServerError error, @Nullable Throwable cause) {
    String state = error.sqlState();
    return switch (state) {
      case "28P01" -> auth(cause, "");
      case "28000" -> notAllowed(error, cause);
      case "3D000" ->
          new LeatException(
              PostgresErrors.DATABASE_UNKNOWN,
              "PostgreSQL at %s has no database '%s'.".formatted(url, url.database()),
              "Correct the database in the connection, or create it: CREATE DATABASE %s;"
                  .formatted(Sql.identifier(url.database())),
              cause);
      case "42501" ->
          new LeatException(
              PostgresErrors.PRIVILEGE,
              "The user '%s' may not do what is needed while %s: %s."
                  .formatted(url.user(), doing, error.message()),
              grant.isEmpty() ? error.hint() : grant,
              cause);
      case "53300" ->
          new LeatException(
              doing.startsWith("connecting for replication")
                  ? PostgresErrors.NO_FREE_SENDER
                  : PostgresErrors.TOO_MANY_CONNECTIONS,
              "PostgreSQL at %s has no connection to spare: %s.".formatted(url, error.message()),
              "Wait, or raise max_connections (and, for replication, max_wal_senders) and restart the"
                  + " server; the option copy_connections says how many Leat uses for copying.",
              cause);
      case "53400" -> configurationLimit(error, cause);
      case "57P03" ->
          simple(PostgresErrors.STARTING, "is not ready for connections yet", error, cause);
      case "57P01", "57P02", "57P05" ->
          new LeatException(
              PostgresErrors.CONNECTION_LOST,
              "PostgreSQL at %s ended the connection while %s: %s."
                  .formatted(url, doing, error.message()),
              "",
              cause);
      case "55P03", "57014", "40001", "40P01", "55006" ->
          new LeatException(
              PostgresErrors.BUSY,
              "PostgreSQL at %s could not go on while %s: %s."
                  .formatted(url, doing, error.message()),
              error.hint(),
              cause);
      case "42P01", "42703", "3F000" ->
          new LeatException(
              PostgresErrors.SCHEMA_CHANGED,
              "A table or column is not there any more while %s: %s."
                  .formatted(doing, error.message()),
              "`leat resync TABLE` copies the table anew with its present shape.",
              cause);
      case "0A000", "08P01" -> protocol(doing, error, cause);
      default -> byClass(doing, error, cause);
    };
  }

  /** The connection broke. */
  public LeatException lost(String doing, Throwable e) {
    return new LeatException(
        PostgresErrors.CONNECTION_LOST,
        "The connection to PostgreSQL at %s broke while %s (%s)."
            .formatted(url, doing, describe(e)),
        "Nothing is lost; if it happens often, look at the network and the server's log.",
        e);
  }

  private LeatException byClass(String doing, ServerError error, @Nullable Throwable cause) {
    String state = error.sqlState();
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "53", "58" ->
          new LeatException(
              PostgresErrors.RESOURCES,
              "PostgreSQL at %s is short of something while %s: %s."
                  .formatted(url, doing, error.message()),
              error.hint(),
              cause);
      // Messages of these classes may quote a value.
      case "22", "23" ->
          new LeatException(
              PostgresErrors.DATA,
              "PostgreSQL at %s refused a value while %s (SQLSTATE %s)."
                  .formatted(url, doing, state),
              "The server's log has the value.",
              cause);
      case "08" -> simple(PostgresErrors.CONNECTION_LOST, "broke the connection", error, cause);
      default ->
          new LeatException(
              PostgresErrors.QUERY,
              "PostgreSQL at %s failed while %s: %s (SQLSTATE %s)."
                  .formatted(url, doing, error.message(), state),
              error.hint(),
              cause);
    };
  }

  private LeatException notAllowed(ServerError error, @Nullable Throwable cause) {
    if (error.routine().equals("ClientAuthentication")) {
      return new LeatException(
          PostgresErrors.NO_HBA_ENTRY,
          "PostgreSQL at %s does not let this machine in: %s.".formatted(url, error.message()),
          "Add a line to the server's pg_hba.conf, such as: hostssl %s %s samenet scram-sha-256"
                  .formatted(url.database(), url.user())
              + "; then SELECT pg_reload_conf(). If the message says \"no encryption\", sslmode=require"
              + " in the connection may be all that is missing.",
          cause);
    }
    return auth(cause, error.message());
  }

  private LeatException configurationLimit(ServerError error, @Nullable Throwable cause) {
    return new LeatException(
        PostgresErrors.NO_FREE_SLOT,
        "PostgreSQL at %s has no free replication slot: %s.".formatted(url, error.message()),
        "ALTER SYSTEM SET max_replication_slots = 20; then restart the server. Or drop a slot that"
            + " nobody uses: SELECT slot_name, active FROM pg_replication_slots;",
        cause);
  }

  private LeatException protocol(String doing, ServerError error, @Nullable Throwable cause) {
    // What PgBouncer says to parameters and commands that it does not pass on.
    if (error.message().contains("unsupported startup parameter")) {
      return PoolerCheck.refusal(url, cause);
    }
    return new LeatException(
        PostgresErrors.QUERY,
        "PostgreSQL at %s does not support what is needed while %s: %s."
            .formatted(url, doing, error.message()),
        error.hint(),
        cause);
  }

  private LeatException unreachable(@Nullable IOException io, SQLException e) {
    if (cause(e, SSLException.class) != null) {
      return tls(e, describe(e));
    }
    String why = io == null ? "no answer" : describe(io);
    return new LeatException(
        PostgresErrors.UNREACHABLE,
        "PostgreSQL at %s cannot be reached (%s).".formatted(url, why),
        "See that the server runs and that host and port are right, for example with: pg_isready -h %s -p %d"
            .formatted(url.hosts().getFirst().name(), url.hosts().getFirst().port()),
        e);
  }

  private boolean wantsTls() {
    String mode = url.parameters().getOrDefault("sslmode", "prefer");
    return url.password() != null && (mode.equals("require") || mode.startsWith("verify"));
  }

  private LeatException tls(SQLException e, String why) {
    return new LeatException(
        PostgresErrors.TLS,
        "A TLS connection to PostgreSQL at %s cannot be made (%s).".formatted(url, why),
        "See that the server has ssl = on. With sslmode=verify-ca or verify-full, sslrootcert has to name the file of the authority that"
            + " signed the server's certificate; verify-full also wants the host's name in it.",
        e);
  }

  private LeatException auth(@Nullable Throwable cause, String why) {
    return new LeatException(
        PostgresErrors.AUTH,
        "PostgreSQL at %s refused to log in user '%s'%s."
            .formatted(
                url,
                url.user(),
                why.isEmpty() ? ": wrong or missing password" : ": " + why.replaceAll("[.]+$", "")),
        "Correct user and password of the connection; a password can be set with: ALTER ROLE %s LOGIN PASSWORD '…';"
            .formatted(Sql.identifier(url.user())),
        cause);
  }

  private LeatException simple(
      ErrorCode code, String what, ServerError error, @Nullable Throwable cause) {
    return new LeatException(
        code,
        "PostgreSQL at %s %s: %s.".formatted(url, what, error.message()),
        error.hint(),
        cause);
  }

  /** The innermost message: outer ones repeat it. */
  private static String describe(Throwable e) {
    Throwable inner = e;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    String message = inner.getMessage();
    return message == null ? inner.getClass().getSimpleName() : message;
  }

  private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
    for (Throwable t = e; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
