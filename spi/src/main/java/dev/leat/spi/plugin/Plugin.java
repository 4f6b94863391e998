package dev.leat.spi.plugin;

import dev.leat.spi.credential.CredentialStoreConnector;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.repository.DocumentsConnector;
import dev.leat.spi.storage.StorageConnector;
import java.util.List;
import java.util.Optional;

/**
 * Everything Leat knows of one system. Found by {@link java.util.ServiceLoader}; has a public
 * constructor without parameters, which does nothing.
 */
public interface Plugin {

  /**
   * What stands in {@code from = "…"} and {@code to = "…"}: lower-case letters, digits and dashes.
   */
  String name();

  /** One line for people. */
  String summary();

  default Optional<SourceConnector> source() {
    return Optional.empty();
  }

  default Optional<DestinationConnector> destination() {
    return Optional.empty();
  }

  default Optional<StateStoreConnector> stateStore() {
    return Optional.empty();
  }

  default Optional<EngineConnector> engine() {
    return Optional.empty();
  }

  default Optional<DocumentsConnector> documents() {
    return Optional.empty();
  }

  /** What writes files, if the plugin can. */
  default Optional<FileWriter> fileWriter() {
    return Optional.empty();
  }

  /** Where files are that the plugin can reach. */
  default Optional<StorageConnector> storage() {
    return Optional.empty();
  }

  /** Where secrets may be kept; their types are unique among all plugins. */
  default List<CredentialStoreConnector> credentials() {
    return List.of();
  }

  /** The kinds of steps that the plugin adds; their names are unique among all plugins. */
  default List<StepKind> kinds() {
    return List.of();
  }
}
