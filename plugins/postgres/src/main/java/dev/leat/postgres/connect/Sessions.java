package dev.leat.postgres.connect;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions with one server and keeps one for questions to the catalogs. Safe for use by
 * several threads.
 */
public final class Sessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /**
   * A dead connection that only reads is noticed after 30 + 3 · 10 seconds; the systems' default is
   * two hours.
   */
  private static final int KEEPALIVE_IDLE_SECONDS = 30;

  private static final int KEEPALIVE_INTERVAL_SECONDS = 10;
  private static final int KEEPALIVE_PROBES = 3;

  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(5);

  /**
   * Settings of a role or database that would end long copies, or change how values are written,
   * are not to matter.
   */
  private static final String SETTINGS =
      "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres';"
          + " SET extra_float_digits = 1; SET bytea_output = 'hex'; SET xmloption = 'content';"
          + " SET search_path = pg_catalog; SET row_security = off; SET lock_timeout = '30s';"
          + " SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;"
          + " SET idle_session_timeout = 0; SET synchronize_seqscans = off;";

  /** Also: what is committed is to be durable. A role may ask for more than that, not for less. */
  private static final String WORK_SETTINGS =
      " RESET search_path; SET standard_conforming_strings = on;"
          + " SELECT pg_catalog.set_config('synchronous_commit', 'on', false)"
          + " WHERE pg_catalog.current_setting('synchronous_commit') = 'off'";

  private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

  private final PostgresUrl url;
  private final Duration connectTimeout;
  private final ErrorMapping errors;
  private final Driver driver = new Driver();
  private @Nullable Connection shared;
  private volatile @Nullable ServerInfo server;

  public Sessions(PostgresUrl url, Duration connectTimeout) {
    this.url = url;
    this.connectTimeout = connectTimeout;
    this.errors = new ErrorMapping(url);
  }

  /** What is done with a session. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T with(Connection session) throws SQLException;
  }

  public PostgresUrl url() {
    return url;
  }

  public ErrorMapping errors() {
    return errors;
  }

  /** What the server is, asked once; refuses servers that cannot be used at all. */
  public ServerInfo server() {
    ServerInfo known = server;
    return known == null ? serverNow() : known;
  }

  /** As {@link #server()}, asked anew. */
  public ServerInfo serverNow() {
    return query("asking for the server's settings", "", session -> refreshed(session));
  }

  private ServerInfo refreshed(Connection session) throws SQLException {
    ServerInfo info = ServerInfo.read(session);
    info.refusal(url)
        .ifPresent(
            problem -> {
              throw problem;
            });
    server = info;
    return info;
  }

  /**
   * Runs statements on the session kept for them, one thread at a time.
   *
   * @param doing for error messages, see {@link ErrorMapping}
   * @param grant for error messages
   */
  public synchronized <T extends @Nullable Object> T query(
      String doing, String grant, Work<T> work) {
    try {
      return work.with(session());
    } catch (SQLException e) {
      throw failed(doing, grant, e);
    }
  }

  /** As {@link #query}, in one transaction that is undone if the work fails. */
  public synchronized <T extends @Nullable Object> T transaction(
      String doing, String grant, Work<T> work) {
    return query(
        doing,
        grant,
        session -> {
          session.setAutoCommit(false);
          try {
            T result = work.with(session);
            session.commit();
            session.setAutoCommit(true);
            return result;
          } catch (SQLException | RuntimeException e) {
            undo(session, e);
            throw e;
          }
        });
  }

  private static void undo(Connection session, Exception failure) {
    try {
      session.rollback();
      session.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private LeatException failed(String doing, String grant, SQLException e) {
    closeShared();
    return errors.map(doing, grant, e);
  }

  private Connection session() throws SQLException {
    Connection session = shared;
    // A session may have died unnoticed since it was last used: the server was restarted, say.
    if (session != null && !session.isValid((int) LOGIN_TIMEOUT.toSeconds())) {
      closeShared();
      session = null;
    }
    if (session == null) {
      Properties properties = properties();
      properties.setProperty("socketTimeout", Long.toString(QUERY_TIMEOUT.toSeconds()));
      session = connect(properties);
      try {
        if (server == null) {
          // First: a server that is refused may not know the settings.
          refreshed(session);
        }
        execute(session, SETTINGS);
      } catch (SQLException | LeatException e) {
        session.close();
        throw e;
      }
      shared = session;
    }
    return session;
  }

  /**
   * A session for statements of any length, whose names are found as the role's own settings say.
   * Whoever asked for it closes it.
   */
  public Connection open() throws SQLException {
    int major = server().major();
    try (SocketCapture capture = new SocketCapture()) {
      Properties properties = properties();
      properties.setProperty("socketFactory", CapturingSocketFactory.class.getName());
      properties.setProperty("socketFactoryArg", capture.token());
      Connection session = connect(properties);
      try {
        watch(capture.plain());
        execute(session, SETTINGS + WORK_SETTINGS);
        if (major >= FIRST_WITH_TRANSACTION_TIMEOUT) {
          execute(session, "SET transaction_timeout = 0");
        }
        return session;
      } catch (SQLException | RuntimeException e) {
        session.close();
        throw e;
      } catch (IOException e) {
        session.close();
        throw errors.lost("connecting", e);
      }
    }
  }

  /** A session for COPY, in which ordinary statements can be run. */
  public WireConnection openWire() {
    return openWire(properties(), "connecting");
  }

  /** A session in which replication commands can be run, and simple statements. */
  public WireConnection openReplication() {
    Properties properties = properties();
    properties.setProperty("replication", "database");
    return openWire(properties, "connecting for replication");
  }

  private WireConnection openWire(Properties properties, String doing) {
    int major = server().major();
    // Otherwise pgjdbc asks for settings in ways that replication sessions do not know.
    properties.setProperty("assumeMinServerVersion", "14");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("socketTimeout", Long.toString(LOGIN_TIMEOUT.toSeconds()));
    try (SocketCapture capture = new SocketCapture()) {
      properties.setProperty("socketFactory", CapturingSocketFactory.class.getName());
      properties.setProperty("socketFactoryArg", capture.token());
      properties.setProperty("sslfactory", CapturingSslSocketFactory.class.getName());
      Connection session = connect(properties);
      try {
        Socket socket = capture.socket();
        watch(capture.plain());
        WireConnection wire = new WireConnection(session, socket, capture.plain(), errors);
        wire.execute(SETTINGS);
        if (major >= FIRST_WITH_TRANSACTION_TIMEOUT) {
          wire.execute("SET transaction_timeout = 0");
        }
        return wire;
      } catch (RuntimeException | IOException e) {
        session.close();
        throw e instanceof LeatException known ? known : errors.lost(doing, e);
      }
    } catch (SQLException e) {
      throw errors.map(doing, replicationGrant(), e);
    }
  }

  private String replicationGrant() {
    return "ALTER ROLE %s REPLICATION; (Amazon RDS: GRANT rds_replication TO %s;)"
        .formatted(Sql.identifier(url.user()), Sql.identifier(url.user()));
  }

  private static void watch(Socket socket) throws IOException {
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
    }
  }

  private Connection connect(Properties properties) throws SQLException {
    Connection session = driver.connect(url.jdbcUrl(), properties);
    if (session == null) {
      throw new IllegalStateException("pgjdbc does not take its own address: " + url);
    }
    return session;
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(url.parameters());
    properties.setProperty("user", url.user());
    if (url.password() != null) {
      properties.setProperty("password", url.password().reveal());
    }
    properties.setProperty("ApplicationName", "leat");
    properties.putIfAbsent("connectTimeout", Long.toString(connectTimeout.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    // GSS encryption would wrap the socket in a way that cannot be taken over.
    properties.setProperty("gssEncMode", "disable");
    return properties;
  }

  private static void execute(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private void closeShared() {
    Connection session = shared;
    shared = null;
    if (session != null) {
      try {
        session.close();
      } catch (SQLException e) {
        LOG.debug("a broken session could not be closed in order", e);
      }
    }
  }

  @Override
  public synchronized void close() {
    closeShared();
  }
}
