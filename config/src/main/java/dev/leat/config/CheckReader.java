package dev.leat.config;

import dev.leat.flow.check.CheckModel;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code [check."schema.table"]}. */
final class CheckReader {
  private CheckReader() {}

  /**
   * Reads all checks.
   *
   * @param checks the table whose keys are datasets
   * @param problems what is wrong is added to them
   */
  static List<CheckModel> read(TomlTable checks, List<FlowProblem> problems) {
    References none = new References(Path.of(""), Map.of(), null);
    List<CheckModel> models = new ArrayList<>();
    for (String name : checks.keySet()) {
      TomlPosition at = checks.inputPositionOf(List.of(name));
      boolean isSection = checks.get(List.of(name)) instanceof TomlTable;
      Section section =
          new Section(
              "check.\"" + name + "\"",
              name,
              isSection ? checks.getTableOrEmpty(List.of(name)) : checks,
              at,
              problems,
              none,
              Path.of(""));
      if (!isSection) {
        section.report(
            "CONFIG_SECTIONS", name + " under check is not a section", null, example(name));
        continue;
      }
      TableId dataset;
      try {
        dataset = TableId.parse(name);
      } catch (IllegalArgumentException e) {
        section.report(
            "CONFIG_TABLE_NAME",
            "[check]: " + e.getMessage(),
            null,
            example(named(name, section.toml())));
        continue;
      }
      models.addAll(new CheckSection(section, dataset).read());
    }
    return models;
  }

  /** The dataset that was meant where its name stands without quotes. */
  private static String named(String schema, TomlTable table) {
    return table.keySet().stream()
        .filter(key -> table.get(List.of(key)) instanceof TomlTable)
        .findFirst()
        .map(key -> schema + "." + key)
        .orElse("gold." + schema);
  }

  private static String example(String dataset) {
    return "write the dataset in quotes: [check.\""
        + (dataset.indexOf('.') < 0 ? "gold." + dataset : dataset)
        + "\"]";
  }
}
