package dev.leat.sql;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What is wrong with a query, at a place in the text that was parsed. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final String fix;
  private final transient SqlParserPos position;

  Problem(String code, SqlParserPos position, String message, String fix) {
    super(message, null, false, false);
    this.code = new ErrorCode(code, ErrorCategory.CONFIG);
    this.fix = fix;
    this.position = position;
  }

  ErrorCode code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  String fix() {
    return fix;
  }

  SqlParserPos position() {
    return position;
  }

  static Problem type(SqlParserPos position, String message, String fix) {
    return new Problem("SQL_TYPE", position, message, fix);
  }

  static Problem unsupported(SqlParserPos position, String message, String fix) {
    return new Problem("SQL_NOT_PORTABLE", position, message, fix);
  }
}
