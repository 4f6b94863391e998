package dev.leat.flow.repository;

import dev.leat.flow.json.JsonFields;
import dev.leat.flow.json.JsonText;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.repository.Documents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records of one type in one collection of documents, each a JSON object that begins with {@code
 * "format": 1}.
 *
 * <p>A document that cannot be read, or has a newer format, is an error with code STORE_DOCUMENT
 * that names it; it is never taken as missing. Safe for use by several threads.
 */
public final class RecordCollection<T> {
  private static final ErrorCode STORE_DOCUMENT =
      new ErrorCode("STORE_DOCUMENT", ErrorCategory.CONFIG);
  private static final int FORMAT = 1;

  private final Documents documents;
  private final String name;
  private final Function<T, Map<String, @Nullable Object>> writer;
  private final Function<JsonFields, T> reader;

  public RecordCollection(
      Documents documents,
      String name,
      Function<T, Map<String, @Nullable Object>> writer,
      Function<JsonFields, T> reader) {
    this.documents = documents;
    this.name = name;
    this.writer = writer;
    this.reader = reader;
  }

  public Optional<T> get(String key) {
    return documents.get(name, key).map(text -> read(key, text));
  }

  public void put(String key, T value) {
    documents.put(name, key, write(value));
  }

  /** Makes a document unless there is one; whether it was made. */
  public boolean putNew(String key, T value) {
    return documents.putNew(name, key, write(value));
  }

  public void delete(String key) {
    documents.delete(name, key);
  }

  public List<String> keys(String prefix, int limit, boolean descending) {
    return documents.keys(name, prefix, limit, descending);
  }

  /** The records whose keys begin with {@code prefix}, in the order of {@link #keys}. */
  public List<T> list(String prefix, int limit, boolean descending) {
    return keys(prefix, limit, descending).stream().flatMap(key -> get(key).stream()).toList();
  }

  private String write(T value) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.putAll(writer.apply(value));
    return JsonText.write(json);
  }

  private T read(String key, String text) {
    return JsonFields.parse(
            text,
            "the document %s of %s in %s".formatted(key, name, documents.describe()),
            STORE_DOCUMENT,
            "put it back from a backup, or remove it if what it holds may be forgotten")
        .all(
            json -> {
              json.format("format", FORMAT);
              return reader.apply(json);
            });
  }
}
