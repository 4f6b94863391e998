package dev.leat.replication;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.StreamIdentity;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While tables are copied, the source keeps all of its log since the stream's start. Watches how
 * much that is, from opening to closing, in a thread of its own: the source may be slow to answer.
 */
final class RetainedLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RetainedLog.class);
  private static final long SECONDS_BETWEEN = 2;

  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param identity null if there is no stream, so nothing is kept
   */
  RetainedLog(Source source, @Nullable StreamIdentity identity, Monitor monitor) {
    if (identity != null) {
      Thread.ofPlatform()
          .name("leat-retained-log")
          .daemon()
          .start(() -> watch(source, identity, monitor));
    }
  }

  private void watch(Source source, StreamIdentity identity, Monitor monitor) {
    try {
      do {
        try {
          monitor.retainedBytes(source.lag(identity).retainedBytes());
        } catch (LeatException e) {
          // Only a figure for people; what keeps the source from answering shows elsewhere.
          log.debug("retained log not known: {}", e.message());
        }
      } while (!closed.await(SECONDS_BETWEEN, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
