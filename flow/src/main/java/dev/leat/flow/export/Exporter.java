package dev.leat.flow.export;

import dev.leat.spi.Failpoint;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.engine.WrittenFiles;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageAddress;
import dev.leat.spi.storage.Storages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes rows into files of a storage. Safe for use by several threads. */
public final class Exporter {
  private final FileWriter files;
  private final Storages storages;

  public Exporter(FileWriter files, Storages storages) {
    this.files = files;
    this.storages = storages;
  }

  /**
   * What is exported.
   *
   * @param dataset for those who read the manifest
   * @param run that does it
   * @param now the run's time
   * @param fingerprint of what is exported; empty if that is not known
   * @param continues the run whose rows these rows go on from; empty if these are all there are
   */
  public record Job(
      TableId dataset, String run, Instant now, String fingerprint, Optional<String> continues) {}

  /**
   * Writes all rows; readers see what was there before until they see the new files.
   *
   * @return how many rows there were
   */
  public long export(
      ExportRows rows,
      List<Column> columns,
      StepWork.Export export,
      Job job,
      Cancellation cancellation) {
    if (export.folder()) {
      Storage storage = storages.open(storages.folder(export.path()));
      return new FolderExport(files, storage, export, job, cancellation).write(rows, columns);
    }
    return single(rows, export.path(), export.layout(), cancellation);
  }

  /** Whether a folder has the export of that fingerprint. */
  public boolean isThere(StepWork.Export export, String fingerprint) {
    Storage storage = storages.open(storages.folder(export.path()));
    return !fingerprint.isEmpty()
        && new ExportFolder(storage)
            .manifest()
            .filter(manifest -> manifest.fingerprint().equals(fingerprint))
            .isPresent();
  }

  private long single(ExportRows rows, String path, FileLayout layout, Cancellation cancellation) {
    StorageAddress address = storages.address(path);
    String name = address.name();
    if (name.isEmpty()) {
      throw ExportErrors.otherFiles(address.describe());
    }
    Storage storage = storages.open(address);
    Optional<Path> local = storage.folder();
    if (local.isPresent() && Files.isDirectory(local.get().resolve(name))) {
      throw ExportErrors.otherFiles(local.get().resolve(name).toString());
    }
    storage.sweep(name, Duration.ZERO);
    try (Scratch scratch = Scratch.of(storage, name)) {
      WrittenFiles written = rows.write(files, scratch.folder(), name, layout, cancellation);
      Failpoint.reach("before-export-visible");
      var unused = storage.put(scratch.folder().resolve(name), name, cancellation);
      return written.rows();
    }
  }
}
