package dev.leat.sqlite;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** The state file, open: statements one at a time, each durable on return. */
final class Database implements AutoCloseable {
  /** The layout of the tables; written to {@code user_version}. */
  private static final long LAYOUT = 2;

  /** The first layout that has documents. */
  private static final long DOCUMENTS = 2;

  private static final String DOCUMENT =
      "CREATE TABLE document (collection TEXT NOT NULL, key BLOB NOT NULL, text TEXT NOT NULL,"
          + " PRIMARY KEY (collection, key))";

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE replication (replication TEXT PRIMARY KEY, stream TEXT, start TEXT NOT NULL, saved TEXT NOT NULL)",
          "CREATE TABLE table_state (replication TEXT, source_table TEXT, destination TEXT NOT NULL, phase TEXT NOT"
              + " NULL, copy_plan TEXT, copied_from TEXT, consistent_from TEXT, copied_rows INTEGER NOT NULL, error TEXT,"
              + " PRIMARY KEY (replication, source_table))",
          "CREATE TABLE activity (replication TEXT PRIMARY KEY, at TEXT NOT NULL, durable TEXT NOT NULL, server TEXT NOT"
              + " NULL, lag_bytes INTEGER NOT NULL, lag_millis INTEGER NOT NULL, rows_copied INTEGER NOT NULL,"
              + " changes_applied INTEGER NOT NULL, changes_per_second REAL NOT NULL, last_commit TEXT)",
          "CREATE TABLE schema_version (replication TEXT, source_table TEXT, sequence TEXT, position TEXT NOT NULL,"
              + " shape TEXT NOT NULL, PRIMARY KEY (replication, source_table, sequence))");

  private final Path file;
  private final Connection connection;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static Database open(Path file, boolean write) {
    boolean exists = Files.exists(file);
    if (!exists && !write) {
      throw StoreErrors.missing(file);
    }
    try {
      if (!exists) {
        makeFolder(file.toAbsolutePath().getParent());
      } else if (Files.size(file) == 0) {
        throw StoreErrors.damaged(file, null);
      }
    } catch (IOException e) {
      throw StoreErrors.unusable(file, e);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(!write);
    config.setBusyTimeout(10_000);
    Connection connection;
    try {
      connection = config.createConnection("jdbc:sqlite:" + address(file, write));
    } catch (SQLException e) {
      throw StoreErrors.unusable(file, e);
    }
    Database database = new Database(file, connection);
    try {
      database.begin(exists, write);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Who only reads leaves no files behind: while nobody writes there is no log, and the database is
   * read as it is, which a writer that comes meanwhile does not change before it has a log.
   */
  private static String address(Path file, boolean write) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return write || Files.exists(log)
        ? file.toAbsolutePath().toString()
        : file.toAbsolutePath().toUri().toString().replaceFirst("^file:/+", "file:/")
            + "?immutable=1";
  }

  private static void makeFolder(@Nullable Path folder) throws IOException {
    if (folder == null || Files.isDirectory(folder)) {
      return;
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  private void begin(boolean exists, boolean write) {
    if (exists) {
      List<Row> check = rows("PRAGMA quick_check(1)");
      if (check.size() != 1 || !"ok".equals(check.getFirst().text(0))) {
        throw StoreErrors.damaged(file, null);
      }
    }
    if (write) {
      execute("PRAGMA journal_mode = WAL");
      execute("PRAGMA synchronous = FULL");
    }
    long version = layout();
    if (version > LAYOUT) {
      throw StoreErrors.newer(file, version);
    }
    if (version == 0 && !(write && isEmpty())) {
      // A database, but not one of ours; or one that was never finished.
      throw StoreErrors.damaged(file, null);
    }
    if (write && version < LAYOUT) {
      makeTables();
    }
  }

  /** Others may do the same at the same time. */
  private void makeTables() {
    execute("BEGIN IMMEDIATE");
    long version = layout();
    if (version < LAYOUT) {
      if (version == 0) {
        TABLES.forEach(this::execute);
      }
      execute(DOCUMENT);
      execute("PRAGMA user_version = " + LAYOUT);
    }
    execute("COMMIT");
  }

  private long layout() {
    return Long.parseLong(rows("PRAGMA user_version").getFirst().text(0));
  }

  private boolean isEmpty() {
    return rows("SELECT name FROM sqlite_schema").isEmpty();
  }

  /** Whether the file has a place for documents; one that was made by an older Leat has none. */
  boolean hasDocuments() {
    return layout() >= DOCUMENTS;
  }

  Path file() {
    return file;
  }

  synchronized void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs a statement with values; the number of rows it changed. */
  synchronized int update(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  synchronized List<Row> rows(String sql, @Nullable Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet result = statement.executeQuery()) {
        List<Row> rows = new ArrayList<>();
        while (result.next()) {
          List<@Nullable String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
          }
          rows.add(new Row(row));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private RuntimeException failure(SQLException e) {
    String text = String.valueOf(e.getMessage());
    return text.contains("SQLITE_NOTADB")
            || text.contains("SQLITE_CORRUPT")
            || text.contains("no such table")
        ? StoreErrors.damaged(file, e)
        : StoreErrors.unusable(file, e);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
