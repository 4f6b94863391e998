package dev.leat.spi.plugin;

import dev.leat.spi.state.StateStore;
import java.nio.file.Path;

/** Makes state stores of one system. */
public interface StateStoreConnector {

  /**
   * Opens the store of a flow.
   *
   * @param directory where a store that lives in files keeps them; made if missing when {@code
   *     write}
   * @param flow the flow's name
   * @param write whether the store may be made and changed
   */
  StateStore open(Path directory, String flow, boolean write);
}
