package dev.leat.library;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine that is empty, and gone when it is closed. */
public final class TestEngine implements AutoCloseable {
  /** Runs where another engine would need a service. */
  private static final String STAND_IN = "duckdb";

  private static final ErrorCode NO_FOLDER = new ErrorCode("TEST_FOLDER", ErrorCategory.CONFIG);
  private static final long MEMORY = 256L << 20;

  private final String system;
  private final EngineConnector connector;
  private final Engine engine;
  private final OpenResources resources = new OpenResources(MEMORY);
  private final @Nullable Path folder;

  /**
   * Opens one.
   *
   * @param wanted the system; another takes its place if it is in no file
   */
  public TestEngine(PluginCatalog plugins, String wanted) {
    this.system = local(plugins, wanted).isPresent() ? wanted : STAND_IN;
    this.connector = local(plugins, system).orElseThrow();
    boolean inMemory = system.equals(STAND_IN);
    this.folder = inMemory ? null : newFolder();
    Path file = folder == null ? Path.of(":memory:") : folder.resolve("test." + system);
    try {
      this.engine =
          resources.opened(
              connector.open(
                  new OpenContext(
                      "test",
                      "test",
                      new OptionValues(Map.of("path", file)),
                      resources.allocator()),
                  Access.WRITE));
    } catch (RuntimeException e) {
      resources.close();
      remove(folder);
      throw e;
    }
  }

  /** Whether engines of that system are files, so that looking at one needs no service. */
  public static boolean isLocal(PluginCatalog plugins, String system) {
    return local(plugins, system).isPresent();
  }

  private static Optional<EngineConnector> local(PluginCatalog plugins, String system) {
    return plugins
        .plugin(system)
        .flatMap(Plugin::engine)
        .filter(
            found ->
                found.options().stream()
                    .anyMatch(o -> o.key().equals("path") && o.type() == OptionType.PATH));
  }

  /** The system that it is of. */
  public String system() {
    return system;
  }

  public EngineConnector connector() {
    return connector;
  }

  public Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    try {
      resources.close();
    } finally {
      remove(folder);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("leat-test");
    } catch (IOException e) {
      throw new LeatException(
          NO_FOLDER, "no folder can be made for a test: " + e, "make room for temporary files", e);
    }
  }

  private static void remove(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : List.copyOf(files.toList())) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new LeatException(
          NO_FOLDER, "the folder of a test cannot be removed: " + e, "remove " + folder, e);
    }
  }
}
