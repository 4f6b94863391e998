package dev.leat.postgres;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A database of one test that is an engine. */
final class EngineDatabase implements AutoCloseable {
  private static final Map<PostgresVersion, EmbeddedPostgresServer> SERVERS =
      new ConcurrentHashMap<>();

  private final @Nullable PostgresVersion version;
  private final List<String> statements;
  private @Nullable TestDatabase database;

  EngineDatabase(String... statements) {
    this(null, statements);
  }

  /** On a server of its own that is shared by the tests of one version. */
  EngineDatabase(@Nullable PostgresVersion version, String... statements) {
    this.version = version;
    this.statements = List.of(statements);
  }

  private TestDatabase make() throws SQLException {
    return version == null
        ? TestDatabase.create()
        : TestDatabase.on(
            SERVERS.computeIfAbsent(
                version, each -> EmbeddedPostgresServer.builder().version(each).start()));
  }

  /** Made when it is asked for first. */
  synchronized TestDatabase database() {
    TestDatabase made = database;
    if (made == null) {
      try {
        made = make().execute(statements.toArray(String[]::new));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      database = made;
    }
    return made;
  }

  OptionValues options() {
    return options(database().url());
  }

  static OptionValues options(String url) {
    return new OptionValues(Map.of("connection", new Secret(url)));
  }

  static EngineConnector connector() {
    return new PostgresPlugin().engine().orElseThrow();
  }

  static Engine open(TestDatabase database, String url) {
    return connector()
        .open(new OpenContext("shop", "", options(url), database.allocator), Access.WRITE);
  }

  @Override
  public void close() throws SQLException {
    database().close();
  }
}
