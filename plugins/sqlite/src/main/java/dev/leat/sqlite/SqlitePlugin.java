package dev.leat.sqlite;

import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.plugin.StateStoreConnector;
import dev.leat.spi.repository.DocumentsConnector;
import dev.leat.sqlite.engine.SqliteEngineConnector;
import java.util.Optional;

/**
 * SQLite: the state and documents of a flow in one file beside it, and flows whose data is one
 * file.
 */
public final class SqlitePlugin implements Plugin {

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String summary() {
    return "SQLite file as an engine, and for the state of a flow";
  }

  @Override
  public Optional<StateStoreConnector> stateStore() {
    return Optional.of(SqliteStateStore::open);
  }

  @Override
  public Optional<EngineConnector> engine() {
    return Optional.of(new SqliteEngineConnector());
  }

  @Override
  public Optional<DocumentsConnector> documents() {
    return Optional.of(new SqliteDocuments.Connector());
  }
}
