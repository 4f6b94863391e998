package dev.leat.sqlite;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.repository.DocumentsConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents of one flow, in the file of its state. */
final class SqliteDocuments implements Documents {
  private final Path file;
  private final @Nullable Database database;

  /**
   * @param database null where there are no documents yet and none are to be made
   */
  private SqliteDocuments(Path file, @Nullable Database database) {
    this.file = file;
    this.database = database;
  }

  static DocumentsConnector connector() {
    return new DocumentsConnector() {
      @Override
      public List<Option> options() {
        return List.of();
      }

      @Override
      public Documents open(Path directory, String flow, OptionValues options, boolean write) {
        return SqliteDocuments.open(directory.resolve(flow + ".db"), write);
      }
    };
  }

  private static Documents open(Path file, boolean write) {
    if (!write && !Files.exists(file)) {
      return new SqliteDocuments(file, null);
    }
    Database database = Database.open(file, write);
    if (!write && !database.hasDocuments()) {
      database.close();
      return new SqliteDocuments(file, null);
    }
    return new SqliteDocuments(file, database);
  }

  @Override
  public String describe() {
    return "sqlite:" + file;
  }

  @Override
  public Optional<String> get(String collection, String key) {
    return database == null
        ? Optional.empty()
        : database
            .rows("SELECT text FROM document WHERE collection = ? AND key = ?", collection, key)
            .stream()
            .map(row -> row.text(0))
            .findFirst();
  }

  @Override
  public void put(String collection, String key, String text) {
    writable().update("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", collection, key, text);
  }

  @Override
  public boolean putNew(String collection, String key, String text) {
    return writable()
            .changed("INSERT OR IGNORE INTO document VALUES (?, ?, ?)", collection, key, text)
        > 0;
  }

  @Override
  public void delete(String collection, String key) {
    writable().update("DELETE FROM document WHERE collection = ? AND key = ?", collection, key);
  }

  @Override
  public List<String> keys(String collection, String prefix, int limit, boolean descending) {
    return database == null
        ? List.of()
        : database
            .rows(
                "SELECT key FROM document WHERE collection = ? AND substr(key, 1, ?) = ? ORDER BY key"
                    + (descending ? " DESC" : "")
                    + " LIMIT ?",
                collection,
                prefix.codePointCount(0, prefix.length()),
                prefix,
                limit)
            .stream()
            .map(row -> row.text(0))
            .toList();
  }

  private Database writable() {
    if (database == null) {
      throw StoreErrors.missing(file);
    }
    return database;
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
