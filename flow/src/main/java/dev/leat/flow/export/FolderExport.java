package dev.leat.flow.export;

import dev.leat.spi.Failpoint;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.engine.WrittenFiles;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An export into a folder: files under names that no other export has, then the manifest that names
 * them, then what it does not name any more is removed.
 */
final class FolderExport {
  private final FileWriter writer;
  private final ExportFolder folder;
  private final Storage storage;
  private final StepWork.Export export;
  private final Exporter.Job job;
  private final Cancellation cancellation;

  FolderExport(
      FileWriter writer,
      Storage storage,
      StepWork.Export export,
      Exporter.Job job,
      Cancellation cancellation) {
    this.writer = writer;
    this.storage = storage;
    this.folder = new ExportFolder(storage);
    this.export = export;
    this.job = job;
    this.cancellation = cancellation;
  }

  long write(ExportRows rows, List<Column> columns) {
    ExportFolder.State before = folder.look(job.dataset().toString(), export.layout().partition());
    folder.removeLeftovers(before);
    Kept kept = kept(before);
    try (Scratch scratch = Scratch.of(storage, "")) {
      List<Manifest.Shape> shape = Manifest.Shape.of(columns);
      List<List<Manifest.Shape>> shapes = new ArrayList<>(kept.shapes());
      // The latest columns stand last.
      if (shapes.isEmpty() || !shapes.getLast().equals(shape)) {
        shapes.add(shape);
      }
      int number = shapes.size() - 1;
      Path made = scratch.inner();
      FileLayout layout = export.layout();
      boolean one = layout.partition().isEmpty() && layout.targetSize() == 0;
      String name = newName() + (one ? "_0." + layout.extension() : "");
      WrittenFiles written = rows.write(writer, made, name, layout, cancellation);
      List<Manifest.File> fresh =
          written.rows() == 0 && export.adds() ? List.of() : sent(made, written, number);
      List<Manifest.File> old = kept.files();
      if (export.compact()) {
        old =
            new Compaction(writer, storage, scratch, export.layout(), shapes, cancellation)
                .compacted(old, this::newName);
      }
      List<Manifest.File> all = new ArrayList<>(old);
      all.addAll(fresh);
      Manifest manifest =
          new Manifest(
              job.dataset().toString(),
              job.run(),
              job.now(),
              job.fingerprint(),
              export.layout().format(),
              export.layout().partition(),
              kept.rows() + written.rows(),
              written.rows(),
              shapes,
              all);
      Failpoint.reach("before-export-visible");
      folder.publish(manifest);
      Failpoint.reach("after-export-visible");
      folder.removeOld(before, manifest);
      return written.rows();
    }
  }

  /**
   * What stays of an earlier export.
   *
   * @param rows in it
   */
  private record Kept(List<List<Manifest.Shape>> shapes, List<Manifest.File> files, long rows) {}

  /**
   * Files of earlier runs, but for those of a run whose end was not recorded: its rows are read
   * again and come with this one.
   */
  private Kept kept(ExportFolder.State before) {
    Manifest manifest = before.manifest().orElse(null);
    if (!export.adds() || manifest == null || job.continues().isEmpty()) {
      return new Kept(List.of(), List.of(), 0);
    }
    if (!manifest.format().equals(export.layout().format())
        || !manifest.partition().equals(export.layout().partition())) {
      throw ExportErrors.otherFormat(
          storage.describe(), manifest.format() + " by " + manifest.partition());
    }
    boolean recorded = manifest.run().equals(job.continues().get());
    return new Kept(
        manifest.shapes(),
        manifest.files().stream()
            .filter(file -> recorded || !file.run().equals(manifest.run()))
            .toList(),
        recorded ? manifest.rows() : manifest.rows() - manifest.added());
  }

  /** Ends up in the names of files, which therefore no other attempt has. */
  private String newName() {
    return ExportFolder.OURS + job.run() + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private List<Manifest.File> sent(Path made, WrittenFiles written, int shape) {
    List<Manifest.File> sent = new ArrayList<>();
    for (WrittenFiles.File file : written.files()) {
      long rows = written.files().size() == 1 ? written.rows() : file.rows();
      long bytes = storage.put(made.resolve(file.name()), file.name(), cancellation).size();
      sent.add(new Manifest.File(file.name(), bytes, rows, job.run(), shape));
    }
    return sent;
  }
}
