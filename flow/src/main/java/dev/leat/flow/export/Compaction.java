package dev.leat.flow.export;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.engine.WrittenFiles;
import dev.leat.spi.schema.Column;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes large files of small ones that have the same folder and columns. */
final class Compaction {
  /** Fewer small files are left as they are, so that not every run writes all of them again. */
  static final int FEWEST = 4;

  private final FileWriter writer;
  private final Storage storage;
  private final Scratch scratch;
  private final FileLayout layout;
  private final List<List<Manifest.Shape>> shapes;
  private final Cancellation cancellation;

  Compaction(
      FileWriter writer,
      Storage storage,
      Scratch scratch,
      FileLayout layout,
      List<List<Manifest.Shape>> shapes,
      Cancellation cancellation) {
    this.writer = writer;
    this.storage = storage;
    this.scratch = scratch;
    this.layout = layout;
    this.shapes = shapes;
    this.cancellation = cancellation;
  }

  /** The files that take the place of those given; these stay until the manifest is written. */
  List<Manifest.File> compacted(List<Manifest.File> files, Supplier<String> names) {
    List<Manifest.File> result = new ArrayList<>();
    Map<String, List<Manifest.File>> small = new TreeMap<>();
    for (Manifest.File file : files) {
      if (file.bytes() < layout.targetSize() / 2) {
        small.computeIfAbsent(file.shape() + ":" + file.folder(), _ -> new ArrayList<>()).add(file);
      } else {
        result.add(file);
      }
    }
    for (List<Manifest.File> alike : small.values()) {
      for (List<Manifest.File> bin : bins(alike)) {
        if (bin.size() < FEWEST) {
          result.addAll(bin);
        } else {
          result.add(joined(bin, names.get()));
        }
      }
    }
    return result;
  }

  /** Files in their order, so many together that they have about the size wanted. */
  private List<List<Manifest.File>> bins(List<Manifest.File> files) {
    List<List<Manifest.File>> bins = new ArrayList<>();
    List<Manifest.File> bin = new ArrayList<>();
    long bytes = 0;
    for (Manifest.File file : files) {
      bin.add(file);
      bytes += file.bytes();
      if (bytes >= layout.targetSize()) {
        bins.add(bin);
        bin = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!bin.isEmpty()) {
      bins.add(bin);
    }
    return bins;
  }

  private Manifest.File joined(List<Manifest.File> bin, String name) {
    Path fetched = scratch.inner();
    Path made = scratch.inner();
    try {
      List<Path> local = new ArrayList<>();
      for (Manifest.File file : bin) {
        StoredFile stored =
            storage
                .find(file.name())
                .orElseThrow(() -> ExportErrors.gone(storage.describe() + "/" + file.name()));
        local.add(storage.fetch(stored, fetched, cancellation));
      }
      Manifest.File first = bin.getFirst();
      String file = name + "_0." + layout.extension();
      FileLayout one = new FileLayout(layout.format(), layout.options(), List.of(), 0);
      WrittenFiles unused =
          writer.rewrite(local, columns(first.shape()), made, file, one, cancellation);
      boolean counted = bin.stream().allMatch(each -> each.rows() >= 0);
      long rows = counted ? bin.stream().mapToLong(Manifest.File::rows).sum() : -1;
      String target = first.folder() + file;
      long bytes = storage.put(made.resolve(file), target, cancellation).size();
      return new Manifest.File(target, bytes, rows, bin.getLast().run(), first.shape());
    } finally {
      remove(fetched);
      remove(made);
    }
  }

  /** Those of the files, which do not have what is in the names of their folders. */
  private List<Column> columns(int shape) {
    return shapes.get(shape).stream()
        .filter(column -> !layout.partition().contains(column.name()))
        .map(Manifest.Shape::column)
        .toList();
  }

  private static void remove(Path folder) {
    try {
      Scratch.delete(folder);
    } catch (IOException e) {
      throw ExportErrors.scratch(folder, e);
    }
  }
}
