package dev.leat.sqlite.engine;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** What SQLite says, by what is to be done about it. */
final class EngineErrors {
  /** What begins the words of an error that a function of ours throws. */
  static final String VALUE_PREFIX = "leat: ";

  private static final ErrorCode QUERY = new ErrorCode("SQLITE_QUERY", ErrorCategory.CONFIG);
  private static final ErrorCode VALUE = new ErrorCode("SQLITE_VALUE", ErrorCategory.DATA);
  private static final ErrorCode BUSY = new ErrorCode("SQLITE_BUSY", ErrorCategory.TRANSIENT);
  private static final ErrorCode DISK = new ErrorCode("SQLITE_DISK", ErrorCategory.TRANSIENT);
  private static final ErrorCode UNUSABLE = new ErrorCode("SQLITE_UNUSABLE", ErrorCategory.CONFIG);
  private static final ErrorCode READ_ONLY =
      new ErrorCode("SQLITE_READ_ONLY", ErrorCategory.CONFIG);

  private static final String CORRECT = "correct the query";

  /** The driver's own words around SQLite's. */
  private static final Pattern WORDS =
      Pattern.compile("^\\[\\w+]\\s+.*?\\((.*)\\)$", Pattern.DOTALL);

  private EngineErrors() {}

  static LeatException of(Path file, SQLException e) {
    String words = words(e);
    String code = e instanceof SQLiteException own ? own.getResultCode().name() : "SQLITE_ERROR";
    if (words.startsWith(VALUE_PREFIX)) {
      return value(words.substring(VALUE_PREFIX.length()), e);
    }
    if (code.startsWith("SQLITE_INTERRUPT")) {
      return cancelled(e);
    }
    if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
      return new LeatException(
          BUSY,
          file + " is being written by another process",
          "it is tried again by itself; SQLite takes one writer at a time",
          e);
    }
    if (code.startsWith("SQLITE_FULL") || code.startsWith("SQLITE_IOERR")) {
      return new LeatException(
          DISK, "the disk of " + file + " failed: " + words, "see that it has room", e);
    }
    if (code.startsWith("SQLITE_NOTADB")
        || code.startsWith("SQLITE_CORRUPT")
        || code.startsWith("SQLITE_CANTOPEN")
        || code.startsWith("SQLITE_READONLY")
        || code.startsWith("SQLITE_PERM")) {
      return unusable(file, words, e);
    }
    return code.startsWith("SQLITE_CONSTRAINT")
            || code.startsWith("SQLITE_TOOBIG")
            || code.startsWith("SQLITE_MISMATCH")
            || words.equals("integer overflow")
        ? value(words, e)
        : new LeatException(QUERY, "SQLite: " + words, CORRECT, e);
  }

  /** SQLite's own words, which quote names and statements but no values of cells. */
  private static String words(SQLException e) {
    String message = String.valueOf(e.getMessage());
    Matcher words = WORDS.matcher(message);
    return words.matches() ? words.group(1) : message;
  }

  static LeatException noQuery(String why) {
    return new LeatException(QUERY, "SQLite: " + why, CORRECT);
  }

  static LeatException value(String why, @Nullable Throwable cause) {
    return new LeatException(
        VALUE,
        "a value cannot be computed or kept in SQLite: " + why,
        "correct the data, or leave such rows out",
        cause);
  }

  static LeatException value(Column column, String why, @Nullable Throwable cause) {
    return value("column " + column.name() + " of type " + column.type() + ": " + why, cause);
  }

  static LeatException cancelled(@Nullable Throwable cause) {
    return new LeatException(
        ErrorCode.CANCELLED, "the work in SQLite was cancelled", "run it again", cause);
  }

  static LeatException unusable(Path file, String why, @Nullable Throwable cause) {
    return new LeatException(
        UNUSABLE,
        file + " cannot be used as an SQLite database: " + why,
        "see that the path is right and that the file and its folder can be written",
        cause);
  }

  static LeatException missing(Path file) {
    return new LeatException(
        ErrorCode.DESTINATION_MISSING,
        "there is no SQLite database " + file,
        "start the flow with `leat run`, which makes it");
  }

  static LeatException readOnly(Path file) {
    return new LeatException(
        READ_ONLY, file + " was opened to be looked at only", "open it for writing");
  }
}
