package dev.leat.flow.storage;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageNames;
import dev.leat.spi.storage.StorageWriter;
import dev.leat.spi.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder. Files that are being written are in the folder itself, so that they are renamed within
 * one file system.
 */
final class LocalStorage implements Storage {
  private static final boolean SYNCS_FOLDERS =
      !System.getProperty("os.name", "").startsWith("Windows");

  /** Of a file's name that stays in the name that it is written under. */
  private static final int KEPT = 120;

  private static final int UUID_LENGTH = 36;

  private final Path root;

  LocalStorage(Path root) {
    this.root = root;
  }

  @Override
  public String describe() {
    return root.toString();
  }

  @Override
  public Optional<Path> folder() {
    return Optional.of(root);
  }

  @Override
  public void list(String prefix, Consumer<StoredFile> each) {
    try {
      new LocalFiles(root).list(prefix, each);
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (!Files.isDirectory(root)) {
        throw LocalErrors.missing(root);
      }
      throw LocalErrors.of("listing", root, e);
    } catch (IOException e) {
      throw LocalErrors.of("listing", root, e);
    }
  }

  @Override
  public Optional<StoredFile> find(String name) {
    Path path = path(name);
    try {
      return Files.isRegularFile(path) && !StorageNames.isAside(name)
          ? Optional.of(look(name))
          : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw LocalErrors.of("looking at", path, e);
    }
  }

  @Override
  public InputStream open(StoredFile file) {
    Path path = path(file.name());
    try {
      InputStream in = Files.newInputStream(path);
      return new UnchangedInput(in, () -> isStill(file), () -> LocalErrors.changed(path, null));
    } catch (NoSuchFileException e) {
      throw LocalErrors.changed(path, e);
    } catch (IOException e) {
      throw LocalErrors.of("reading", path, e);
    }
  }

  @Override
  public Path fetch(StoredFile file, Path scratch, Cancellation cancellation) {
    Path path = path(file.name());
    if (!isStill(file)) {
      throw LocalErrors.changed(path, null);
    }
    return path;
  }

  private boolean isStill(StoredFile file) {
    return find(file.name()).filter(now -> now.version().equals(file.version())).isPresent();
  }

  @Override
  public StorageWriter create(String name) {
    Path path = path(name);
    try {
      return new LocalWriter(this, name, aside(name));
    } catch (IOException e) {
      throw LocalErrors.of("writing", path, e);
    }
  }

  @Override
  public StoredFile put(Path file, String name, Cancellation cancellation) {
    Path path = path(name);
    try {
      sync(file, StandardOpenOption.WRITE);
      try {
        return rename(file, name);
      } catch (AtomicMoveNotSupportedException _) {
        Path aside = aside(name);
        try {
          Files.copy(file, aside);
          sync(aside, StandardOpenOption.WRITE);
          return rename(aside, name);
        } finally {
          Files.deleteIfExists(aside);
        }
      }
    } catch (IOException e) {
      throw LocalErrors.of("writing", path, e);
    }
  }

  /** Gives a file that is whole its name, for good. */
  StoredFile rename(Path file, String name) throws IOException {
    Path path = path(name);
    Path folder = path.getParent();
    make(folder);
    Files.move(file, path, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(folder);
    return look(name);
  }

  @Override
  public void move(String from, String to) {
    Path path = path(from);
    if (!Files.isRegularFile(path)) {
      throw LocalErrors.noFile(path);
    }
    try {
      rename(path, to);
      syncFolder(path.getParent());
    } catch (IOException e) {
      throw LocalErrors.of("moving", path, e);
    }
  }

  @Override
  public void delete(Collection<String> names) {
    for (String name : names) {
      Path path = path(name);
      try {
        if (!Files.isDirectory(path) && Files.deleteIfExists(path)) {
          syncFolder(path.getParent());
        }
      } catch (IOException e) {
        throw LocalErrors.of("removing", path, e);
      }
    }
  }

  @Override
  public void sweep(String prefix, Duration age) {
    Instant latest = Instant.now().minus(age);
    String start = flat(prefix);
    if (!Files.isDirectory(root)) {
      return;
    }
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(root, StorageNames.ASIDE + "*")) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        int end = StorageNames.ASIDE.length() + UUID_LENGTH + 1;
        if (name.length() >= end
            && name.startsWith(start, end)
            && !Files.getLastModifiedTime(path).toInstant().isAfter(latest)) {
          deleteAll(path);
        }
      }
    } catch (IOException e) {
      throw LocalErrors.of("removing old files in", root, e);
    }
  }

  private static void deleteAll(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException _) {
      return;
    }
  }

  @Override
  public void close() {
    // Nothing stays open.
  }

  Path path(String name) {
    return root.resolve(StorageNames.require(name));
  }

  private StoredFile look(String name) throws IOException {
    return LocalFiles.stored(name, Files.readAttributes(path(name), BasicFileAttributes.class));
  }

  private Path aside(String name) throws IOException {
    make(root);
    return root.resolve(StorageNames.ASIDE + UUID.randomUUID() + "-" + flat(name));
  }

  private static String flat(String name) {
    String flat = name.replace('/', '_');
    return flat.length() <= KEPT ? flat : flat.substring(0, KEPT);
  }

  /** Makes a folder that is still there after a crash. */
  private static void make(@Nullable Path folder) throws IOException {
    if (folder != null && !Files.isDirectory(folder)) {
      make(folder.getParent());
      Files.createDirectories(folder);
      syncFolder(folder.getParent());
    }
  }

  private static void syncFolder(@Nullable Path folder) throws IOException {
    if (folder != null && SYNCS_FOLDERS && Files.isDirectory(folder)) {
      sync(folder, StandardOpenOption.READ);
    }
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
