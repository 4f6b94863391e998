package dev.leat.postgres.engine;

import dev.leat.postgres.connect.ConnectOptions;
import dev.leat.postgres.connect.Sessions;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.sql.Dialect;
import java.util.List;

/** Opens databases as engines. */
public final class PostgresEngineConnector implements EngineConnector {
  private static final Dialect DIALECT = new PostgresDialect();

  @Override
  public List<Option> options() {
    return List.of(
        ConnectOptions.CONNECTION, ConnectOptions.PASSWORD, ConnectOptions.CONNECT_TIMEOUT);
  }

  @Override
  public Dialect dialect() {
    return DIALECT;
  }

  @Override
  public List<String> statements(Publication publication) {
    return Publisher.statements(publication);
  }

  @Override
  public Engine open(OpenContext context, Access access) {
    ConnectOptions options = ConnectOptions.of(context.options());
    PostgresEngine engine =
        new PostgresEngine(
            new Sessions(options.url(), options.timeout()), context.name(), context.allocator());
    try {
      engine.connect(access == Access.WRITE);
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }
}
