package dev.leat.config;

import dev.leat.flow.check.CheckModel;
import java.util.List;
import org.tomlj.TomlTable;

final class CheckReader {
  private CheckReader() {}

  static List<CheckModel> read(TomlTable checks, List<FlowProblem> problems) {
    return List.of();
  }
}
