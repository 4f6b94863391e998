package dev.leat.app.command;

import dev.leat.flow.engine.Environment;
import dev.leat.flow.model.EngineModel;
import dev.leat.flow.model.EnvironmentModel;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.StoreModel;
import dev.leat.library.Flow;
import dev.leat.library.FlowEngines;
import dev.leat.library.PluginCatalog;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.repository.Documents;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
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

  private static final ErrorCode NO_ENVIRONMENT =
      new ErrorCode("FLOW_NO_ENVIRONMENT", ErrorCategory.CONFIG);

  String name() {
    return model.name();
  }

  /** Where state, records and the control socket are. */
  Path stateFolder() {
    return file.resolveSibling(".leat");
  }

  /** Where others ask the process that runs the flow. */
  Path control() {
    return FlowRun.control(stateFolder(), name());
  }

  /** The file's. */
  Path folder() {
    Path folder = file.getParent();
    return folder == null ? Path.of("/") : folder;
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

  /** Where runs and datasets are remembered; one that does not exist and is only read is empty. */
  Documents documents(boolean write) {
    String system = model.store().map(StoreModel::system).orElse("sqlite");
    return plugins
        .plugin(system)
        .flatMap(Plugin::documents)
        .orElseThrow(
            () ->
                new LeatException(
                    ErrorCode.INTERNAL,
                    "the plugin " + system + ", which keeps records, is not installed",
                    "install Leat again"))
        .open(
            stateFolder(),
            name(),
            model.store().map(StoreModel::options).orElse(new OptionValues(Map.of())),
            write);
  }

  /**
   * The environment of that name; the real tables for null.
   *
   * @throws LeatException category CONFIG if the flow has none of that name
   */
  Environment environment(@Nullable String environment) {
    if (environment == null) {
      return Environment.PRODUCTION;
    }
    EnvironmentModel found = model.environments().get(environment);
    if (found == null) {
      throw new LeatException(
          NO_ENVIRONMENT,
          "flow " + name() + " has no environment " + environment,
          model.environments().isEmpty()
              ? "add a section [env." + environment + "]"
              : "choose one of "
                  + String.join(", ", new TreeSet<>(model.environments().keySet()))
                  + ", or add a section [env."
                  + environment
                  + "]");
    }
    return new Environment(found);
  }

  /** The same, with steps that are tried once. */
  LoadedFlow withoutRetries() {
    return new LoadedFlow(file, model.withoutRetries(), replication, destination, plugins);
  }

  /** The engines that the flow names. */
  FlowEngines engines(@Nullable String instead, Access access) {
    return new FlowEngines(model, file, destination, instead, plugins, access);
  }
}
