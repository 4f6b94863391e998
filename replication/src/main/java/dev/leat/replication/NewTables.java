package dev.leat.replication;

import dev.leat.spi.error.LeatException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether the source has tables that the flow names and that are not replicated
 * yet, in a thread of its own, from opening to closing.
 */
final class NewTables implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NewTables.class);
  private static final long SECONDS_BETWEEN = 10;

  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean found;

  /**
   * @param look asks the source
   */
  NewTables(BooleanSupplier look) {
    Thread.ofPlatform().name("leat-new-tables").daemon().start(() -> watch(look));
  }

  boolean found() {
    return found;
  }

  private void watch(BooleanSupplier look) {
    try {
      while (!found && !closed.await(SECONDS_BETWEEN, TimeUnit.SECONDS)) {
        try {
          found = look.getAsBoolean();
        } catch (LeatException e) {
          // The stream meets the same trouble and does what is to be done about it.
          log.debug("looking for new tables failed: {}", e.message());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
