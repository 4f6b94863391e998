package dev.leat.postgres.stream;

import dev.leat.postgres.connect.Sessions;
import dev.leat.spi.error.LeatException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, while the making of a slot takes long, which transactions it waits for: to a person it
 * would look like a hanging program.
 */
final class SlotPatience implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlotPatience.class);
  private static final long SECONDS = 10;

  private final Sessions sessions;
  private final String slot;
  private final CountDownLatch made = new CountDownLatch(1);

  private SlotPatience(Sessions sessions, String slot) {
    this.sessions = sessions;
    this.slot = slot;
  }

  static SlotPatience start(Sessions sessions, String slot) {
    SlotPatience patience = new SlotPatience(sessions, slot);
    Thread.ofVirtual().name("leat-slot-" + slot).start(patience::watch);
    return patience;
  }

  private void watch() {
    try {
      while (!made.await(SECONDS, TimeUnit.SECONDS)) {
        LOG.warn(
            "the slot can be made once all transactions under way have ended: slot={} oldest={}",
            slot,
            oldest());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LeatException e) {
      // The thread that makes the slot meets the same trouble and reports it.
      LOG.debug("cannot look for transactions under way", e);
    }
  }

  private String oldest() {
    return sessions.query(
        "looking for transactions under way",
        "",
        session -> {
          try (Statement statement = session.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      """
                      SELECT coalesce(string_agg(format('pid %s (%s, since %s)', pid,
                          application_name, date_trunc('second', xact_start)), ', '), 'unknown')
                      FROM (SELECT pid, application_name, xact_start
                        FROM pg_catalog.pg_stat_activity
                        WHERE backend_xid IS NOT NULL AND pid <> pg_catalog.pg_backend_pid()
                        ORDER BY xact_start LIMIT 3) t""")) {
            row.next();
            return row.getString(1);
          }
        });
  }

  @Override
  public void close() {
    made.countDown();
  }
}
