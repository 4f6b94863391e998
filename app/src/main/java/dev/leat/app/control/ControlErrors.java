package dev.leat.app.control;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import org.jspecify.annotations.Nullable;

/** What can go wrong while talking to a running flow. */
final class ControlErrors {
  static final ErrorCode UNREACHABLE =
      new ErrorCode("CONTROL_UNREACHABLE", ErrorCategory.TRANSIENT);
  static final ErrorCode BAD_REQUEST = new ErrorCode("CONTROL_BAD_REQUEST", ErrorCategory.CONFIG);
  static final ErrorCode NO_SOCKET = new ErrorCode("CONTROL_NO_SOCKET", ErrorCategory.CONFIG);

  private ControlErrors() {}

  static LeatException unreachable(String path, @Nullable Throwable cause) {
    return new LeatException(
        UNREACHABLE,
        "the running process does not answer on " + path,
        "try again; if it stays like this, restart `leat run`",
        cause);
  }

  static LeatException badRequest(String what) {
    return new LeatException(BAD_REQUEST, "the request is not understood: " + what, "");
  }

  static LeatException noSocket(String path, Throwable cause) {
    return new LeatException(
        NO_SOCKET,
        "the control socket " + path + " cannot be made: " + cause.getMessage(),
        "make the folder writable for the user that runs Leat",
        cause);
  }
}
