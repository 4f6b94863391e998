package dev.leat.flow.load;

import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.LoadModel.Action;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageAddress;
import dev.leat.spi.storage.Storages;
import dev.leat.spi.storage.StoredFile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What becomes of files that are loaded. Nothing is done to a file whose rows are not durable; what
 * a run could not finish the next one does.
 */
public final class AfterLoad {
  private final LoadModel load;
  private final Storages storages;
  private final Storage storage;
  private final StorageAddress address;
  private final Instant now;

  private AfterLoad(
      LoadModel load, Storages storages, Storage storage, StorageAddress address, Instant now) {
    this.load = load;
    this.storages = storages;
    this.storage = storage;
    this.address = address;
    this.now = now;
  }

  static AfterLoad of(Storages storages, LoadModel load, Instant now) {
    StorageAddress address = storages.address(load.path());
    return new AfterLoad(load, storages, storages.open(address), address, now);
  }

  /** What is removed for its age. */
  static List<String> expired(
      Storages storages, LoadModel load, List<StoredFile> loaded, Instant now) {
    return of(storages, load, now).old(loaded).stream().map(Old::name).toList();
  }

  /** Moves or removes what is loaded, and removes what is too old. */
  void tidy(LoadPlan plan, Set<String> failed) {
    switch (load.after().action()) {
      case KEEP -> {}
      case DELETE -> storage.delete(done(plan, failed));
      case ARCHIVE -> archive(done(plan, failed));
    }
    old(plan.loaded()).forEach(file -> file.storage().delete(file.name()));
  }

  private List<String> done(LoadPlan plan, Set<String> failed) {
    return Stream.concat(plan.loaded().stream(), plan.files().stream().map(FoundFile::file))
        .filter(file -> !failed.contains(file.name()))
        .filter(this::isUnchanged)
        .map(StoredFile::name)
        .toList();
  }

  /** What was written under its name since it was loaded is not loaded, and stays. */
  private boolean isUnchanged(StoredFile file) {
    return storage
        .find(file.name())
        .filter(now -> now.version().equals(file.version()))
        .isPresent();
  }

  /** Files and archive seen from the folder that both are in. */
  private record Common(Storage storage, String files, String archive) {}

  private Common common(String archive) {
    StorageAddress target = storages.folder(archive);
    String[] from = address.root().split("/", -1);
    String[] to = target.root().split("/", -1);
    int same = 0;
    while (same < from.length && same < to.length && from[same].equals(to[same])) {
      same++;
    }
    if (!target.scheme().equals(address.scheme()) || same == 0) {
      throw LoadErrors.pattern(
          "archive " + archive + " is not where the files of " + address.describe() + " are",
          "name a folder of the same storage");
    }
    String root = String.join("/", List.of(from).subList(0, same));
    return new Common(
        storages.open(new StorageAddress(address.scheme(), root.isEmpty() ? "/" : root, "")),
        below(from, same),
        below(to, same));
  }

  private static String below(String[] parts, int from) {
    String rest = String.join("/", List.of(parts).subList(from, parts.length));
    return rest.isEmpty() ? "" : rest + "/";
  }

  private void archive(List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    Common common = common(FilePattern.on(folder(), LocalDate.ofInstant(now, ZoneOffset.UTC)));
    names.forEach(name -> common.storage().move(common.files() + name, common.archive() + name));
  }

  private String folder() {
    return load.after().archive().orElse("archive");
  }

  private List<Old> old(List<StoredFile> loaded) {
    List<Old> old = new ArrayList<>();
    if (load.after().retention().isEmpty()) {
      return old;
    }
    Instant least = now.minus(load.after().retention().get());
    if (load.after().action() == Action.ARCHIVE) {
      int date = folder().indexOf('{');
      int fixed = date < 0 ? folder().length() : folder().lastIndexOf('/', date) + 1;
      String dated = folder().substring(fixed).replaceFirst("/+$", "");
      Common common = common(folder().substring(0, fixed));
      common
          .storage()
          .list(
              common.archive(),
              file -> {
                boolean archived =
                    isArchived(dated, file.name().substring(common.archive().length()));
                if (archived && file.modified().isBefore(least)) {
                  old.add(new Old(common.storage(), file.name()));
                }
              });
    } else {
      loaded.stream()
          .filter(file -> file.modified().isBefore(least))
          .forEach(file -> old.add(new Old(storage, file.name())));
    }
    return old;
  }

  /**
   * Whether a file in the archive is called as those are that come there; others are not ours.
   *
   * @param dated the pattern of its folders; empty for none
   * @param name below what stands before them
   */
  private boolean isArchived(String dated, String name) {
    int folders = dated.isEmpty() ? 0 : dated.split("/", -1).length;
    List<String> parts = List.of(name.split("/", folders + 1));
    return parts.size() == folders + 1
        && (folders == 0
            || FilePattern.of(dated).match(String.join("/", parts.subList(0, folders))).isPresent())
        && FilePattern.of(address.name()).match(parts.getLast()).isPresent();
  }

  /** A file that is too old. */
  private record Old(Storage storage, String name) {}
}
