package dev.leat.spi.engine;

import dev.leat.spi.schema.Column;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is read of files that have the same columns.
 *
 * @param layout how rows are written
 * @param files in order
 * @param dialect of CSV; whatever for others
 * @param present the names of the columns in the files: of CSV all, in order; of others those that
 *     are read
 * @param columns of the table, in order: those of {@code present} by name, {@link #FILE}, {@link
 *     #LOADED_AT} and the files' own values; NULL where there is nothing
 * @param paths of JSON: where a column's value is found, as names from the outermost in; its own
 *     name where there is none
 * @param formats of CSV and JSON: how dates and times are written, such as {@code %d.%m.%Y}, by
 *     column
 * @param loadedAt what {@link #LOADED_AT} says
 */
public record FileInput(
    Layout layout,
    List<Source> files,
    CsvDialect dialect,
    List<String> present,
    List<Column> columns,
    Map<String, List<String>> paths,
    Map<String, String> formats,
    Instant loadedAt) {
  /** The column that says which file a row is from. */
  public static final String FILE = "_leat_file";

  /** The column that says when a row was loaded. */
  public static final String LOADED_AT = "_leat_loaded_at";

  public FileInput {
    files = List.copyOf(files);
    present = List.copyOf(present);
    columns = List.copyOf(columns);
    paths = Map.copyOf(paths);
    formats = Map.copyOf(formats);
  }

  /** How rows are written in files. */
  public enum Layout {
    CSV,
    JSON_LINES,
    JSON_ARRAY,
    PARQUET,
    /**
     * CSV in the usual dialect, without a header, of records that were taken apart: the line, the
     * raw text, and then the values; of JSON nothing then, as the raw text is the object.
     */
    LISTED,
    LISTED_JSON
  }

  /**
   * A file.
   *
   * @param name what {@link #FILE} says
   * @param path where it is
   * @param values of columns that are the same in all its rows, as text
   */
  public record Source(String name, Path path, Map<String, String> values) {
    public Source {
      values = Map.copyOf(values);
    }
  }

  /**
   * How CSV is written.
   *
   * @param delimiter between values
   * @param quote around values; empty for none
   * @param escape before a quote within a value; empty for none
   * @param header whether the first row has the names
   * @param skip lines before that
   * @param comment what lines begin with that are none; empty for nothing
   * @param nulls texts that are NULL, besides the empty one
   * @param decimal between a number's whole part and its fraction
   * @param longest bytes of a row
   */
  public record CsvDialect(
      String delimiter,
      String quote,
      String escape,
      boolean header,
      int skip,
      String comment,
      List<String> nulls,
      char decimal,
      long longest) {
    /** Comma and double quotes. */
    public static final CsvDialect USUAL =
        new CsvDialect(",", "\"", "\"", true, 0, "", List.of(), '.', 2 << 20);

    public CsvDialect {
      nulls = List.copyOf(nulls);
    }
  }
}
