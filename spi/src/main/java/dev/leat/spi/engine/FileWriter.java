package dev.leat.spi.engine;

import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.nio.file.Path;
import java.util.List;

/** Writes rows into files that other programs read. Safe for use by several threads. */
public interface FileWriter {

  /**
   * Writes all rows into new files in a folder that is the caller's; what is there after a failure
   * is of no use.
   *
   * @param rows closed by the caller
   * @param folder is there
   * @param name what the names of the files begin with; the whole name if the layout is that of one
   *     file
   */
  WrittenFiles write(
      BatchReader rows,
      List<Column> columns,
      Path folder,
      String name,
      FileLayout layout,
      Cancellation cancellation);

  /**
   * Writes the rows of files that {@link #write} made, of one folder and in the same format, into
   * new ones, every value as it is there.
   *
   * @param columns of the files; those of partitions are not among them
   * @param layout without partitions
   */
  WrittenFiles rewrite(
      List<Path> files,
      List<Column> columns,
      Path folder,
      String name,
      FileLayout layout,
      Cancellation cancellation);
}
