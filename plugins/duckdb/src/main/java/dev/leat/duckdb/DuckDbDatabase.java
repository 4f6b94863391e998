package dev.leat.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * One open database file; sessions of it share DuckDB's instance, so they work at the same time.
 */
final class DuckDbDatabase implements AutoCloseable {
  /** The last part of a path that means a database which lives as long as it is open. */
  static final String IN_MEMORY = ":memory:";

  private static final int MAGIC_OFFSET = 8;
  private static final byte[] MAGIC = "DUCK".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final DuckDBConnection root;

  private DuckDbDatabase(Path file, DuckDBConnection root) {
    this.file = file;
    this.root = root;
  }

  static DuckDbDatabase open(Path file, boolean write, long memoryLimit, long threads) {
    boolean inMemory = isInMemory(file);
    boolean existed = inMemory || Files.exists(file);
    if (!existed && !write) {
      throw DuckDbErrors.missing(file);
    }
    if (existed && !inMemory) {
      requireDuckDb(file);
    }
    String url = "jdbc:duckdb:" + (inMemory ? IN_MEMORY : file.toAbsolutePath());
    try {
      DuckDBConnection root = write || inMemory ? connect(url, false) : connectToRead(url);
      DuckDbDatabase database = new DuckDbDatabase(file, root);
      database.set("autoinstall_known_extensions", "false");
      database.set("autoload_known_extensions", "false");
      database.set("memory_limit", "'" + Math.max(1, memoryLimit / 1_000_000) + "MB'");
      database.set("threads", Long.toString(Math.max(1, threads)));
      return database;
    } catch (SQLException e) {
      if (!existed) {
        removeEmpty(file);
      }
      throw DuckDbErrors.opening(file, e);
    }
  }

  /** DuckDB opens no file in two ways in one process; who only reads then joins who writes. */
  private static DuckDBConnection connectToRead(String url) throws SQLException {
    try {
      return connect(url, true);
    } catch (SQLException e) {
      if (DuckDbErrors.isOpenOtherwise(e)) {
        return connect(url, false);
      }
      throw e;
    }
  }

  private static DuckDBConnection connect(String url, boolean readOnly) throws SQLException {
    Properties properties = new Properties();
    if (readOnly) {
      properties.setProperty("duckdb.read_only", "true");
    }
    return (DuckDBConnection) DuckDbDriver.get().connect(url, properties);
  }

  static boolean isInMemory(Path file) {
    return String.valueOf(file.getFileName()).equals(IN_MEMORY);
  }

  /**
   * For all sessions. Not with the opening: a file that this process has open already, as another
   * destination or engine, could then not be opened again.
   */
  void set(String setting, String value) {
    try (Session session = session()) {
      session.execute("SET GLOBAL " + setting + " = " + value);
    }
  }

  /** DuckDB would take an SQLite file for one to attach, and an empty file for a damaged one. */
  private static void requireDuckDb(Path file) {
    if (Files.isDirectory(file)) {
      throw DuckDbErrors.notDuckDb(file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(MAGIC_OFFSET + MAGIC.length);
      if (start.length < MAGIC_OFFSET + MAGIC.length
          || !java.util.Arrays.equals(start, MAGIC_OFFSET, start.length, MAGIC, 0, MAGIC.length)) {
        throw DuckDbErrors.notDuckDb(file);
      }
    } catch (IOException e) {
      throw DuckDbErrors.unwritable(file, e);
    }
  }

  private static void removeEmpty(Path file) {
    try {
      if (Files.exists(file) && Files.size(file) == 0) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw DuckDbErrors.unwritable(file, e);
    }
  }

  Path file() {
    return file;
  }

  String describe() {
    return "duckdb:" + (isInMemory(file) ? "memory" : file.toString());
  }

  /** A session of its own, for one thread. */
  Session session() {
    try {
      Connection connection = root.duplicate();
      Session session = new Session(connection);
      session.execute("SET TimeZone = 'UTC'");
      return session;
    } catch (SQLException e) {
      throw DuckDbErrors.running(e);
    }
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw DuckDbErrors.running(e);
    }
  }
}
