package dev.leat.postgres;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of one test that is an engine. */
final class EngineDatabase implements AutoCloseable {
  private final List<String> statements;
  private @Nullable TestDatabase database;

  EngineDatabase(String... statements) {
    this.statements = List.of(statements);
  }

  /** Made when it is asked for first. */
  TestDatabase database() {
    TestDatabase made = database;
    if (made == null) {
      try {
        made = TestDatabase.create().execute(statements.toArray(String[]::new));
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
