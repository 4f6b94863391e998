package dev.leat.app.conformance;

import dev.leat.spi.plugin.Secret;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The one PostgreSQL server of the suite, whose sessions begin in a zone that is not UTC. */
final class SuiteServer {
  private static final EmbeddedPostgresServer SERVER =
      EmbeddedPostgresServer.builder().setting("timezone", "Asia/Tokyo").start();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private SuiteServer() {}

  /** The address of a database with nothing in it. */
  static Secret database() {
    return new Secret(SERVER.url(create("conformance")));
  }

  /** Makes a database with nothing in it; its name. */
  static String create(String purpose) {
    String name = purpose + "_" + DATABASES.incrementAndGet();
    try {
      SERVER.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  static String url(String database) {
    return SERVER.url(database);
  }

  static Connection connection(String database) throws SQLException {
    return SERVER.connection(database);
  }

  static void execute(String database, String statements) throws SQLException {
    try (Connection connection = SERVER.connection(database);
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }
}
