package dev.leat.config;

import dev.leat.spi.plugin.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What may stand in a flow file, for editors (JSON Schema, draft 2020-12) and for people; both from
 * the options that flow files are checked with.
 */
public final class FlowSchema {
  private FlowSchema() {}

  /** As JSON Schema. */
  public static Map<String, Object> json(Systems systems) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "flow",
        Map.of(
            "type",
            "string",
            "pattern",
            FlowFileReader.NAME,
            "description",
            "The flow's name: lower-case letters, digits and underscores"));
    properties.put("description", described("string", "What it is for"));
    properties.put("owner", described("string", "Who looks after it"));
    properties.put(
        "source", one(section(systems.sources(), "from", FlowFileReader.SOURCE, "What is read")));
    properties.put(
        "destination",
        one(section(systems.destinations(), "to", FlowFileReader.DESTINATION, "Where it goes")));
    properties.put("run", with(object(FlowModelReader.RUN), "How its steps are run"));
    properties.put("migrate", with(migrate(), "How the columns of datasets change"));
    properties.put(
        "engine",
        section(systems.engines(), "type", FlowModelReader.ENGINE, "Where steps can run"));
    properties.put(
        "storage",
        section(
            systems.storages(),
            "type",
            FlowModelReader.STORAGE,
            "How files are reached that are elsewhere"));
    properties.put(
        "store",
        with(
            alternatives(systems.stores(), "type", FlowModelReader.STORE),
            "Where runs and datasets are remembered"));
    properties.put(
        "env",
        with(
            Map.of("type", "object", "additionalProperties", object(FlowModelReader.ENVIRONMENT)),
            "Schemas of its own for development, under a name of your choice"));
    properties.put(
        "step", section(kinds(systems), "kind", StepReader.STEP, "A dataset that is made"));
    properties.put("check", with(CheckSchema.json(), "What has to hold for a dataset"));
    properties.put(
        "publish",
        section(
            FlowModelReader.publishing(systems),
            "to",
            FlowModelReader.PUBLISH,
            "Datasets written elsewhere"));
    properties.put("test", with(tests(), "What steps make of given rows"));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Leat flow");
    schema.put("type", "object");
    schema.put("required", List.of("flow"));
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    return schema;
  }

  static Map<String, Object> described(String type, String description) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", type);
    schema.put("description", description);
    return schema;
  }

  private static Map<String, Object> with(Map<String, Object> schema, String description) {
    Map<String, Object> described = new LinkedHashMap<>(schema);
    described.put("description", description);
    return described;
  }

  private static Map<String, List<Option>> kinds(Systems systems) {
    Map<String, List<Option>> kinds = new TreeMap<>();
    systems.kinds().forEach((name, kind) -> kinds.put(name, kind.options()));
    return kinds;
  }

  private static Map<String, Object> migrate() {
    Map<String, Object> migrate = object(MigrateReader.MIGRATE);
    if (migrate.get("properties") instanceof Map<?, ?> written) {
      Map<Object, Object> properties = new LinkedHashMap<>(written);
      Map<String, Object> names =
          Map.of("type", "object", "additionalProperties", Map.of("type", "string"));
      properties.put("renamed", Map.of("type", "object", "additionalProperties", names));
      migrate.put("properties", properties);
    }
    return migrate;
  }

  private static Map<String, Object> tests() {
    Map<String, Object> rows = Map.of("type", "array", "items", Map.of("type", "object"));
    Map<String, Object> datasets = Map.of("type", "object", "additionalProperties", rows);
    Map<String, Object> types =
        Map.of("type", "object", "additionalProperties", Map.of("type", "string"));
    Map<String, Object> test = object(StepTestReader.TEST);
    if (test.get("properties") instanceof Map<?, ?> written) {
      Map<Object, Object> properties = new LinkedHashMap<>(written);
      properties.put("given", datasets);
      properties.put("columns", Map.of("type", "object", "additionalProperties", types));
      properties.put("expect", Map.of("anyOf", List.of(rows, datasets)));
      test.put("properties", properties);
    }
    return Map.of("type", "object", "additionalProperties", test);
  }

  /** Exactly one is allowed. */
  private static Map<String, Object> one(Map<String, Object> section) {
    section.put("minProperties", 1);
    section.put("maxProperties", 1);
    return section;
  }

  private static Map<String, Object> section(
      Map<String, List<Option>> systems, String selector, List<Option> common, String summary) {
    Map<String, Object> section = described("object", summary + ", under a name of your choice");
    section.put("additionalProperties", alternatives(systems, selector, common));
    return section;
  }

  private static Map<String, Object> alternatives(
      Map<String, List<Option>> systems, String selector, List<Option> common) {
    List<Map<String, Object>> kinds = new ArrayList<>();
    systems.forEach((system, options) -> kinds.add(kind(system, options, selector, common)));
    return kinds.size() == 1 ? kinds.getFirst() : Map.of("oneOf", kinds);
  }

  private static Map<String, Object> kind(
      String system, List<Option> options, String selector, List<Option> common) {
    Map<String, Object> kind = object(all(common, options));
    if (kind.get("properties") instanceof Map<?, ?> properties
        && properties.get(selector) instanceof Map<?, ?> value) {
      Map<Object, Object> named = new LinkedHashMap<>(value);
      named.put("const", system);
      Map<Object, Object> all = new LinkedHashMap<>(properties);
      all.put(selector, named);
      kind.put("properties", all);
    }
    return kind;
  }

  static Map<String, Object> object(List<Option> options) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Option option : options) {
      properties.put(option.key(), value(option));
      if (option.required()) {
        required.add(option.key());
      }
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("required", required);
    object.put("additionalProperties", false);
    object.put("properties", properties);
    return object;
  }

  private static List<Option> all(List<Option> common, List<Option> options) {
    List<Option> all = new ArrayList<>(common);
    all.addAll(options);
    return all;
  }

  private static Map<String, Object> value(Option option) {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (option.type()) {
      case STRING, PATH, CONNECTION -> schema.put("type", "string");
      case BOOLEAN -> schema.put("type", "boolean");
      case INTEGER -> schema.put("type", "integer");
      case NUMBER -> schema.put("type", "number");
      case ANY -> {}
      case DURATION -> {
        schema.put("type", "string");
        schema.put("pattern", Quantities.DURATION);
      }
      case SHARE -> {
        schema.put("type", "string");
        schema.put("pattern", Quantities.SHARE);
      }
      case ROWS_OR_SHARE ->
          schema.put(
              "anyOf",
              List.of(
                  Map.of("type", "integer", "minimum", 0),
                  Map.of("type", "string", "pattern", Quantities.SHARE)));
      case SIZE -> {
        schema.put("type", "string");
        schema.put("pattern", Quantities.SIZE);
      }
      case STRING_LIST -> {
        Map<String, Object> text = Map.of("type", "string");
        schema.put("anyOf", List.of(text, Map.of("type", "array", "items", text)));
      }
      case STRING_MAP -> {
        schema.put("type", "object");
        schema.put("additionalProperties", Map.of("type", "string"));
      }
      case INTEGER_MAP -> {
        schema.put("type", "object");
        schema.put("additionalProperties", Map.of("type", "integer"));
      }
      case TABLE -> schema.putAll(object(option.fields()));
      case CHOICE -> schema.put("enum", option.choices());
      case SECRET -> {
        schema.put("type", "string");
        schema.put("pattern", "^(env|file):.+$");
      }
    }
    schema.put("description", option.summary());
    return schema;
  }

  /** As a page. */
  public static List<String> markdown(Systems systems) {
    List<String> lines = new ArrayList<>();
    lines.add("# The flow file");
    lines.add("");
    lines.add(
        "Written by `leat schema --markdown` from the options that flow files are checked with.");
    lines.add("`leat schema > leat.schema.json` writes the same for editors.");
    lines.add("");
    lines.add(
        "At the top stand `flow`, the name (lower-case letters, digits and underscores), and, if you"
            + " like, `description` and `owner`.");
    lines.add("A flow replicates a source into a destination, has steps, or both.");
    section(lines, "[source.NAME]", "from", FlowFileReader.SOURCE, systems.sources());
    section(lines, "[destination.NAME]", "to", FlowFileReader.DESTINATION, systems.destinations());
    section(lines, "[run]", "", FlowModelReader.RUN, Map.of());
    section(lines, "[step.NAME]", "kind", StepReader.STEP, kinds(systems));
    lines.add("");
    lines.add("## `[check.\"SCHEMA.TABLE\"]`");
    lines.addAll(CheckSchema.markdown());
    section(
        lines,
        "[publish.NAME]",
        "to",
        FlowModelReader.PUBLISH,
        FlowModelReader.publishing(systems));
    section(lines, "[migrate]", "", MigrateReader.MIGRATE, Map.of());
    section(lines, "[test.NAME]", "", StepTestReader.TEST, Map.of());
    section(lines, "[engine.NAME]", "type", FlowModelReader.ENGINE, systems.engines());
    section(lines, "[storage.NAME]", "type", FlowModelReader.STORAGE, systems.storages());
    section(lines, "[env.NAME]", "", FlowModelReader.ENVIRONMENT, Map.of());
    section(lines, "[store]", "type", FlowModelReader.STORE, systems.stores());
    return lines;
  }

  private static void section(
      List<String> lines,
      String section,
      String selector,
      List<Option> common,
      Map<String, List<Option>> systems) {
    lines.add("");
    lines.add("## `" + section + "`");
    table(lines, common);
    systems.forEach(
        (system, options) -> {
          if (options.isEmpty()) {
            return;
          }
          lines.add("");
          lines.add("### With `" + selector + " = \"" + system + "\"`");
          table(lines, options);
        });
  }

  static void table(List<String> lines, List<Option> options) {
    lines.add("");
    lines.add("| key | what | default | example |");
    lines.add("| --- | --- | --- | --- |");
    for (Option option : options) {
      row(lines, option.key(), option);
      option.fields().forEach(field -> row(lines, option.key() + "." + field.key(), field));
    }
  }

  private static void row(List<String> lines, String key, Option option) {
    String choices =
        option.choices().isEmpty() ? "" : ": `" + String.join("`, `", option.choices()) + "`";
    String standard =
        option.required()
            ? "required"
            : option.defaultValue().isEmpty() ? "–" : "`" + option.defaultValue() + "`";
    lines.add(
        "| `%s` | %s%s | %s | `%s` |"
            .formatted(key, option.summary(), choices, standard, option.example()));
  }
}
