package dev.leat.flow.load;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;

/** Work on files before an engine reads them. */
final class Preparing {
  private Preparing() {}

  static void requireWanted(Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw new LeatException(ErrorCode.CANCELLED, "the load was cancelled", "run it again");
    }
  }
}
