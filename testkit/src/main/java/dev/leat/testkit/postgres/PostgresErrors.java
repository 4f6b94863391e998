package dev.leat.testkit.postgres;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;

final class PostgresErrors {
  static final ErrorCode NO_BINARIES =
      new ErrorCode("PG_EMBEDDED_NO_BINARIES", ErrorCategory.CONFIG);
  static final ErrorCode CACHE_NOT_OURS =
      new ErrorCode("PG_EMBEDDED_CACHE_NOT_OURS", ErrorCategory.CONFIG);
  static final ErrorCode ROOT = new ErrorCode("PG_EMBEDDED_ROOT", ErrorCategory.CONFIG);
  static final ErrorCode START_FAILED =
      new ErrorCode("PG_EMBEDDED_START_FAILED", ErrorCategory.CONFIG);
  static final ErrorCode STOP_FAILED =
      new ErrorCode("PG_EMBEDDED_STOP_FAILED", ErrorCategory.INTERNAL);
  static final ErrorCode IO = new ErrorCode("PG_EMBEDDED_IO", ErrorCategory.CONFIG);

  private PostgresErrors() {}
}
