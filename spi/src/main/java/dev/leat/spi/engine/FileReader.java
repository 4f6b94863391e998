package dev.leat.spi.engine;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Map;

/**
 * Reads files straight into tables of an engine. Files are local, whole and, where they are text,
 * UTF-8; what may be wrong with their rows is found here. Safe for use by several threads.
 */
public interface FileReader {

  /** Makes an empty table, replacing what was there. */
  void create(TableId table, List<Column> columns);

  /**
   * Adds all rows of the files to a table, or none.
   *
   * @param table made by {@link #create} with the input's columns
   * @return the number of rows
   * @throws dev.leat.spi.error.LeatException category DATA if any row cannot be read or has a value
   *     that does not fit, or a file is not what it should be
   */
  long append(TableId table, FileInput input, Cancellation cancellation);

  /**
   * Adds the rows of one file to a table, and those with values that do not fit to another, with
   * the reason; each row is in exactly one of them afterwards.
   *
   * @param input one file; CSV is that of {@link FileInput.Layout#LISTED}
   * @param misfits made by {@link #create}; columns: file (text), line (64 bits), reason, raw
   *     (text)
   * @return the number of rows that fit
   */
  long appendFitting(TableId table, TableId misfits, FileInput input, Cancellation cancellation);

  /**
   * Adds all rows of one file of Parquet to the table of those that do not fit.
   *
   * @param misfits as for {@link #appendFitting}
   * @return the number of rows
   */
  long refuse(TableId misfits, FileInput input, String reason, Cancellation cancellation);

  /**
   * The columns that files have, as their values are, looking at no more than a number of rows of
   * each; counts are of those rows.
   */
  List<FoundColumn> look(FileInput input, long rows, Cancellation cancellation);

  /**
   * The names of the columns that files have, in the order of their first appearance; of JSON the
   * fields of all rows that can be read.
   *
   * @param input without {@code present} and {@code columns}
   * @param depth of JSON: as many levels of objects are taken apart, so that a name is a path
   */
  List<List<String>> fields(FileInput input, int depth, Cancellation cancellation);

  /** The number of rows in a table by the file that they come from, as a column says. */
  Map<String, Long> count(TableId table, String column);

  /**
   * A column of files.
   *
   * @param column its name, its type where all values fit, and whether there are empty ones
   * @param rows that were looked at
   * @param empty rows that have nothing in it
   * @param misfits values that do not fit the type, few as they are
   * @param distinct about how many different values there are
   * @param example the first value, or its beginning; empty if there is none
   */
  record FoundColumn(
      Column column, long rows, long empty, long misfits, long distinct, String example) {}
}
