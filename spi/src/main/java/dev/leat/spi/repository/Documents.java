package dev.leat.spi.repository;

import java.util.List;
import java.util.Optional;

/**
 * Texts by collection and key: what repositories of flows, datasets, schema histories and runs are
 * built on. Safe for use by several threads, and by other processes at the same time. Every change
 * is durable on return and seen as a whole or not at all.
 *
 * <p>A store that is damaged, unreadable or cannot be written throws {@link
 * dev.leat.spi.error.LeatException}, category CONFIG; it never answers as if it were empty.
 */
public interface Documents extends AutoCloseable {

  /** Where the documents are, for people, without secrets. */
  String describe();

  Optional<String> get(String collection, String key);

  /**
   * Makes or replaces a document.
   *
   * @param collection lower-case letters and underscores
   * @param key any text that is not empty, at most 400 characters
   */
  void put(String collection, String key, String text);

  /** Makes a document unless there is one; whether it was made. */
  boolean putNew(String collection, String key, String text);

  /** Removes a document, if there is one. */
  void delete(String collection, String key);

  /**
   * The keys of a collection that begin with {@code prefix}, by their UTF-8 bytes.
   *
   * @param limit the most keys to return
   * @param descending from the highest down
   */
  List<String> keys(String collection, String prefix, int limit, boolean descending);

  @Override
  void close();
}
