package dev.leat.spi.engine;

import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.nio.file.Path;
import java.util.List;

/** Writes rows into files that other programs read. Safe for use by several threads. */
public interface FileWriter {

  /**
   * Writes all rows; readers see the files that were there before until they see the new ones.
   *
   * @param rows closed by the caller
   * @param target the file, or the folder where {@code partition} is not empty
   * @param format {@code csv}, {@code json} (one object a line) or {@code parquet}
   * @param partition columns whose values make folders, {@code column=value}
   * @return the number of rows
   */
  long write(
      BatchReader rows,
      List<Column> columns,
      Path target,
      String format,
      List<String> partition,
      Cancellation cancellation);
}
