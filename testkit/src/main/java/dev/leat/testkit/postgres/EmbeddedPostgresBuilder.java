package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an {@link EmbeddedPostgresServer} is to be; every option has a default that suits tests. */
public final class EmbeddedPostgresBuilder {
  private final Map<String, String> settings = new LinkedHashMap<>();
  private @Nullable PostgresVersion version;
  private @Nullable Path directory;
  private String password = "";
  private int port;
  private @Nullable EmbeddedPostgresServer primary;
  private boolean tls;
  private boolean closeAtExit = true;

  EmbeddedPostgresBuilder() {
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("wal_level", "logical");
    settings.put("max_replication_slots", "50");
    settings.put("max_wal_senders", "50");
    settings.put("max_prepared_transactions", "20");
    settings.put("fsync", "off");
    settings.put("full_page_writes", "off");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
  }

  /**
   * The major version; without it the last that the system property {@code leat.test.pg} names, or
   * else the one the class path has under its plain name.
   */
  public EmbeddedPostgresBuilder version(PostgresVersion wanted) {
    this.version = wanted;
    return this;
  }

  /** As {@link #version(PostgresVersion)}. */
  public EmbeddedPostgresBuilder version(int major) {
    return version(PostgresVersion.of(major));
  }

  /**
   * A line of {@code postgresql.conf}, such as {@code logical_decoding_work_mem} and {@code 64kB}.
   */
  public EmbeddedPostgresBuilder setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /**
   * Makes the server a standby that follows a running one by streaming replication: a copy of its
   * files as they are now, with its version, settings and password. Only {@link #setting} and
   * {@link #port} add to that. {@code SELECT pg_promote()} makes it a primary.
   */
  public EmbeddedPostgresBuilder standbyOf(EmbeddedPostgresServer running) {
    this.primary = running;
    return this;
  }

  /**
   * Serves TLS, with a certificate of its own for {@code localhost} and {@code 127.0.0.1}: {@link
   * EmbeddedPostgresServer#certificate}. Clients may still connect without it.
   */
  public EmbeddedPostgresBuilder tls() {
    this.tls = true;
    return this;
  }

  /** The port to listen on; a free one by default. */
  public EmbeddedPostgresBuilder port(int number) {
    this.port = number;
    return this;
  }

  /**
   * Asks every client for this password (SCRAM); by default none is asked for. Letters and digits
   * only.
   */
  public EmbeddedPostgresBuilder password(String text) {
    if (!text.matches("[A-Za-z0-9]*")) {
      throw new IllegalArgumentException(
          "the password goes into addresses: letters and digits only");
    }
    this.password = text;
    return this;
  }

  /**
   * A directory that stays after {@link EmbeddedPostgresServer#close}; the server that is in it
   * already is started again. By default a temporary one that is removed.
   */
  public EmbeddedPostgresBuilder directory(Path path) {
    this.directory = path;
    return this;
  }

  /**
   * Whether the server is closed when the JVM ends; true by default. A program that still needs it
   * in a shutdown hook of its own says false and closes it there.
   */
  public EmbeddedPostgresBuilder closeAtExit(boolean close) {
    this.closeAtExit = close;
    return this;
  }

  /**
   * Starts the server and waits until it takes connections; about a second, and two more when the
   * binaries are unpacked for the first time.
   *
   * @throws LeatException if the version is not on the class path, or with the server's log if it
   *     does not come up
   */
  public EmbeddedPostgresServer start() {
    PostgresBinaries binaries =
        primary == null ? binaries() : PostgresBinaries.of(primary.version());
    ServerDirectory files =
        directory == null ? ServerDirectory.temporary() : ServerDirectory.of(directory);
    try {
      if (primary != null) {
        password = primary.password();
        files.follow(primary);
      } else if (!files.initialized()) {
        files.initialize(binaries, EmbeddedPostgresServer.USER, password);
      }
      if (tls) {
        ServerCertificate.create(files);
        settings.put("ssl", "on");
      }
      files.configure(settings);
      EmbeddedPostgresServer server = new EmbeddedPostgresServer(this, binaries, files);
      server.start();
      if (closeAtExit) {
        ExitHook.add(server);
      }
      return server;
    } catch (RuntimeException e) {
      files.removeUnlessKept();
      throw e;
    }
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  boolean keepsFiles() {
    return directory != null;
  }

  private PostgresBinaries binaries() {
    if (version != null) {
      return PostgresBinaries.of(version);
    }
    List<PostgresVersion> requested = PostgresVersion.requested();
    return requested.isEmpty()
        ? PostgresBinaries.defaultVersion()
        : PostgresBinaries.of(requested.getLast());
  }
}
