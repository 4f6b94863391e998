package dev.leat.app.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a channel when its time is up, which ends whatever waits for it with an exception. */
final class Deadline implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Deadline.class);
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("leat-control-clock").daemon().factory());

  private final Future<?> closing;

  Deadline(SocketChannel channel, Duration limit) {
    this.closing =
        CLOCK.schedule(
            () -> {
              try {
                channel.close();
              } catch (IOException e) {
                log.debug("a control connection cannot be closed", e);
              }
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closing.cancel(false);
  }
}
