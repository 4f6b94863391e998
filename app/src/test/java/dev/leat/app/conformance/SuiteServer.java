package dev.leat.app.conformance;

import dev.leat.spi.plugin.Secret;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The one PostgreSQL server of the suite, whose sessions begin in a zone that is not UTC. */
final class SuiteServer {
  private static final EmbeddedPostgresServer SERVER =
      EmbeddedPostgresServer.builder().setting("timezone", "Asia/Tokyo").start();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private SuiteServer() {}

  /** The address of a database with nothing in it. */
  static Secret database() {
    return new Secret(url("conformance"));
  }

  /** As {@link #database()}, with a name that says whose it is. */
  static String url(String purpose) {
    String name = purpose + "_" + DATABASES.incrementAndGet();
    try {
      SERVER.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return SERVER.url(name);
  }
}
