package dev.leat.config;

import dev.leat.flow.model.StepTestModel;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Reads {@code [test.NAME]}. */
final class StepTestReader {
  private static final Set<String> KEYS = new TreeSet<>(Set.of("step", "given", "expect", "now"));

  /** The word that stands for NULL, which TOML does not have. */
  private static final String NULL = "NULL";

  /** The test, unless something is wrong with it, which is reported. */
  Optional<StepTestModel> read(Section section) {
    int before = section.problemCount();
    for (String key : section.toml().keySet()) {
      if (!KEYS.contains(key)) {
        section.report(
            "CONFIG_UNKNOWN_KEY",
            "[" + section.title() + "] has no key " + key,
            key,
            Spelling.closest(key, KEYS)
                .map(word -> "did you mean " + word + "?")
                .orElse("the keys of a test are " + String.join(", ", KEYS)));
      }
    }
    Optional<String> step = section.text("step");
    if (step.isEmpty()) {
      section.report(
          "CONFIG_MISSING_KEY",
          "[" + section.title() + "] needs step",
          null,
          "add step = \"orders_clean\", the step to test");
    }
    Map<TableId, List<Map<String, @Nullable String>>> given = given(section);
    List<Map<String, @Nullable String>> expect =
        section.toml().get(List.of("expect")) instanceof TomlArray rows
            ? rows(section, "expect", rows)
            : List.of();
    if (!(section.toml().get(List.of("expect")) instanceof TomlArray)) {
      section.report(
          "CONFIG_MISSING_KEY",
          "[" + section.title() + "] needs expect, a list of rows",
          section.has("expect") ? "expect" : null,
          "add expect = [{ id = 1, name = \"a\" }]");
    }
    return section.problemCount() > before
        ? Optional.empty()
        : Optional.of(
            new StepTestModel(
                section.name(),
                step.orElseThrow(),
                given,
                expect,
                section.text("now").orElse(""),
                section.place()));
  }

  private static Map<TableId, List<Map<String, @Nullable String>>> given(Section section) {
    Map<TableId, List<Map<String, @Nullable String>>> given = new LinkedHashMap<>();
    Object written = section.toml().get(List.of("given"));
    if (written instanceof TomlTable tables) {
      for (String name : tables.keySet()) {
        TableId table = section.table("given", name);
        Object rows = tables.get(List.of(name));
        if (table != null && rows instanceof TomlArray list) {
          given.put(table, rows(section, "given", list));
        } else if (table != null) {
          section.report(
              "CONFIG_WRONG_TYPE",
              "given." + name + " is not a list of rows",
              "given",
              "write given.\"" + name + "\" = [{ id = 1 }]");
        }
      }
    } else if (written != null) {
      section.report(
          "CONFIG_WRONG_TYPE",
          "given is not a table of datasets",
          "given",
          "write given.\"bronze.orders\" = [{ id = 1 }]");
    }
    return given;
  }

  private static List<Map<String, @Nullable String>> rows(
      Section section, String key, TomlArray list) {
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    for (Object item : list.toList()) {
      if (!(item instanceof TomlTable row)) {
        section.report(
            "CONFIG_WRONG_TYPE",
            key + " has something in it that is not a row",
            key,
            "write rows as { id = 1, name = \"a\" }; \"" + NULL + "\" stands for NULL");
        return List.of();
      }
      Map<String, @Nullable String> values = new LinkedHashMap<>();
      for (String column : row.keySet()) {
        String value = String.valueOf(row.get(List.of(column)));
        values.put(column, value.equals(NULL) ? null : value);
      }
      rows.add(values);
    }
    return rows;
  }
}
