package dev.leat.postgres;

import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.testkit.contract.EngineContract;
import org.junit.jupiter.api.AfterEach;

class PostgresEngineContractIT extends EngineContract {
  private final EngineDatabase database = new EngineDatabase("CREATE SCHEMA main");

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  @Override
  protected EngineConnector connector() {
    return EngineDatabase.connector();
  }

  @Override
  protected OptionValues options() {
    return database.options();
  }
}
