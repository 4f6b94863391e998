package dev.leat.sqlite;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.repository.DocumentsConnector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Documents in the file that has a flow's state. Keys are kept as bytes of UTF-8, which is what
 * they are ordered by.
 */
final class SqliteDocuments implements Documents {
  private static final Pattern COLLECTION = Pattern.compile("[a-z_]+");
  private static final int MAX_KEY = 400;

  private final Path file;

  /** Open for writing; who only reads opens the file for every question. */
  private final @Nullable Database writing;

  private SqliteDocuments(Path file, @Nullable Database writing) {
    this.file = file;
    this.writing = writing;
  }

  static SqliteDocuments open(Path directory, String flow, boolean write) {
    Path file = directory.resolve(flow + ".db");
    SqliteDocuments documents = new SqliteDocuments(file, write ? Database.open(file, true) : null);
    if (!write) {
      // A damaged file is refused at once.
      boolean unused = documents.read(_ -> true, false);
    }
    return documents;
  }

  /** Makes document stores of SQLite. */
  static final class Connector implements DocumentsConnector {
    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Documents open(Path directory, String flow, OptionValues options, boolean write) {
      return SqliteDocuments.open(directory, flow, write);
    }
  }

  @Override
  public String describe() {
    return "sqlite:" + file;
  }

  @Override
  public Optional<String> get(String collection, String key) {
    byte[] bytes = key(collection, key);
    return read(
        database ->
            database
                .rows(
                    "SELECT text FROM document WHERE collection = ? AND key = ?", collection, bytes)
                .stream()
                .map(row -> row.text(0))
                .findFirst(),
        Optional.empty());
  }

  @Override
  public void put(String collection, String key, String text) {
    int unused =
        writing()
            .update(
                "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text ="
                    + " excluded.text",
                collection,
                key(collection, key),
                checked(text));
  }

  @Override
  public boolean putNew(String collection, String key, String text) {
    return writing()
            .update(
                "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                collection,
                key(collection, key),
                checked(text))
        == 1;
  }

  @Override
  public void delete(String collection, String key) {
    int unused =
        writing()
            .update(
                "DELETE FROM document WHERE collection = ? AND key = ?",
                collection,
                key(collection, key));
  }

  @Override
  public List<String> keys(String collection, String prefix, int limit, boolean descending) {
    checkCollection(collection);
    byte[] least = checked(prefix).getBytes(StandardCharsets.UTF_8);
    List<Object> values = new ArrayList<>(List.of(collection));
    StringBuilder query =
        new StringBuilder("SELECT CAST(key AS TEXT) FROM document WHERE collection = ?");
    if (least.length > 0) {
      byte[] above = least.clone();
      // No byte of UTF-8 is the highest, so that all keys with the prefix are below this.
      above[above.length - 1]++;
      query.append(" AND key >= ? AND key < ?");
      values.add(least);
      values.add(above);
    }
    query.append(" ORDER BY key").append(descending ? " DESC" : "").append(" LIMIT ?");
    values.add(Math.max(0, limit));
    return read(
        database ->
            database.rows(query.toString(), values.toArray()).stream()
                .map(row -> row.text(0))
                .toList(),
        List.of());
  }

  /** What a question gives; {@code otherwise} where there is no state, or no documents in it. */
  private <T> T read(Function<Database, T> question, T otherwise) {
    if (writing != null) {
      return question.apply(writing);
    }
    if (!Files.exists(file)) {
      return otherwise;
    }
    try (Database database = Database.open(file, false)) {
      return database.hasDocuments() ? question.apply(database) : otherwise;
    }
  }

  private Database writing() {
    if (writing == null) {
      throw StoreErrors.readOnly(file);
    }
    return writing;
  }

  private static byte[] key(String collection, String key) {
    checkCollection(collection);
    if (key.isEmpty() || key.length() > MAX_KEY) {
      throw new IllegalArgumentException(
          "a key has 1 to " + MAX_KEY + " characters, not " + key.length());
    }
    return checked(key).getBytes(StandardCharsets.UTF_8);
  }

  private static void checkCollection(String collection) {
    if (!COLLECTION.matcher(collection).matches()) {
      throw new IllegalArgumentException("not the name of a collection: " + collection);
    }
  }

  /** Half of a surrogate pair would be stored as a question mark. */
  private static String checked(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("half of a surrogate pair is no text");
    }
    return text;
  }

  @Override
  public void close() {
    if (writing != null) {
      writing.close();
    }
  }
}
