package dev.leat.flow.load;

import dev.leat.flow.engine.Workspace;
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

  static AfterLoad of(Workspace workspace, LoadModel load, Storage storage, Instant now) {
    Storages storages = workspace.engines().storages();
    return new AfterLoad(load, storages, storage, storages.address(load.path()), now);
  }

  /** What would be removed for its age, for plans. */
  public static List<String> expired(Workspace workspace, LoadPlan plan, Instant now) {
    LoadModel load = plan.load();
    Storages storages = workspace.engines().storages();
    Storage storage = storages.open(storages.address(load.path()));
    return of(workspace, load, storage, now).old(plan);
  }

  /** Moves or removes what is loaded, and removes what is too old. */
  void tidy(LoadPlan plan, Set<String> failed) {
    List<String> done =
        Stream.concat(
                plan.loaded().stream(),
                plan.files().stream().map(FoundFile::file))
            .map(StoredFile::name)
            .filter(name -> !failed.contains(name))
            .toList();
    switch (load.after().action()) {
      case KEEP -> {}
      case DELETE -> storage.delete(done);
      case ARCHIVE -> done.forEach(name -> storage.move(name, archived(name)));
    }
    List<String> old = old(plan);
    if (!old.isEmpty()) {
      storage.delete(old);
    }
  }

  private String archived(String name) {
    return prefix() + name;
  }

  /** Below the storage's root; archives are in the same storage as what they archive. */
  private String prefix() {
    String archive = load.after().archive().orElse("archive/");
    StorageAddress target =
        storages.folder(
            FilePattern.on(archive, LocalDate.ofInstant(now, ZoneOffset.UTC)));
    String root = address.root() + "/";
    String wanted = target.root() + "/" + (target.name().isEmpty() ? "" : target.name() + "/");
    if (!target.scheme().equals(address.scheme()) || !wanted.startsWith(root)) {
      throw LoadErrors.pattern(
          "archive " + archive + " is not below " + address.describe() + ", where the files are",
          "name a folder below it");
    }
    return wanted.substring(root.length());
  }

  private List<String> old(LoadPlan plan) {
    List<String> old = new ArrayList<>();
    if (load.after().retention().isEmpty()) {
      return old;
    }
    Instant least = now.minus(load.after().retention().get());
    if (load.after().action() == Action.ARCHIVE) {
      String archive = load.after().archive().orElse("archive/");
      int dated = archive.indexOf('{');
      String fixed = dated < 0 ? archive : archive.substring(0, archive.lastIndexOf('/', dated) + 1);
      StorageAddress folder = storages.folder(fixed);
      String root = address.root() + "/";
      String below = (folder.root() + "/").substring(Math.min(root.length(), folder.root().length() + 1));
      storage.list(
          below,
          file -> {
            if (file.modified().isBefore(least)) {
              old.add(file.name());
            }
          });
    } else {
      plan.loaded().stream()
          .filter(file -> file.modified().isBefore(least))
          .forEach(file -> old.add(file.name()));
    }
    return old;
  }
}
