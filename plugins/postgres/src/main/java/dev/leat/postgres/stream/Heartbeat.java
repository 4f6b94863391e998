package dev.leat.postgres.stream;

import dev.leat.postgres.connect.Sessions;
import dev.leat.spi.error.LeatException;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the followed tables are idle and others are busy, nothing comes along that a position could
 * be confirmed for, and the server keeps the log of the others. So when much has gathered, a
 * message of no meaning is written into the log ({@code pg_logical_emit_message}); the stream
 * passes it, and what lies before it can be confirmed. An idle server is left alone.
 */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final long MUCH = 4L << 20;

  private final CountDownLatch closed = new CountDownLatch(1);

  Heartbeat(Sessions sessions, String slot, Duration interval) {
    Thread.ofPlatform().name("leat-heartbeat").daemon().start(() -> beat(sessions, slot, interval));
  }

  private void beat(Sessions sessions, String slot, Duration interval) {
    try {
      while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        try {
          sessions.query(
              "writing a heartbeat",
              "",
              session -> {
                try (PreparedStatement statement =
                    session.prepareStatement(
                        """
                        SELECT pg_catalog.pg_logical_emit_message(false, 'leat', 'heartbeat')
                        FROM pg_catalog.pg_replication_slots
                        WHERE slot_name = ? AND pg_catalog.pg_wal_lsn_diff(
                          pg_catalog.pg_current_wal_insert_lsn(), confirmed_flush_lsn) > ?""")) {
                  statement.setString(1, slot);
                  statement.setLong(2, MUCH);
                  statement.execute();
                  return true;
                }
              });
        } catch (LeatException e) {
          // What keeps the server from answering shows in the stream; a heartbeat is only a help.
          LOG.debug("no heartbeat: slot={} reason={}", slot, e.message());
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
