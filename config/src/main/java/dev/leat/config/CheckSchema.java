package dev.leat.config;

import dev.leat.spi.plugin.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may stand in {@code [check."schema.table"]}, for editors and for people. */
final class CheckSchema {
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> TEXTS =
      Map.of("type", "array", "items", TEXT, "minItems", 1);
  private static final Map<String, Object> VALUES =
      Map.of(
          "type",
          "array",
          "minItems",
          1,
          "items",
          Map.of("type", List.of("string", "number", "boolean")));

  private CheckSchema() {}

  /** As JSON Schema: what stands under {@code check}. */
  static Map<String, Object> json() {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (FlowSchema.object(CheckOptions.DEFAULTS).get("properties") instanceof Map<?, ?> usual) {
      usual.forEach((key, value) -> properties.put((String) key, value));
    }
    CheckOptions.FORMS.forEach(
        form -> {
          Map<String, Object> schema = new LinkedHashMap<>(form(form.key()));
          schema.put("description", form.summary());
          properties.put(form.key(), schema);
        });
    Map<String, Object> dataset = FlowSchema.described("object", "Checks of a dataset");
    dataset.put("additionalProperties", false);
    dataset.put("properties", properties);
    Map<String, Object> checks =
        FlowSchema.described("object", "What has to hold for datasets, under their names");
    checks.put("additionalProperties", dataset);
    return checks;
  }

  private static Map<String, Object> form(String key) {
    Map<String, Object> columns = FlowSchema.object(CheckOptions.COLUMNS);
    return switch (key) {
      case "not_null", "unique" ->
          any(
              List.of(
                  TEXT,
                  Map.of(
                      "type", "array", "minItems", 1, "items", any(List.of(TEXT, TEXTS, columns))),
                  columns));
      case "accepted" -> byName(any(List.of(VALUES, accepted())));
      case "range" -> byName(FlowSchema.object(CheckOptions.RANGE));
      case "pattern" -> byName(any(List.of(TEXT, FlowSchema.object(CheckOptions.PATTERN))));
      case "reference" -> byName(any(List.of(TEXT, FlowSchema.object(CheckOptions.REFERENCE))));
      case "rows" -> FlowSchema.object(CheckOptions.ROWS);
      case "freshness" -> FlowSchema.object(CheckOptions.FRESHNESS);
      case "columns" ->
          any(
              List.of(
                  byName(Map.of("type", List.of("string", "boolean"))),
                  FlowSchema.object(CheckOptions.CONTRACT)));
      case "distribution" -> byName(FlowSchema.object(CheckOptions.DISTRIBUTION));
      case "sql" -> byName(any(List.of(TEXT, FlowSchema.object(CheckOptions.SQL))));
      case "reconcile" -> FlowSchema.object(CheckOptions.RECONCILE);
      default -> throw new IllegalArgumentException("there is no schema for " + key);
    };
  }

  private static Map<String, Object> accepted() {
    Map<String, Object> table = FlowSchema.object(CheckOptions.ACCEPTED);
    if (table.get("properties") instanceof Map<?, ?> properties) {
      Map<Object, Object> own = new LinkedHashMap<>(properties);
      own.put("values", VALUES);
      table.put("properties", own);
    }
    return table;
  }

  private static Map<String, Object> any(List<Map<String, Object>> schemas) {
    return Map.of("anyOf", schemas);
  }

  private static Map<String, Object> byName(Map<String, Object> schema) {
    return Map.of("type", "object", "minProperties", 1, "additionalProperties", schema);
  }

  /** As part of a page. */
  static List<String> markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("## `[check.\"SCHEMA.TABLE\"]`");
    lines.add("");
    lines.add(
        "What has to hold for a dataset. Checks run on its rows before anybody sees them; if one of"
            + " severity `error` fails, the dataset is not published and stays as it was. Some of the"
            + " rows that fail are kept in tables of the schema `_leat_failed`.");
    lines.add("");
    lines.add("| key | what | examples |");
    lines.add("| --- | --- | --- |");
    CheckOptions.FORMS.forEach(
        form ->
            lines.add(
                "| `%s` | %s | %s |"
                    .formatted(
                        form.key(),
                        form.summary(),
                        String.join(
                            "<br>", form.examples().stream().map(e -> "`" + e + "`").toList()))));
    lines.add("");
    lines.add("For all checks of the section that say nothing else, and in the tables of a rule:");
    FlowSchema.table(lines, CheckOptions.DEFAULTS);
    table(lines, "accepted.COLUMN", CheckOptions.ACCEPTED);
    table(lines, "range.COLUMN", CheckOptions.RANGE);
    table(lines, "pattern.COLUMN", CheckOptions.PATTERN);
    table(lines, "reference.COLUMN", CheckOptions.REFERENCE);
    table(lines, "rows", CheckOptions.ROWS);
    table(lines, "freshness", CheckOptions.FRESHNESS);
    table(lines, "columns", CheckOptions.CONTRACT);
    table(lines, "distribution.COLUMN", CheckOptions.DISTRIBUTION);
    table(lines, "sql.NAME", CheckOptions.SQL);
    table(lines, "reconcile", CheckOptions.RECONCILE);
    return lines;
  }

  private static void table(List<String> lines, String rule, List<Option> options) {
    List<Option> own =
        options.stream().filter(option -> !CheckOptions.DEFAULTS.contains(option)).toList();
    lines.add("");
    lines.add("`" + rule + "` as a table:");
    FlowSchema.table(lines, own);
  }
}
