package dev.leat.duckdb;

import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.testkit.contract.EngineValuesContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Against a real file. */
final class DuckDbEngineValuesIT extends EngineValuesContract {
  @TempDir private Path folder;

  @Override
  protected EngineConnector connector() {
    return new DuckDbEngineConnector();
  }

  @Override
  protected OptionValues options() {
    return new OptionValues(Map.of("path", folder.resolve("it.duckdb")));
  }
}
