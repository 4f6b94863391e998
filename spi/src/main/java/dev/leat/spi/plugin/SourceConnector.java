package dev.leat.spi.plugin;

import dev.leat.spi.source.Source;
import java.util.List;

/** Makes sources of one system. */
public interface SourceConnector {

  /**
   * The keys this system understands in {@code [source.NAME]}, besides those that every source has.
   */
  List<Option> options();

  /**
   * Opens without connecting: a system that is down is reported by the first call that needs it.
   */
  Source open(OpenContext context);
}
