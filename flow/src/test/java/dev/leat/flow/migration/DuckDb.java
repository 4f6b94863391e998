package dev.leat.flow.migration;

import dev.leat.duckdb.DuckDbPlugin;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.sql.Dialect;
import java.nio.file.Path;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** An engine in a file. */
record DuckDb(Engine engine, BufferAllocator memory) implements AutoCloseable {
  static DuckDb open(Path file) {
    BufferAllocator memory = new RootAllocator();
    return new DuckDb(
        connector()
            .open(
                new OpenContext("it", "it", new OptionValues(Map.of("path", file)), memory),
                Access.WRITE),
        memory);
  }

  static Dialect dialect() {
    return connector().dialect();
  }

  private static EngineConnector connector() {
    return new DuckDbPlugin().engine().orElseThrow();
  }

  @Override
  public void close() {
    engine.close();
    memory.close();
  }
}
