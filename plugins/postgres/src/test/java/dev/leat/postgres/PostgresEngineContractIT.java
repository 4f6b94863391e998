package dev.leat.postgres;

import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.testkit.contract.EngineContract;
import dev.leat.testkit.junit.PostgresVersionArguments;
import dev.leat.testkit.postgres.PostgresVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(PostgresVersionArguments.class)
class PostgresEngineContractIT extends EngineContract {
  private final EngineDatabase database;

  PostgresEngineContractIT(PostgresVersion version) {
    this.database = new EngineDatabase(version);
  }

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
