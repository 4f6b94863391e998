package dev.leat.flow.load;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.model.FormatModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.engine.FileReader.FoundColumn;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A few files, to see what they have. Nothing of it stays. */
public final class FileSample implements AutoCloseable {
  private final FormatModel format;
  private final Path scratch;
  private final Engine engine;
  private final List<LocalFile> files = new ArrayList<>();
  private List<FileGroup> groups = List.of();
  private @Nullable LeatException failure;

  private FileSample(FormatModel format, Path scratch, Engine engine) {
    this.format = format;
    this.scratch = scratch;
    this.engine = engine;
  }

  /**
   * Looks at files of a load.
   *
   * @throws LeatException category DATA if none of them can be read
   */
  public static FileSample of(Engines engines, LoadModel load, List<FoundFile> files) {
    Path scratch = Scratch.temporary();
    FileSample sample =
        new FileSample(load.format(), scratch, engines.scratch(scratch.resolve("sample.duckdb")));
    try {
      sample.read(
          files,
          engines.storages().open(engines.storages().address(load.path())),
          new FilePreparation(
              load.format(), load.columns().keySet(), load.limits().expansion(), scratch));
      return sample;
    } catch (RuntimeException e) {
      sample.close();
      throw e;
    }
  }

  private void read(List<FoundFile> found, Storage storage, FilePreparation preparation) {
    for (FoundFile file : found) {
      LocalFile local =
          tried(
              () ->
                  preparation.prepare(
                      file.file(),
                      storage.fetch(file.file(), scratch, Cancellation.never()),
                      file.values(),
                      Cancellation.never()));
      if (local != null) {
        files.add(local);
      }
    }
    groups =
        FileGroup.of(
            files,
            format,
            reader(),
            new FileGroup.Failed() {
              @Override
              public <T> @Nullable T orElse(LocalFile file, Supplier<T> work) {
                return tried(work);
              }
            },
            Cancellation.never());
    if (groups.isEmpty() && failure != null) {
      throw failure;
    }
  }

  private <T> @Nullable T tried(Supplier<T> work) {
    try {
      return work.get();
    } catch (LeatException e) {
      if (e.category() != ErrorCategory.DATA) {
        throw e;
      }
      failure = failure == null ? e : failure;
      return null;
    }
  }

  private FileReader reader() {
    return engine.fileReader().orElseThrow();
  }

  /** The columns, with types that hold the values of the files' first rows. */
  public List<FoundColumn> columns(long rows) {
    return ColumnTypesFound.of(groups, format, reader(), rows, Cancellation.never());
  }

  /** How the files are written, each way once. */
  public List<String> formats() {
    return files.stream().map(LocalFile::describe).distinct().toList();
  }

  @Override
  public void close() {
    try {
      engine.close();
    } finally {
      Scratch.clear(scratch);
    }
  }
}
