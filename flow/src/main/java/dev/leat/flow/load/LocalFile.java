package dev.leat.flow.load;

import dev.leat.spi.engine.FileInput;
import dev.leat.spi.engine.FileInput.CsvDialect;
import dev.leat.spi.storage.StoredFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file that can be read: here, not compressed, and UTF-8 if it is text.
 *
 * @param stored as it was listed
 * @param path where it is
 * @param layout how its rows are written
 * @param dialect of CSV; the usual one for others
 * @param names of CSV the columns; empty for others
 * @param values of columns that its name gives
 * @param encoding that it had; empty if it is no text
 */
record LocalFile(
    StoredFile stored,
    Path path,
    FileInput.Layout layout,
    CsvDialect dialect,
    List<String> names,
    Map<String, String> values,
    String encoding) {
  LocalFile {
    names = List.copyOf(names);
    values = Map.copyOf(values);
  }

  String name() {
    return stored.name();
  }

  /** How it is written, in a few words for people. */
  String describe() {
    return switch (layout) {
      case PARQUET -> "parquet";
      case JSON_ARRAY -> "json array, " + encoding;
      case JSON_LINES, LISTED_JSON -> "json lines, " + encoding;
      case CSV, LISTED ->
          "csv, %s, delimiter %s, quote %s, %s"
              .formatted(
                  encoding,
                  shown(dialect.delimiter()),
                  dialect.quote().isEmpty() ? "none" : dialect.quote(),
                  dialect.header() ? "header" : "no header");
    };
  }

  private static String shown(String delimiter) {
    return delimiter.equals("\t") ? "tab" : delimiter;
  }
}
