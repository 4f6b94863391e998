package dev.leat.flow.documents;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents as files in a folder, one each, which people can look at and put into backups. A file
 * is written beside its place, synced and renamed; writers of all processes take turns.
 *
 * <p>A text has at most 64 MiB.
 */
public final class FileDocuments implements Documents {
  private static final ErrorCode STORE_UNAVAILABLE =
      new ErrorCode("STORE_UNAVAILABLE", ErrorCategory.CONFIG);
  private static final ErrorCode STORE_READ_ONLY =
      new ErrorCode("STORE_READ_ONLY", ErrorCategory.CONFIG);
  private static final String FORMAT_FILE = "leat-documents";
  private static final String FORMAT = "1\n";

  private final Path root;
  private final Path scratch;
  private final boolean there;
  private final @Nullable FolderLock lock;

  private FileDocuments(Path root, boolean there, @Nullable FolderLock lock) {
    this.root = root;
    this.scratch = root.resolve(".scratch");
    this.there = there;
    this.lock = lock;
  }

  /**
   * Opens a folder of documents.
   *
   * @param root the folder; made if missing when {@code write}
   * @param write whether documents may be changed; if not, a folder that does not exist is empty
   * @throws LeatException with code STORE_DAMAGED if the folder holds something else, or documents
   *     of a newer version
   */
  public static FileDocuments open(Path root, boolean write) {
    try {
      if (!write) {
        boolean there = Files.exists(root);
        if (there) {
          checkFormat(root);
        }
        return new FileDocuments(root, there, null);
      }
      Folder.make(root);
      FolderLock lock = new FolderLock(root);
      FileDocuments documents = new FileDocuments(root, true, lock);
      lock.holding(documents::prepare);
      return documents;
    } catch (IOException e) {
      throw unavailable(root, e);
    }
  }

  @Override
  public String describe() {
    return "files:" + root;
  }

  @Override
  public Optional<String> get(String collection, String key) {
    DocumentRules.checkKey(key);
    Path file = file(collection, key);
    return reading(
        () -> {
          try {
            return Optional.of(DocumentFile.read(file, key).text());
          } catch (NoSuchFileException _) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void put(String collection, String key, String text) {
    byte[] bytes = bytes(key, text);
    writing(
        () -> {
          write(collection, key, bytes);
          return true;
        });
  }

  @Override
  public boolean putNew(String collection, String key, String text) {
    byte[] bytes = bytes(key, text);
    return writing(
        () -> {
          if (Files.exists(file(collection, key))) {
            return false;
          }
          write(collection, key, bytes);
          return true;
        });
  }

  @Override
  public void delete(String collection, String key) {
    DocumentRules.checkKey(key);
    Path file = file(collection, key);
    writing(
        () -> {
          Folder.delete(file);
          return true;
        });
  }

  @Override
  public List<String> keys(String collection, String prefix, int limit, boolean descending) {
    DocumentRules.checkLimit(limit);
    Path folder = folder(collection);
    Comparator<String> order =
        descending ? DocumentRules.BY_BYTES.reversed() : DocumentRules.BY_BYTES;
    return reading(
        () -> {
          List<String> keys = new ArrayList<>();
          for (String name : Folder.names(folder)) {
            if (name.endsWith(FileNames.SUFFIX)) {
              key(folder, name).filter(key -> key.startsWith(prefix)).ifPresent(keys::add);
            }
          }
          return keys.stream().sorted(order).limit(limit).toList();
        });
  }

  @Override
  public void close() {}

  /** Empty if the file is gone meanwhile. */
  private static Optional<String> key(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (FileNames.isHashed(name)) {
      try {
        return Optional.of(DocumentFile.readKey(file));
      } catch (NoSuchFileException _) {
        return Optional.empty();
      }
    }
    Optional<String> key = FileNames.key(name);
    if (key.isEmpty()) {
      throw DocumentFile.damaged(file, "has a name that Leat did not give it", null);
    }
    return key;
  }

  private void write(String collection, String key, byte[] bytes) throws IOException {
    Folder.make(folder(collection));
    Folder.write(file(collection, key), bytes, scratch);
  }

  private boolean prepare() throws IOException {
    if (Files.notExists(root.resolve(FORMAT_FILE))) {
      List<String> names = new ArrayList<>(Folder.names(root));
      names.removeAll(List.of(".lock", ".scratch"));
      if (!names.isEmpty()) {
        throw notDocuments(root);
      }
      Folder.make(scratch);
      Folder.write(root.resolve(FORMAT_FILE), FORMAT.getBytes(StandardCharsets.UTF_8), scratch);
    }
    checkFormat(root);
    Folder.make(scratch);
    for (String left : Folder.names(scratch)) {
      Files.deleteIfExists(scratch.resolve(left));
    }
    return true;
  }

  private static void checkFormat(Path root) throws IOException {
    String format;
    try {
      format = new String(Files.readAllBytes(root.resolve(FORMAT_FILE)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      throw notDocuments(root);
    }
    if (!format.equals(FORMAT)) {
      throw new LeatException(
          DocumentFile.STORE_DAMAGED,
          "the documents in " + root + " have a form that this version of Leat does not know",
          "use the version of Leat that wrote them, or a newer one");
    }
  }

  private static LeatException notDocuments(Path root) {
    return new LeatException(
        DocumentFile.STORE_DAMAGED,
        "the folder " + root + " holds no documents of Leat but is not empty",
        "name another folder, or put back the file " + FORMAT_FILE + " from a backup");
  }

  private byte[] bytes(String key, String text) {
    DocumentRules.checkKey(key);
    DocumentRules.checkText(text);
    byte[] bytes = new DocumentFile(key, text).bytes();
    if (bytes.length > DocumentRules.MAX_TEXT) {
      throw new LeatException(
          STORE_UNAVAILABLE,
          "a document for %s is larger than %d bytes".formatted(root, DocumentRules.MAX_TEXT),
          "use a store in a database, such as type = \"sqlite\" in [store]");
    }
    return bytes;
  }

  private Path folder(String collection) {
    DocumentRules.checkCollection(collection);
    return root.resolve(collection);
  }

  private Path file(String collection, String key) {
    return folder(collection).resolve(FileNames.of(key));
  }

  private <T> T reading(FolderLock.Work<T> work) {
    try {
      if (there && Files.notExists(root.resolve(FORMAT_FILE))) {
        throw new NoSuchFileException(root.toString());
      }
      return work.run();
    } catch (IOException e) {
      throw unavailable(root, e);
    }
  }

  private <T> T writing(FolderLock.Work<T> work) {
    if (lock == null) {
      throw new LeatException(
          STORE_READ_ONLY, "the documents in " + root + " were opened to be read only", "");
    }
    try {
      return lock.holding(() -> reading(work));
    } catch (IOException e) {
      throw unavailable(root, e);
    }
  }

  private static LeatException unavailable(Path root, IOException e) {
    return new LeatException(
        STORE_UNAVAILABLE,
        "the documents in %s cannot be read or written: %s"
            .formatted(root, e.getClass().getSimpleName()),
        "check that the folder is there, that this user may read and write it, and that the disk"
            + " has space",
        e);
  }
}
