package dev.leat.duckdb;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What DuckDB says about queries that people wrote, and about work of several at once. */
final class EngineErrors {
  private static final ErrorCode QUERY = new ErrorCode("DUCKDB_QUERY", ErrorCategory.CONFIG);
  private static final ErrorCode VALUE = new ErrorCode("DUCKDB_VALUE", ErrorCategory.DATA);
  private static final ErrorCode CONFLICT =
      new ErrorCode("DUCKDB_CONFLICT", ErrorCategory.TRANSIENT);
  private static final ErrorCode TABLE_EXISTS =
      new ErrorCode("DUCKDB_TABLE_EXISTS", ErrorCategory.CONFIG);
  private static final ErrorCode READ_ONLY =
      new ErrorCode("DUCKDB_READ_ONLY", ErrorCategory.INTERNAL);
  private static final ErrorCode ROWS = new ErrorCode("FILE_ROWS", ErrorCategory.DATA);
  private static final ErrorCode FILE = new ErrorCode("FILE_UNWRITABLE", ErrorCategory.CONFIG);
  private static final ErrorCode STAGED_ELSEWHERE =
      new ErrorCode("DUCKDB_STAGED_ELSEWHERE", ErrorCategory.INTERNAL);
  private static final String PLACE = "\n\nLINE ";

  /**
   * Everything from the first quote to the last: values may have quotes in them, and so has
   * "can't".
   */
  private static final Pattern QUOTED =
      Pattern.compile("(?<![A-Za-z])['\"](.*['\"]|.*)", Pattern.DOTALL);

  /** Numbers that are no part of a type's name. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<keep>[A-Za-z_]\\w*(\\(\\d+(, ?\\d+)?\\))?)|-?\\d[\\w.:+-]*");

  private static final Pattern STREAMED = Pattern.compile(".*?message=(.*)}", Pattern.DOTALL);

  private EngineErrors() {}

  /** An error of a statement with a person's query in it. */
  static LeatException query(LeatException e) {
    String text = text(e);
    if (text == null) {
      return e;
    }
    LeatException general = statement(e);
    if (general != e || general.category() != ErrorCategory.INTERNAL || isDefect(text)) {
      return general;
    }
    return new LeatException(
        QUERY, "DuckDB: " + DuckDbErrors.firstLine(text), "correct the query", e.getCause());
  }

  /** An error of a statement that Leat wrote. */
  static LeatException statement(LeatException e) {
    String text = text(e);
    if (text == null) {
      return e;
    }
    if (isConflict(e)) {
      return new LeatException(
          CONFLICT,
          "other work on the same tables of DuckDB got in between",
          "the step is tried again by itself",
          e.getCause());
    }
    if (isValue(text)) {
      return new LeatException(
          VALUE,
          "a value cannot be converted: " + withoutValues(text),
          "correct the data, or convert with TRY_CAST where NULL is right",
          e.getCause());
    }
    return e;
  }

  /**
   * An error of a statement that reads files: category DATA if the files are why, else as it was.
   */
  static LeatException file(LeatException e) {
    String text = text(e);
    if (text == null) {
      return e;
    }
    boolean data =
        text.startsWith("Invalid Input Error")
            || text.startsWith("Conversion Error")
            || text.startsWith("Out of Range Error")
            // Of rows that are longer than what is read at once.
            || text.startsWith("Not implemented Error")
            || (text.startsWith("IO Error") && !text.contains("No space left"));
    return data
        ? new LeatException(
            ROWS, "DuckDB cannot read it: " + withoutValues(text), "correct the file", e.getCause())
        : e;
  }

  /** What DuckDB said while it handed on a result; Arrow wraps it. */
  static SQLException streamed(IOException e) {
    Matcher wrapped = STREAMED.matcher(String.valueOf(e.getMessage()));
    return new SQLException(wrapped.matches() ? wrapped.group(1) : e.getMessage(), e);
  }

  static LeatException cancelled(@Nullable Throwable cause) {
    return new LeatException(
        ErrorCode.CANCELLED, "the work in DuckDB was cancelled", "run it again", cause);
  }

  static LeatException tableExists(TableId table, String database) {
    return new LeatException(
        TABLE_EXISTS,
        table + " already exists in " + database + " and was not made by this engine's steps",
        "drop or rename it there, or give the step another name");
  }

  static LeatException readOnly(String database) {
    return new LeatException(
        READ_ONLY, database + " was opened to be read and is not written to", "");
  }

  static LeatException stagedElsewhere(TableId staging, TableId target) {
    return new LeatException(
        STAGED_ELSEWHERE,
        staging + " is not in the schema of " + target + ", whose place it is to take",
        "");
  }

  static LeatException unknownFormat(String format) {
    return new LeatException(
        FILE, "files of format " + format + " cannot be written", "use csv, json or parquet");
  }

  static LeatException unwritable(Path target, IOException cause) {
    return new LeatException(
        FILE,
        target + " cannot be written: " + cause.getClass().getSimpleName(),
        "its folder has to be writable, on a disk with room",
        cause);
  }

  /** Whether the same transaction may well succeed if it is run again. */
  static boolean isConflict(LeatException e) {
    String text = text(e);
    return text != null
        && (text.contains("write-write conflict")
            || text.contains("Conflict on tuple deletion")
            || text.contains("Conflict on update")
            || text.contains("another transaction has altered")
            || text.contains("has been altered by a different transaction"));
  }

  private static boolean isValue(String text) {
    return (text.startsWith("Conversion Error") && !text.contains("Unimplemented type for cast"))
        || text.startsWith("Out of Range Error")
        || text.startsWith("Invalid Input Error");
  }

  private static boolean isDefect(String text) {
    return text.startsWith("INTERNAL Error") || text.startsWith("FATAL Error");
  }

  private static String withoutValues(String text) {
    int place = text.lastIndexOf(PLACE);
    String words = place < 0 ? text : text.substring(0, place);
    int kind = words.indexOf(": ");
    words = kind < 0 ? words : words.substring(kind + 2);
    words = QUOTED.matcher(words).replaceAll("'…'");
    words =
        NUMBER
            .matcher(words)
            .replaceAll(match -> match.group("keep") != null ? match.group() : "…");
    return DuckDbErrors.firstLine(words);
  }

  private static @Nullable String text(LeatException e) {
    return e.getCause() instanceof SQLException cause ? String.valueOf(cause.getMessage()) : null;
  }
}
