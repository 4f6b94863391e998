package dev.leat.postgres.wire;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;

/** What the server sends is not what its documentation says. */
final class WireErrors {
  private static final ErrorCode PROTOCOL = new ErrorCode("PG_PROTOCOL", ErrorCategory.INTERNAL);

  private WireErrors() {}

  static LeatException malformed(String sentence) {
    return new LeatException(
        PROTOCOL,
        sentence,
        "Nothing unconfirmed is lost; if something stands between Leat and the server, connect to"
            + " the server itself, otherwise this is a defect of Leat.");
  }
}
