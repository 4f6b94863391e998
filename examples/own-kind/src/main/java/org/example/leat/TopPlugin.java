package org.example.leat;

import dev.leat.spi.kind.StepKind;
import dev.leat.spi.plugin.Plugin;
import java.util.List;

/** Adds {@code kind = "top"} to flows. */
public final class TopPlugin implements Plugin {
  @Override
  public String name() {
    return "top";
  }

  @Override
  public String summary() {
    return "the highest rows of each group";
  }

  @Override
  public List<StepKind> kinds() {
    return List.of(new TopKind());
  }
}
