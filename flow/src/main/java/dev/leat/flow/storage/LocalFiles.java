package dev.leat.flow.storage;

import dev.leat.spi.storage.StorageNames;
import dev.leat.spi.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks at the files of a folder. */
final class LocalFiles {
  private static final Comparator<Entry> BY_NAME =
      Comparator.comparing(Entry::bytes, Arrays::compareUnsigned);

  private final Path root;

  LocalFiles(Path root) {
    this.root = root;
  }

  /** As {@link dev.leat.spi.storage.Storage#list} wants it. */
  void list(String prefix, Consumer<StoredFile> each) throws IOException {
    walk(root, "", prefix, each);
  }

  private void walk(Path folder, String below, String prefix, Consumer<StoredFile> each)
      throws IOException {
    for (Entry entry : entries(folder, below, prefix)) {
      if (entry.folder()) {
        walk(entry.path(), entry.name() + "/", prefix, each);
      } else {
        look(entry).ifPresent(each);
      }
    }
  }

  /** Empty if it was removed since its folder was read. */
  private static Optional<StoredFile> look(Entry entry) throws IOException {
    try {
      return Optional.of(
          stored(entry.name(), Files.readAttributes(entry.path(), BasicFileAttributes.class)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private List<Entry> entries(Path folder, String below, String prefix) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        String name = below + path.getFileName();
        boolean inner = Files.isDirectory(path);
        boolean wanted = name.startsWith(prefix) || (inner && prefix.startsWith(name + "/"));
        boolean file = Files.isRegularFile(path);
        if (wanted && !StorageNames.isAside(name) && (inner ? !loops(path) : file)) {
          entries.add(new Entry(path, name, inner));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(BY_NAME);
    return entries;
  }

  /** Whether a link leads to a folder that it is in. */
  private static boolean loops(Path path) throws IOException {
    return Files.isSymbolicLink(path) && path.toAbsolutePath().startsWith(path.toRealPath());
  }

  static StoredFile stored(String name, BasicFileAttributes attributes) {
    return new StoredFile(
        name,
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + "-" + attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }

  /** A file or folder; a folder sorts as what is in it. */
  private record Entry(Path path, String name, boolean folder) {
    byte[] bytes() {
      return (folder ? name + "/" : name).getBytes(StandardCharsets.UTF_8);
    }
  }
}
