package dev.leat.app.command;

import dev.leat.flow.model.EngineModel;
import dev.leat.flow.model.FlowModel;
import dev.leat.library.Flow;
import dev.leat.library.FlowEngines;
import dev.leat.library.PluginCatalog;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A flow file with the plugins that it names.
 *
 * @param file absolute
 * @param model steps and what belongs to them
 * @param replication its source and destination; null if it has no source
 * @param destination where sources go, as an engine; null if there is none
 * @param plugins those that are installed
 */
record LoadedFlow(
    Path file,
    FlowModel model,
    @Nullable Flow replication,
    @Nullable EngineModel destination,
    PluginCatalog plugins) {
  private static final ErrorCode NO_REPLICATION =
      new ErrorCode("FLOW_NO_SOURCE", ErrorCategory.CONFIG);

  String name() {
    return model.name();
  }

  /** Where state, records and the control socket are. */
  Path stateFolder() {
    return file.resolveSibling(".leat");
  }

  Flow requireReplication() {
    if (replication == null) {
      throw new LeatException(
          NO_REPLICATION,
          file.getFileName() + " replicates nothing: it has no [source.NAME]",
          "add a source and a destination, or use `leat run` and `leat runs` for its steps");
    }
    return replication;
  }

  /** The engines that the flow names. */
  FlowEngines engines(@Nullable String instead, Access access) {
    return new FlowEngines(model, file, destination, instead, plugins, access);
  }
}
