package dev.leat.flow;

import dev.leat.spi.kind.StepKind;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.storage.StorageConnector;
import java.util.List;
import java.util.Optional;

/** The kinds of steps that come with Leat, and files of this machine. */
public final class BuiltInPlugin implements Plugin {
  @Override
  public String name() {
    return "kinds";
  }

  @Override
  public String summary() {
    return "the kinds of steps that come with Leat";
  }

  @Override
  public List<StepKind> kinds() {
    return dev.leat.flow.kinds.BuiltInKinds.all();
  }

  @Override
  public Optional<StorageConnector> storage() {
    return Optional.of(new dev.leat.flow.storage.LocalStorageConnector());
  }
}
