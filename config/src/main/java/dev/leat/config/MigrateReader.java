package dev.leat.config;

import dev.leat.flow.migration.Compatibility;
import dev.leat.flow.model.MigrateSettings;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tomlj.TomlTable;

/** Reads {@code [migrate]}. */
final class MigrateReader {
  static final List<Option> MIGRATE =
      List.of(
          Option.choice(
              "mode",
              "Whether runs add columns and widen types, or stop until leat migrate has done it",
              "auto",
              "manual"),
          Option.choice(
              "compatibility",
              "Which changes leat migrate makes: all, or those with which new readers can read old"
                  + " rows, old readers new rows, or both",
              "none",
              "backward",
              "forward",
              "full"),
          Option.optional(
              "renamed",
              OptionType.ANY,
              "",
              "New names of columns by their old ones, by dataset",
              "{ \"silver.customers\" = { name = \"full_name\" } }"));

  private MigrateReader() {}

  static MigrateSettings read(TomlTable toml, SectionReader sections) {
    Section section = sections.single(toml, "migrate");
    if (section == null) {
      return MigrateSettings.USUAL;
    }
    OptionValues values = section.read(MIGRATE);
    String compatibility = values.optional("compatibility", String.class).orElse("none");
    return new MigrateSettings(
        values.optional("mode", String.class).orElse("auto").equals("manual"),
        Compatibility.valueOf(compatibility.toUpperCase(Locale.ROOT)),
        renamed(section));
  }

  private static Map<TableId, Map<String, String>> renamed(Section section) {
    Map<TableId, Map<String, String>> renamed = new LinkedHashMap<>();
    Object written = section.toml().get(List.of("renamed"));
    if (written == null) {
      return renamed;
    }
    if (!(written instanceof TomlTable datasets)) {
      wrong(section);
      return renamed;
    }
    for (String name : datasets.keySet()) {
      TableId dataset = section.table("renamed", name);
      if (dataset == null) {
        continue;
      }
      Map<String, String> names = new LinkedHashMap<>();
      if (datasets.get(List.of(name)) instanceof TomlTable columns) {
        for (String old : columns.keySet()) {
          if (columns.get(List.of(old)) instanceof String now) {
            names.put(old, now);
          } else {
            wrong(section);
          }
        }
      } else {
        wrong(section);
      }
      renamed.put(dataset, names);
    }
    return renamed;
  }

  private static void wrong(Section section) {
    section.report(
        "CONFIG_WRONG_TYPE",
        "renamed is not a table of datasets with new names by old ones",
        "renamed",
        "write renamed.\"silver.customers\" = { name = \"full_name\" }");
  }
}
