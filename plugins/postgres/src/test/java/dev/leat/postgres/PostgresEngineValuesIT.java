package dev.leat.postgres;

import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.testkit.contract.EngineValuesContract;
import org.junit.jupiter.api.AfterEach;

class PostgresEngineValuesIT extends EngineValuesContract {
  private final EngineDatabase database = new EngineDatabase();

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
