package dev.leat.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Finds the sections of a flow file, {@code [kind.NAME]} and {@code [kind]}. */
final class SectionReader {
  private final List<FlowProblem> problems;
  private final References references;
  private final Path folder;

  /**
   * @param secrets null where there cannot be secrets, as they are only being found
   */
  SectionReader(
      List<FlowProblem> problems,
      Path folder,
      Map<String, String> environment,
      @Nullable SecretLookup secrets) {
    this.problems = problems;
    this.references = new References(folder, environment, secrets);
    this.folder = folder;
  }

  List<FlowProblem> problems() {
    return problems;
  }

  /** Each {@code [kind.NAME]}, in the order of the file. */
  void each(TomlTable toml, String kind, Consumer<Section> read) {
    Object found = toml.get(List.of(kind));
    if (found == null) {
      return;
    }
    if (!(found instanceof TomlTable table)) {
      notSections(toml, kind);
      return;
    }
    for (String name : table.keySet()) {
      if (table.get(List.of(name)) instanceof TomlTable inner) {
        read.accept(section(kind + "." + name, name, inner, table.inputPositionOf(List.of(name))));
      } else {
        notSections(toml, kind);
        return;
      }
    }
  }

  /** The one {@code [kind]}, if it is there. */
  @Nullable Section single(TomlTable toml, String kind) {
    Object found = toml.get(List.of(kind));
    if (found == null) {
      return null;
    }
    if (found instanceof TomlTable table) {
      return section(kind, kind, table, toml.inputPositionOf(List.of(kind)));
    }
    notSections(toml, kind);
    return null;
  }

  private Section section(
      String title, String name, TomlTable table, @Nullable TomlPosition start) {
    return new Section(title, name, table, start, problems, references, folder);
  }

  private void notSections(TomlTable toml, String kind) {
    TomlPosition at = toml.inputPositionOf(List.of(kind));
    problems.add(
        new FlowProblem(
            "CONFIG_SECTIONS",
            kind + " is not a section",
            at == null ? 0 : at.line(),
            at == null ? 0 : at.column(),
            "write sections, [" + kind + ".NAME]"));
  }
}
