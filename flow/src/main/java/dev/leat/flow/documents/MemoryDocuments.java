package dev.leat.flow.documents;

import dev.leat.spi.repository.Documents;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Documents that last as long as the object, for tests and for runs that leave nothing behind. */
public final class MemoryDocuments implements Documents {
  private final ConcurrentMap<String, NavigableMap<String, String>> collections =
      new ConcurrentHashMap<>();

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public Optional<String> get(String collection, String key) {
    DocumentRules.checkKey(key);
    return Optional.ofNullable(collection(collection).get(key));
  }

  @Override
  public void put(String collection, String key, String text) {
    DocumentRules.checkKey(key);
    DocumentRules.checkText(text);
    collection(collection).put(key, text);
  }

  @Override
  public boolean putNew(String collection, String key, String text) {
    DocumentRules.checkKey(key);
    DocumentRules.checkText(text);
    return collection(collection).putIfAbsent(key, text) == null;
  }

  @Override
  public void delete(String collection, String key) {
    DocumentRules.checkKey(key);
    collection(collection).remove(key);
  }

  @Override
  public List<String> keys(String collection, String prefix, int limit, boolean descending) {
    DocumentRules.checkLimit(limit);
    NavigableMap<String, String> documents = collection(collection);
    return (descending ? documents.descendingKeySet() : documents.navigableKeySet())
        .stream().filter(key -> key.startsWith(prefix)).limit(limit).toList();
  }

  /** Does nothing: what is in memory stays. */
  @Override
  public void close() {}

  private NavigableMap<String, String> collection(String name) {
    DocumentRules.checkCollection(name);
    return collections.computeIfAbsent(
        name, _ -> new ConcurrentSkipListMap<>(DocumentRules.BY_BYTES));
  }
}
