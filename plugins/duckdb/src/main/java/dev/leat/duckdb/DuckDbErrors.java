package dev.leat.duckdb;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DuckDB's errors in Leat's words. DuckDB 2.0 gives neither SQL states nor codes, so its texts have
 * to be told apart.
 */
final class DuckDbErrors {
  private static final ErrorCode SAME_NAME =
      new ErrorCode("DUCKDB_FILE_NAME", ErrorCategory.CONFIG);

  private static final ErrorCode LOCKED = new ErrorCode("DUCKDB_LOCKED", ErrorCategory.CONFIG);
  private static final ErrorCode NOT_DUCKDB =
      new ErrorCode("DUCKDB_NOT_A_DATABASE", ErrorCategory.CONFIG);
  private static final ErrorCode NEWER =
      new ErrorCode("DUCKDB_NEWER_VERSION", ErrorCategory.CONFIG);
  private static final ErrorCode UNWRITABLE =
      new ErrorCode("DUCKDB_UNWRITABLE", ErrorCategory.CONFIG);
  private static final ErrorCode DAMAGED = new ErrorCode("DUCKDB_DAMAGED", ErrorCategory.CONFIG);
  private static final ErrorCode DISK_FULL =
      new ErrorCode("DUCKDB_DISK_FULL", ErrorCategory.TRANSIENT);
  private static final ErrorCode OUT_OF_MEMORY =
      new ErrorCode("DUCKDB_OUT_OF_MEMORY", ErrorCategory.CONFIG);
  private static final ErrorCode VALUE = new ErrorCode("DUCKDB_VALUE", ErrorCategory.DATA);
  private static final ErrorCode QUERY = new ErrorCode("DUCKDB_QUERY", ErrorCategory.CONFIG);
  private static final ErrorCode TABLE_EXISTS =
      new ErrorCode("DUCKDB_TABLE_EXISTS", ErrorCategory.CONFIG);
  private static final ErrorCode NAMES_COLLIDE =
      new ErrorCode("DUCKDB_NAMES_COLLIDE", ErrorCategory.CONFIG);
  private static final ErrorCode SHAPE = new ErrorCode("DUCKDB_SHAPE", ErrorCategory.SCHEMA);
  private static final ErrorCode ROW_MISSING =
      new ErrorCode("DUCKDB_ROW_MISSING", ErrorCategory.DATA);
  private static final ErrorCode NO_TABLE = new ErrorCode("DUCKDB_NO_TABLE", ErrorCategory.CONFIG);
  private static final ErrorCode UNEXPECTED = new ErrorCode("DUCKDB_ERROR", ErrorCategory.INTERNAL);
  private static final Pattern PID = Pattern.compile("\\(PID (\\d+)\\)");

  private DuckDbErrors() {}

  static LeatException opening(Path file, SQLException e) {
    String text = text(e);
    if (text.contains("Could not set lock")) {
      Matcher pid = PID.matcher(text);
      return new LeatException(
          LOCKED,
          file + " is open in another process" + (pid.find() ? " (pid " + pid.group(1) + ")" : ""),
          "close it there; while `leat run` writes, use `leat preview` to look at tables",
          e);
    }
    if (text.contains("not a valid DuckDB database file")) {
      return notDuckDb(file);
    }
    if (text.contains("newer version of DuckDB")) {
      return new LeatException(
          NEWER,
          file + " was made by a newer DuckDB than the one in this Leat (2.0)",
          "use another file, or export it with that DuckDB and import it here",
          e);
    }
    if (text.contains("database does not exist")) {
      return missing(file);
    }
    if (text.contains("Corrupt") || text.contains("Could not read enough bytes")) {
      return new LeatException(
          DAMAGED, file + " is damaged", "restore it from a copy, or use a new file", e);
    }
    if (text.contains("No such file or directory")
        || text.contains("Permission denied")
        || text.contains("Read-only file system")
        || text.contains("Is a directory")) {
      return unwritable(file, e);
    }
    return running(e);
  }

  static LeatException missing(Path file) {
    return new LeatException(
        ErrorCode.DESTINATION_MISSING,
        file + " does not exist",
        "`leat run` makes it; or correct `path` in the flow file");
  }

  static LeatException unwritable(Path file, Throwable cause) {
    return new LeatException(
        UNWRITABLE,
        file + " cannot be opened for writing",
        "its folder has to exist and be writable",
        cause);
  }

  static LeatException notDuckDb(Path file) {
    return new LeatException(
        NOT_DUCKDB,
        file + " is a file of another program, not a DuckDB database",
        "give another `path` in the flow file; this file was not changed");
  }

  static LeatException running(SQLException e) {
    String text = text(e);
    if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
      return new LeatException(
          DISK_FULL,
          "the disk of the DuckDB file is full",
          "make room; the run goes on by itself",
          e);
    }
    if (text.contains("Ambiguous reference to catalog or schema")) {
      return new LeatException(
          SAME_NAME,
          "the DuckDB file has the name of one of its schemas, and DuckDB cannot tell them apart",
          "give the file another name, such as warehouse.duckdb",
          e);
    }
    if (text.contains("Out of Memory Error")) {
      return new LeatException(
          OUT_OF_MEMORY, "DuckDB needs more memory than its limit", "raise `memory_limit`", e);
    }
    if (text.startsWith("Conversion Error")
        || text.startsWith("Out of Range Error")
        || text.contains("Invalid unicode")) {
      return new LeatException(
          VALUE,
          "a value does not fit its DuckDB column",
          "read the column as text with `text_columns`, then `leat resync` the table",
          e);
    }
    return new LeatException(
        UNEXPECTED,
        "DuckDB refused a statement: " + firstLine(text),
        "this is a defect of Leat unless somebody else changed the database; run again with --verbose for details",
        e);
  }

  static LeatException query(SQLException e) {
    return new LeatException(QUERY, "DuckDB: " + firstLine(text(e)), "correct the query", e);
  }

  static LeatException noQuery(String reason) {
    return new LeatException(
        QUERY, "that is not one query: " + reason, "write one SELECT; what writes is not run here");
  }

  static LeatException tableExists(TableId table, String file) {
    return new LeatException(
        TABLE_EXISTS,
        "table " + table + " already exists in " + file + " and was not made by this flow",
        "drop it, or give the table another name with `rename` or another schema with `into`");
  }

  static LeatException schemaNamedAsFile(String name, String file) {
    return new LeatException(
        NAMES_COLLIDE,
        "DuckDB cannot tell schema "
            + name
            + " from the file "
            + file
            + ", which it calls the same",
        "give the file another name, or the tables another schema with `into`");
  }

  static LeatException namesCollide(String what, String first, String second) {
    return new LeatException(
        NAMES_COLLIDE,
        what
            + " "
            + first
            + " and "
            + second
            + " have the same name for DuckDB, which ignores case",
        "exclude or rename one of them");
  }

  static LeatException reservedColumn(TableId table, String column) {
    return new LeatException(
        NAMES_COLLIDE,
        table + " has a column named " + column + ", which Leat or DuckDB needs for itself",
        "rename the column or exclude the table");
  }

  static LeatException shape(TableId table) {
    return new LeatException(
        SHAPE,
        table + " has other columns or another mode than its table at the destination",
        "`leat resync " + table + "` copies the table anew");
  }

  static LeatException altering(TableId table, LeatException cause) {
    return new LeatException(
        SHAPE,
        "the columns of " + table + " changed and its table could not follow: " + cause.message(),
        "`leat resync " + table + "` copies the table anew",
        cause);
  }

  static LeatException rowMissing(TableId table, long rows) {
    return new LeatException(
        ROW_MISSING,
        rows
            + (rows == 1 ? " row" : " rows")
            + " of "
            + table
            + " changed at the source but not at the destination, where they are missing",
        "somebody changed the destination's table; `leat resync " + table + "` copies it anew");
  }

  static LeatException noTable(TableId table, String file) {
    return new LeatException(
        NO_TABLE,
        "there is no table " + table + " in " + file,
        "`leat status` lists the tables of the flow");
  }

  static boolean isOpenOtherwise(SQLException e) {
    return text(e).contains("with a different configuration");
  }

  static boolean isConflictWithoutTransaction(SQLException e) {
    return text(e).contains("no transaction is active");
  }

  private static String text(SQLException e) {
    return String.valueOf(e.getMessage());
  }

  static String firstLine(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }
}
