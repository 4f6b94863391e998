package dev.leat.spi.storage;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files below a root: a folder, or the beginning of names in a bucket. Safe for use by several
 * threads.
 *
 * <p>Every method throws {@link dev.leat.spi.error.LeatException} and nothing else; streams throw
 * {@link java.io.IOException} with one as its cause. Category CONFIG if the root is not there, AUTH
 * if it may not be used, TRANSIENT for what may pass, DATA for a file that is not what was listed.
 * Names are as {@link StorageNames} wants them, or CONFIG.
 */
public interface Storage extends AutoCloseable {
  /** There is no such folder or bucket. */
  ErrorCode MISSING = new ErrorCode("STORAGE_MISSING", ErrorCategory.CONFIG);

  /** A file is not what it was when it was listed, or not there any more. */
  ErrorCode CHANGED = new ErrorCode("FILE_CHANGED", ErrorCategory.DATA);

  /** The root in a few words for people, without secrets, such as {@code s3://acme-raw/crm}. */
  String describe();

  /** The root as a folder of this machine, where it is one; it need not be there. */
  default Optional<Path> folder() {
    return Optional.empty();
  }

  /**
   * Tells of every file whose name begins with {@code prefix}, by name (in the order of its UTF-8
   * bytes); page by page, so that a million of them need little memory. Files that are being
   * written are none yet, nor is anything that has {@link StorageNames#ASIDE} in its name.
   */
  void list(String prefix, Consumer<StoredFile> each);

  Optional<StoredFile> find(String name);

  /**
   * Reads a file from its beginning. If it has changed since it was listed, at the latest the end
   * of the stream throws {@link #CHANGED}.
   */
  InputStream open(StoredFile file);

  /**
   * The content as a local file: the file itself where it is one, otherwise a copy below {@code
   * scratch}, which the caller deletes. Throws {@link #CHANGED} if it has changed.
   */
  Path fetch(StoredFile file, Path scratch, Cancellation cancellation);

  /**
   * Begins a file. It is seen as a whole after {@link StorageWriter#commit()}, then instead of one
   * that had its name, and never before.
   */
  StorageWriter create(String name);

  /**
   * Stores a local file under a name, as {@link #create} and a commit would do. The local file may
   * be gone afterwards; if not, the caller deletes it.
   */
  StoredFile put(Path file, String name, Cancellation cancellation);

  /** Renames a file, instead of one that has the new name; CONFIG if there is none to rename. */
  void move(String from, String to);

  /** Removes files, those that are there. */
  void delete(Collection<String> names);

  /** Removes a file, if it is there. */
  default void delete(String name) {
    delete(List.of(name));
  }

  /**
   * Removes what writers left that ended without a commit and without being closed, because their
   * process was killed.
   *
   * @param prefix what the names of the files begin with
   * @param age what is younger stays: others may be writing it now
   */
  void sweep(String prefix, Duration age);

  @Override
  void close();
}
