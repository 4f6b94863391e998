package dev.leat.library;

import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.StateStoreConnector;
import dev.leat.spi.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The state of a flow, in SQLite beside its file. */
public final class FlowStore {
  private static final String SYSTEM = "sqlite";

  private FlowStore() {}

  /** Whether the flow was ever run. */
  public static boolean exists(Flow flow) {
    return exists(flow.stateFolder(), flow.name());
  }

  /** Whether the flow of that name, whose state is in that folder, was ever run. */
  public static boolean exists(Path folder, String flow) {
    return Files.exists(folder.resolve(flow + ".db"));
  }

  public static StateStore open(Flow flow, boolean write) {
    return open(flow.stateFolder(), flow.name(), write);
  }

  /** The state of the flow of that name, in that folder. */
  public static StateStore open(Path folder, String flow, boolean write) {
    StateStoreConnector connector =
        PluginCatalog.installed()
            .plugin(SYSTEM)
            .flatMap(plugin -> plugin.stateStore())
            .orElseThrow(
                () ->
                    new LeatException(
                        ErrorCode.INTERNAL,
                        "the plugin " + SYSTEM + ", which keeps the state, is not installed",
                        "install Leat again"));
    return connector.open(folder, flow, write);
  }
}
