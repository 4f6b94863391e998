package dev.leat.spi.repository;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import java.nio.file.Path;
import java.util.List;

/** Makes document stores of one system. */
public interface DocumentsConnector {

  /** The keys this system understands in {@code [store]}. */
  List<Option> options();

  /**
   * Opens the documents of a flow.
   *
   * @param directory where a store that lives in files keeps them; made if missing when {@code
   *     write}
   * @param flow the flow's name
   * @param write whether the store may be made and changed; if not, one that does not exist is
   *     empty
   */
  Documents open(Path directory, String flow, OptionValues options, boolean write);
}
