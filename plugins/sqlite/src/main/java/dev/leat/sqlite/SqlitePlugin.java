package dev.leat.sqlite;

import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.plugin.StateStoreConnector;
import java.util.Optional;

/** SQLite: the state of a flow in one file beside it. */
public final class SqlitePlugin implements Plugin {

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String summary() {
    return "SQLite file for the state of a flow";
  }

  @Override
  public Optional<StateStoreConnector> stateStore() {
    return Optional.of(SqliteStateStore::open);
  }
}
