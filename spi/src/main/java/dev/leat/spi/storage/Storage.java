package dev.leat.spi.storage;

import dev.leat.spi.engine.Cancellation;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files below a root: a folder, or the beginning of names in a bucket. Safe for use by several
 * threads.
 *
 * <p>Every method throws {@link dev.leat.spi.error.LeatException} and nothing else; streams throw
 * {@link java.io.IOException} with one as its cause. Category CONFIG if the root is not there, AUTH
 * if it may not be used, TRANSIENT for what may pass, DATA for a file that is not what was listed.
 */
public interface Storage extends AutoCloseable {

  /** The root in a few words for people, without secrets, such as {@code s3://acme-raw/crm}. */
  String describe();

  /**
   * Tells of every file whose name begins with {@code prefix}, by name; page by page, so that a
   * million of them need no memory. Files that are being written are none yet.
   */
  void list(String prefix, Consumer<StoredFile> each);

  Optional<StoredFile> find(String name);

  /**
   * Reads a file from its beginning. If it has changed since it was listed, at the latest the end
   * of the stream throws, category DATA, code {@code FILE_CHANGED}.
   */
  InputStream open(StoredFile file);

  /**
   * The content as a local file: the file itself where it is one, otherwise a copy below {@code
   * scratch}, which the caller deletes. Throws as {@link #open} does if it has changed.
   */
  Path fetch(StoredFile file, Path scratch, Cancellation cancellation);

  /**
   * Begins a file. It is seen as a whole after {@link StorageWriter#commit()}, then instead of one
   * that had its name, and never before.
   */
  StorageWriter create(String name);

  /** Renames a file, instead of one that has the new name. */
  void move(String from, String to);

  /** Removes a file, if it is there. */
  void delete(String name);

  @Override
  void close();
}
