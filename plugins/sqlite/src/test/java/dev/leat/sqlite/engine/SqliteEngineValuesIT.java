package dev.leat.sqlite.engine;

import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.testkit.contract.EngineValuesContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteEngineValuesIT extends EngineValuesContract {
  @TempDir Path folder;

  @Override
  protected EngineConnector connector() {
    return new SqliteEngineConnector();
  }

  @Override
  protected OptionValues options() {
    return new OptionValues(Map.of("path", folder.resolve("shop.sqlite")));
  }
}
