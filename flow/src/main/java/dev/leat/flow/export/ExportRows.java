package dev.leat.flow.export;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.engine.WrittenFiles;
import dev.leat.spi.schema.Column;
import dev.leat.spi.source.BatchReader;
import java.nio.file.Path;
import java.util.List;

/** Rows on their way into files. */
@FunctionalInterface
public interface ExportRows {
  /**
   * Writes all of them, once, as {@link FileWriter#write} does.
   *
   * @param writer for rows whose engine does not write files itself
   */
  WrittenFiles write(
      FileWriter writer, Path folder, String name, FileLayout layout, Cancellation cancellation);

  /** What a query in an engine's dialect gives. */
  static ExportRows of(Engine engine, String query, List<Column> columns) {
    return (writer, folder, name, layout, cancellation) ->
        engine
            .write(query, columns, folder, name, layout, cancellation)
            .orElseGet(
                () -> {
                  try (BatchReader rows = engine.read(query, columns, cancellation)) {
                    return writer.write(rows, columns, folder, name, layout, cancellation);
                  }
                });
  }
}
