package dev.leat.config;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.export.FileOptions;
import dev.leat.flow.export.FilePublish;
import dev.leat.flow.model.EngineModel;
import dev.leat.flow.model.EnvironmentModel;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.PublishModel;
import dev.leat.flow.model.RetryModel;
import dev.leat.flow.model.RunSettings;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.model.StepTestModel;
import dev.leat.flow.model.StorageModel;
import dev.leat.flow.model.StoreModel;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/** Reads what a flow file says of engines, steps, publishes and environments. */
final class FlowModelReader {
  static final Option RETRY =
      Option.table(
          "retry",
          "How often to try again after an error that may pass",
          "{ times = 3, wait = \"30s\", backoff = \"2.0\", max_wait = \"10m\" }",
          Option.optional(
              "times", OptionType.INTEGER, "3", "Attempts beyond the first; 0 for none", "3"),
          Option.optional(
              "wait",
              OptionType.DURATION,
              "\"1s\"",
              "How long to wait before the second attempt",
              "\"30s\""),
          Option.optional(
              "backoff", OptionType.NUMBER, "2.0", "What each wait is multiplied with", "1.5"),
          Option.optional(
              "max_wait", OptionType.DURATION, "\"1m\"", "The longest wait", "\"10m\""));
  static final List<Option> RUN =
      List.of(
          Option.optional(
              "engine",
              OptionType.STRING,
              "",
              "Where steps run that name no engine; the destination's by default, or else DuckDB in"
                  + " a file named after the flow",
              "\"duckdb\""),
          Option.optional(
              "parallel", OptionType.INTEGER, "4", "The most steps to run at a time", "4"),
          RETRY,
          Option.optional(
              "pool",
              OptionType.INTEGER_MAP,
              "",
              "How many steps that name a pool run at a time",
              "{ warehouse = 2 }"));
  static final List<Option> ENGINE =
      List.of(Option.required("type", OptionType.STRING, "The engine's system", "\"sqlite\""));
  static final List<Option> STORAGE =
      List.of(
          Option.required(
              "type", OptionType.STRING, "What addresses begin with that it is for", "\"s3\""),
          Option.optional(
              "scope",
              OptionType.STRING,
              "",
              "The beginning of the addresses that it is for; of several sections the longest counts",
              "\"s3://acme-raw\""));
  static final List<Option> STORE =
      List.of(
          Option.required(
              "type",
              OptionType.STRING,
              "Where runs, datasets and schema histories are kept; SQLite beside the flow by default",
              "\"sqlite\""));
  static final List<Option> ENVIRONMENT =
      List.of(
          Option.optional(
              "prefix",
              OptionType.STRING,
              "",
              "What the schemas begin with that steps write into there; the name and _ by default",
              "\"dev_\""));
  static final List<Option> PUBLISH =
      List.of(
          Option.required("to", OptionType.STRING, "The system", "\"postgres\""),
          Option.required(
              "tables",
              OptionType.STRING_MAP,
              "Names there, by dataset",
              "{ \"gold.fact_order\" = \"dwh.fact_order\" }"),
          Option.choice(
              "mode", "All rows anew, or those whose key is there already", "replace", "merge"),
          Option.optional(
              "key", OptionType.STRING_LIST, "[]", "With mode merge: the key", "[\"order_id\"]"),
          Option.optional(
              "indexes",
              OptionType.STRING_MAP,
              "",
              "Columns to index there, by dataset; several with commas between them",
              "{ \"gold.fact_order\" = \"customer_sk, order_date\" }"));

  private static final RetryModel USUAL = RetryModel.usual();

  private final Systems systems;
  private final SectionReader sections;

  FlowModelReader(Systems systems, SectionReader sections) {
    this.systems = systems;
    this.sections = sections;
  }

  FlowModel read(String name, TomlTable toml) {
    Map<String, EngineModel> engines = new LinkedHashMap<>();
    sections.each(
        toml, "engine", section -> engine(section).ifPresent(e -> engines.put(e.name(), e)));
    List<StorageModel> storages = new ArrayList<>();
    sections.each(toml, "storage", section -> storage(section).ifPresent(storages::add));
    List<StepModel> steps = new ArrayList<>();
    StepReader reader = new StepReader(systems);
    sections.each(toml, "step", section -> reader.read(section).ifPresent(steps::add));
    List<PublishModel> publishes = new ArrayList<>();
    sections.each(toml, "publish", section -> publish(section).ifPresent(publishes::add));
    Map<String, EnvironmentModel> environments = new LinkedHashMap<>();
    sections.each(
        toml,
        "env",
        section -> {
          String prefix =
              section
                  .read(ENVIRONMENT)
                  .optional("prefix", String.class)
                  .orElse(section.name() + "_");
          if (prefix.isEmpty()) {
            section.report(
                "CONFIG_ENVIRONMENT",
                "the prefix of ["
                    + section.title()
                    + "] is empty, so that it would write into the real tables",
                "prefix",
                "write for example prefix = \"" + section.name() + "_\"");
            return;
          }
          environments.put(section.name(), new EnvironmentModel(section.name(), prefix));
        });
    List<CheckModel> checks =
        toml.get(List.of("check")) instanceof TomlTable table
            ? CheckReader.read(table, sections.problems())
            : List.of();
    List<StepTestModel> tests = new ArrayList<>();
    StepTestReader testReader = new StepTestReader(toml, steps);
    sections.each(toml, "test", section -> testReader.read(section).ifPresent(tests::add));
    return new FlowModel(
        name,
        toml.get(List.of("owner")) instanceof String owner ? owner : "",
        run(toml),
        MigrateReader.read(toml, sections),
        engines,
        storages,
        steps,
        checks,
        publishes,
        environments,
        tests,
        store(toml));
  }

  private RunSettings run(TomlTable toml) {
    Section section = sections.single(toml, "run");
    if (section == null) {
      return RunSettings.usual();
    }
    OptionValues values = section.read(RUN);
    return new RunSettings(
        values.optional("engine", String.class),
        Math.clamp(values.optional("parallel", Long.class).orElse(4L), 1, 64),
        retry(values).orElse(USUAL),
        values.integers("pool"));
  }

  static Optional<RetryModel> retry(OptionValues values) {
    return values
        .table("retry")
        .map(
            retry ->
                new RetryModel(
                    Math.clamp(retry.optional("times", Long.class).orElse(3L), 0, 100),
                    retry.optional("wait", Duration.class).orElse(USUAL.firstWait()),
                    Math.max(1, retry.optional("backoff", Double.class).orElse(USUAL.backoff())),
                    retry.optional("max_wait", Duration.class).orElse(USUAL.maxWait())));
  }

  private Optional<EngineModel> engine(Section section) {
    List<Option> options = section.optionsOf("type", ENGINE, systems.engines());
    String system = section.text("type").orElse("");
    OptionValues values = section.read(options);
    return systems.engines().containsKey(system)
        ? Optional.of(new EngineModel(section.name(), system, values))
        : Optional.empty();
  }

  private Optional<StorageModel> storage(Section section) {
    OptionValues values = section.read(section.optionsOf("type", STORAGE, systems.storages()));
    String scheme = section.text("type").orElse("");
    String scope = section.text("scope").orElse("").replaceFirst("/+$", "");
    if (!systems.storages().containsKey(scheme)) {
      return Optional.empty();
    }
    if (!scope.isEmpty() && !scope.startsWith(scheme + "://")) {
      section.report(
          "CONFIG_SCOPE",
          "the scope of [" + section.title() + "] is no address of " + scheme,
          "scope",
          "write for example scope = \"" + scheme + "://bucket\", or leave it out");
    }
    return Optional.of(new StorageModel(section.name(), scheme, scope, values));
  }

  private Optional<StoreModel> store(TomlTable toml) {
    Section section = sections.single(toml, "store");
    if (section == null) {
      return Optional.empty();
    }
    OptionValues values = section.read(section.optionsOf("type", STORE, systems.stores()));
    return section.text("type").map(system -> new StoreModel(system, values));
  }

  private Optional<PublishModel> publish(Section section) {
    OptionValues values = section.read(section.optionsOf("to", PUBLISH, publishing(systems)));
    Map<TableId, TableId> tables = new LinkedHashMap<>();
    values
        .map("tables")
        .forEach(
            (from, to) -> {
              TableId source = section.table("tables", from);
              TableId target = section.table("tables", to);
              if (source != null && target != null) {
                tables.put(source, target);
              }
            });
    Map<TableId, List<String>> indexes = new LinkedHashMap<>();
    values
        .map("indexes")
        .forEach(
            (dataset, columns) -> {
              TableId source = section.table("indexes", dataset);
              if (source != null) {
                indexes.put(source, List.of(columns.strip().split("\\s*,\\s*")));
              }
            });
    Write write = write(section, values);
    String system = section.text("to").orElse("");
    if (system.equals(FilePublish.SYSTEM)) {
      checkFiles(section, values, write, indexes);
    }
    return write == null || !publishing(systems).containsKey(system)
        ? Optional.empty()
        : Optional.of(
            new PublishModel(
                section.name(), system, values, tables, write, indexes, section.place()));
  }

  /** The systems that datasets can be published to. */
  static Map<String, List<Option>> publishing(Systems systems) {
    Map<String, List<Option>> all = new TreeMap<>(systems.engines());
    all.put(FilePublish.SYSTEM, FilePublish.options());
    return all;
  }

  private static void checkFiles(
      Section section,
      OptionValues values,
      @Nullable Write write,
      Map<TableId, List<String>> indexes) {
    if (write instanceof Write.Merge || !indexes.isEmpty()) {
      section.report(
          "CONFIG_FILES",
          "[" + section.title() + "] writes files, which are neither merged nor indexed",
          indexes.isEmpty() ? "mode" : "indexes",
          "remove " + (indexes.isEmpty() ? "mode and key" : "indexes"));
    }
    FileOptions.check(values, FilePublish.format(values))
        .ifPresent(
            wrong ->
                section.report(
                    "CONFIG_FILES",
                    "[" + section.title() + "] " + wrong.sentence(),
                    null,
                    wrong.fix()));
  }

  private static @Nullable Write write(Section section, OptionValues values) {
    List<String> key = values.strings("key");
    boolean merge = values.optional("mode", String.class).orElse("replace").equals("merge");
    if (merge && key.isEmpty()) {
      section.report(
          "CONFIG_MISSING_KEY",
          "[" + section.title() + "] merges and has no key",
          "mode",
          "add key = [\"id\"], the columns that tell rows apart");
      return null;
    }
    return merge ? new Write.Merge(key, null) : new Write.Replace();
  }
}
