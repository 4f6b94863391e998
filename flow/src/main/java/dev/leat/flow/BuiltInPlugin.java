package dev.leat.flow;

import dev.leat.spi.kind.StepKind;
import dev.leat.spi.plugin.Plugin;
import java.util.List;

/** The kinds of steps that come with Leat. */
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
}
