package dev.leat.flow.documents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Files that are whole and durable, or not there. */
final class Folder {
  private static final boolean SYNCS_FOLDERS =
      !System.getProperty("os.name", "").startsWith("Windows");

  private Folder() {}

  /** Makes a folder that is still there after a crash. */
  static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      make(parent);
    }
    Files.createDirectories(folder);
    if (parent != null) {
      sync(parent);
    }
  }

  /**
   * Makes or replaces a file.
   *
   * @param scratch a folder on the same file system, whose files nobody misses
   */
  static void write(Path file, byte[] bytes, Path scratch) throws IOException {
    Path part = scratch.resolve(UUID.randomUUID().toString());
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    syncFolderOf(file);
  }

  static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncFolderOf(file);
    }
  }

  /** The names of the files in a folder; none if there is no such folder. */
  static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (NotDirectoryException e) {
      throw new IOException(folder + " is not a folder", e);
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  private static void syncFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      sync(folder);
    }
  }

  /** Windows has no such thing: it writes names with the files. */
  private static void sync(Path folder) throws IOException {
    if (SYNCS_FOLDERS) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
