package dev.leat.flow.export;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageWriter;
import dev.leat.spi.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The folder of an export. */
final class ExportFolder {
  /** What the names of its files begin with; others are not touched. */
  static final String OURS = "leat-";

  private final Storage storage;

  ExportFolder(Storage storage) {
    this.storage = storage;
  }

  /**
   * What is there.
   *
   * @param manifest empty if there was no export yet
   * @param old files that the next manifest replaces
   * @param leftovers files that an export wrote that did not come to its end
   */
  record State(Optional<Manifest> manifest, List<String> old, List<String> leftovers) {}

  State look(String dataset, List<String> partition) {
    Optional<Manifest> manifest = manifest();
    manifest
        .filter(found -> !found.dataset().equals(dataset))
        .ifPresent(
            found -> {
              throw ExportErrors.otherExport(storage.describe(), found.dataset());
            });
    Set<String> named = new HashSet<>();
    manifest.ifPresent(found -> found.files().forEach(file -> named.add(file.name())));
    List<String> old = new ArrayList<>(named);
    List<String> leftovers = new ArrayList<>();
    for (String name : names()) {
      if (named.contains(name) || name.equals(Manifest.NAME)) {
        continue;
      }
      if (name.substring(name.lastIndexOf('/') + 1).startsWith(OURS)) {
        leftovers.add(name);
      } else if (manifest.isEmpty()) {
        // Exports had no manifest once; theirs are known by the folders of their partitions.
        if (partition.isEmpty() || !name.startsWith(partition.getFirst() + "=")) {
          throw ExportErrors.otherFiles(storage.describe());
        }
        old.add(name);
      }
    }
    return new State(manifest, old, leftovers);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      storage.list("", file -> names.add(file.name()));
    } catch (LeatException e) {
      if (e.code().equals(Storage.MISSING) && storage.folder().isPresent()) {
        return List.of();
      }
      throw e;
    }
    return names;
  }

  Optional<Manifest> manifest() {
    Optional<StoredFile> file = storage.find(Manifest.NAME);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String where = storage.describe() + "/" + Manifest.NAME;
    try (InputStream in = storage.open(file.get())) {
      return Optional.of(
          Manifest.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), where));
    } catch (IOException e) {
      throw e.getCause() instanceof LeatException leat
          ? leat
          : ExportErrors.scratch(Path.of(Manifest.NAME), e);
    }
  }

  /** Removes what exports left that were killed. */
  void removeLeftovers(State state) {
    storage.sweep("", Duration.ZERO);
    storage.delete(state.leftovers());
    removeEmptyFolders(state.leftovers());
  }

  /** Has readers see the files that a manifest names. */
  void publish(Manifest manifest) {
    try (StorageWriter writer = storage.create(Manifest.NAME)) {
      writer.out().write(manifest.text().getBytes(StandardCharsets.UTF_8));
      var unused = writer.commit();
    } catch (IOException e) {
      throw e.getCause() instanceof LeatException leat
          ? leat
          : ExportErrors.scratch(Path.of(Manifest.NAME), e);
    }
  }

  /** Removes files that the manifest does not name any more. */
  void removeOld(State before, Manifest manifest) {
    Set<String> gone = new TreeSet<>(before.old());
    manifest.files().forEach(file -> gone.remove(file.name()));
    storage.delete(gone);
    removeEmptyFolders(gone);
  }

  /** Folders of partitions, which are there for their files as in a bucket. */
  private void removeEmptyFolders(Iterable<String> removed) {
    Path root = storage.folder().orElse(null);
    if (root == null) {
      return;
    }
    for (String name : removed) {
      removeEmpty(root.resolve(name).getParent(), root);
    }
  }

  private static void removeEmpty(@Nullable Path first, Path root) {
    Path folder = first;
    try {
      while (folder != null && folder.startsWith(root) && !folder.equals(root)) {
        Files.deleteIfExists(folder);
        folder = folder.getParent();
      }
    } catch (DirectoryNotEmptyException _) {
      return;
    } catch (IOException e) {
      throw ExportErrors.scratch(root, e);
    }
  }
}
