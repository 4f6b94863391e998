package dev.leat.library;

import dev.leat.replication.ReplicationSettings;
import dev.leat.spi.plugin.DestinationConnector;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.SourceConnector;
import java.nio.file.Path;

/**
 * A flow file with the plugins that it names: all that is needed to open it.
 *
 * @param name of the flow
 * @param file absolute
 * @param source what reads
 * @param destination what is written
 * @param settings how; the name is the replication's
 * @param memory bytes for columns on their way
 */
public record Flow(
    String name,
    Path file,
    SourceSide source,
    DestinationSide destination,
    ReplicationSettings settings,
    long memory) {

  /** One {@code [source.NAME]}. */
  public record SourceSide(String name, SourceConnector connector, OptionValues options) {}

  /** One {@code [destination.NAME]}. */
  public record DestinationSide(
      String name, DestinationConnector connector, OptionValues options) {}

  /** Where the state and the control socket are: beside the file. */
  public Path stateFolder() {
    return file.resolveSibling(".leat");
  }

  public Flow withSettings(ReplicationSettings newSettings) {
    return new Flow(name, file, source, destination, newSettings, memory);
  }
}
