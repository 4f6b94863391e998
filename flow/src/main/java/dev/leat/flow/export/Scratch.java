package dev.leat.flow.export;

import dev.leat.flow.instruction.Fingerprint;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder for files until they are whole: beside the others where these are in a folder, so that
 * they only need to be renamed. What an export left that was killed goes with the next one of the
 * same target.
 */
final class Scratch implements AutoCloseable {
  private static final int KEPT = 100;

  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes one.
   *
   * @param name of the file that is written; empty for a folder
   */
  static Scratch of(Storage storage, String name) {
    Path local = storage.folder().orElse(null);
    Path parent = local != null ? local : Path.of(System.getProperty("java.io.tmpdir"));
    String flat = name.substring(Math.max(0, name.length() - KEPT));
    String start =
        local != null
            ? StorageNames.ASIDE
            : "leat-export-" + Fingerprint.of(storage.describe() + "/" + name) + "-";
    try {
      if (local == null) {
        removeOthers(parent, start);
      }
      return new Scratch(
          Files.createDirectories(parent.resolve(start + UUID.randomUUID() + "-" + flat)));
    } catch (IOException e) {
      throw ExportErrors.scratch(parent, e);
    }
  }

  private static void removeOthers(Path parent, String start) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, start + "*")) {
      for (Path each : left) {
        delete(each);
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** A new folder in it. */
  Path inner() {
    try {
      return Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
    } catch (IOException e) {
      throw ExportErrors.scratch(folder, e);
    }
  }

  long size(String name) {
    try {
      return Files.size(folder.resolve(name));
    } catch (IOException e) {
      throw ExportErrors.scratch(folder, e);
    }
  }

  static void delete(Path path) throws IOException {
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
    try {
      delete(folder);
    } catch (IOException e) {
      throw ExportErrors.scratch(folder, e);
    }
  }
}
