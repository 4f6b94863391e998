package dev.leat.app.conformance;

import dev.leat.library.PluginCatalog;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Plugin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An engine that the suite runs on.
 *
 * @param name for people, in messages
 * @param system the plugin
 * @param options makes a place with nothing in it, given a folder that may be used for it
 */
record ConformanceEngine(String name, String system, Function<Path, Map<String, Object>> options) {

  /** All of them: the whole suite is run on each. */
  static final List<ConformanceEngine> ALL =
      List.of(
          new ConformanceEngine(
              "duckdb in memory", "duckdb", _ -> Map.of("path", Path.of(":memory:"))),
          new ConformanceEngine(
              "duckdb in a file", "duckdb", folder -> Map.of("path", folder.resolve("it.duckdb"))),
          new ConformanceEngine(
              "sqlite", "sqlite", folder -> Map.of("path", folder.resolve("it.sqlite"))),
          new ConformanceEngine(
              "postgres", "postgres", _ -> Map.of("connection", SuiteServer.database())));

  EngineConnector connector() {
    return PluginCatalog.installed().plugin(system).flatMap(Plugin::engine).orElseThrow();
  }

  OptionValues place(Path folder) {
    return new OptionValues(options.apply(folder));
  }

  @Override
  public String toString() {
    return name;
  }
}
