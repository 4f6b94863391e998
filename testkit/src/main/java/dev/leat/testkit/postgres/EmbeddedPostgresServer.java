package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that is started as a child process and removed with its files on {@link
 * #close}.
 *
 * <p>It listens on 127.0.0.1 alone, writes WAL for logical replication, and is fast rather than
 * safe: it does not survive a crash of the machine, but every kind of end of its own process.
 * Several run side by side. All methods may be called from any thread. The port stays the same over
 * {@link #stop} and {@link #start}, so that clients can come back.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
  /** The superuser, and the name of the first database. */
  public static final String USER = "postgres";

  private static final int PORT_ATTEMPTS = 5;

  private final EmbeddedPostgresBuilder settings;
  private final PostgresBinaries binaries;
  private final ServerDirectory directory;
  private int port;
  private @Nullable Postmaster postmaster;
  private boolean closed;

  EmbeddedPostgresServer(
      EmbeddedPostgresBuilder settings, PostgresBinaries binaries, ServerDirectory directory) {
    this.settings = settings;
    this.binaries = binaries;
    this.directory = directory;
    this.port = settings.port();
  }

  public static EmbeddedPostgresBuilder builder() {
    return new EmbeddedPostgresBuilder();
  }

  /** The versions whose binaries are on the class path, oldest first. */
  public static List<PostgresVersion> availableVersions() {
    return PostgresBinaries.available();
  }

  /**
   * Starts the server again after {@link #stop}, {@link #stopImmediate} or {@link #crash}, and
   * waits until it takes connections; does nothing if it runs.
   *
   * @throws LeatException with the end of the server's log if it does not come up
   */
  public synchronized void start() {
    if (closed) {
      throw new IllegalStateException("this server was closed");
    }
    if (running()) {
      return;
    }
    boolean portIsFixed = port != 0;
    String log = "";
    for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
      int candidate = portIsFixed ? port : freePort();
      switch (startOn(candidate)) {
        case Postmaster.Start.Ready ready -> {
          postmaster = ready.postmaster();
          port = candidate;
          return;
        }
        case Postmaster.Start.Failed failed -> log = failed.log();
      }
      // Between looking for a free port and the server's start another process may have taken it.
      if (portIsFixed || !log.contains("Address already in use")) {
        break;
      }
    }
    throw new LeatException(
        PostgresErrors.START_FAILED,
        "%s did not start. Its log ends with:%n%s".formatted(version(), log),
        "");
  }

  /**
   * Shuts down in order: sessions are ended, walsenders send what there is, a checkpoint is
   * written.
   */
  public synchronized void stop() {
    if (postmaster != null) {
      postmaster.stop("INT");
    }
  }

  /**
   * Ends every session at once without a checkpoint ({@code pg_ctl stop -m immediate}); the next
   * start recovers.
   */
  public synchronized void stopImmediate() {
    if (postmaster != null) {
      postmaster.stop("QUIT");
    }
  }

  /** Kills all of the server's processes with SIGKILL, as the kernel does when memory runs out. */
  public synchronized void crash() {
    if (postmaster != null) {
      postmaster.kill();
    }
  }

  /** {@link #stop} and {@link #start}. */
  public synchronized void restart() {
    stop();
    start();
  }

  public synchronized boolean running() {
    return postmaster != null && postmaster.alive();
  }

  /**
   * Stops the server and, unless the directory was given by the caller, removes its files. Safe to
   * call again.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    ExitHook.remove(this);
    try {
      if (settings.keepsFiles()) {
        stop();
      } else {
        stopImmediate();
      }
    } finally {
      directory.removeUnlessKept();
    }
  }

  public PostgresVersion version() {
    return binaries.version();
  }

  public synchronized int port() {
    return port;
  }

  /** The server's own files; of use for a copy of a stopped server, or to break something. */
  public Path dataDirectory() {
    return directory.data();
  }

  /**
   * The server's certificate (PEM), for a client's {@code sslrootcert}; there is one if {@link
   * EmbeddedPostgresBuilder#tls} was asked for.
   */
  public Path certificate() {
    return directory.data().resolve(ServerCertificate.FILE);
  }

  /** All that the server has logged. */
  public String log() {
    try {
      return Files.exists(directory.log()) ? Files.readString(directory.log()) : "";
    } catch (IOException e) {
      throw new LeatException(PostgresErrors.IO, "The server's log cannot be read", "", e);
    }
  }

  /**
   * A libpq address of the first database, such as {@code
   * postgres://postgres@127.0.0.1:5432/postgres}.
   */
  public String url() {
    return url(USER);
  }

  /** A libpq address; holds the password if one is set. */
  public String url(String database) {
    String login = settings.password().isEmpty() ? USER : USER + ":" + settings.password();
    return "postgres://%s@127.0.0.1:%d/%s".formatted(login, port(), database);
  }

  /** A JDBC address of the first database, user and password included. */
  public String jdbcUrl() {
    return jdbcUrl(USER);
  }

  public String jdbcUrl(String database) {
    String login =
        "?user=" + USER + (settings.password().isEmpty() ? "" : "&password=" + settings.password());
    return "jdbc:postgresql://127.0.0.1:%d/%s%s".formatted(port(), database, login);
  }

  /** A new session of the superuser in the first database, with auto-commit on. */
  public Connection connection() throws SQLException {
    return connection(USER);
  }

  public Connection connection(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), new Properties());
  }

  /** Executes statements one after the other, each in a transaction of its own, in one session. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * The first column of a query's only row, as text; null for NULL.
   *
   * @throws SQLException also if there is no row
   */
  public @Nullable String value(String query) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      if (!result.next()) {
        throw new SQLException("the query has no row: " + query);
      }
      return result.getString(1);
    }
  }

  /** The superuser's password; empty if none is asked for. */
  String password() {
    return settings.password();
  }

  private Postmaster.Start startOn(int candidate) {
    try {
      return Postmaster.start(binaries, directory.data(), directory.log(), candidate);
    } catch (IOException e) {
      throw new LeatException(
          PostgresErrors.START_FAILED,
          "%s cannot be started: %s".formatted(version(), e.getMessage()),
          "",
          e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LeatException(PostgresErrors.START_FAILED, "There is no free port", "", e);
    }
  }
}
