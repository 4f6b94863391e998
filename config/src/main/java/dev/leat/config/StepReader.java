package dev.leat.config;

import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.StepModel;
import dev.leat.flow.model.StepModel.NewColumns;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code [step.NAME]}. */
final class StepReader {
  static final List<Option> STEP =
      List.of(
          Option.required("kind", OptionType.STRING, "What the step is", "\"sql\""),
          Option.optional(
              "into", OptionType.STRING, "", "The dataset it makes", "\"silver.customers\""),
          Option.optional(
              "from",
              OptionType.STRING_LIST,
              "",
              "The datasets it reads; not for SQL, which names them",
              "\"silver.customers\""),
          Option.table(
              "write",
              "How its rows become the dataset; the kind decides by default",
              "{ mode = \"merge\", key = [\"customer_id\"] }",
              Option.choice(
                  "mode",
                  "What becomes of rows that are there",
                  "replace",
                  "append",
                  "replace_partition",
                  "merge"),
              Option.optional(
                  "key",
                  OptionType.STRING_LIST,
                  "[]",
                  "With mode merge: the columns that tell rows apart",
                  "[\"customer_id\"]"),
              Option.optional(
                  "deleted",
                  OptionType.STRING,
                  "",
                  "With mode merge: a column that is true for rows to remove",
                  "\"is_deleted\""),
              Option.optional(
                  "partition",
                  OptionType.STRING,
                  "",
                  "With mode replace_partition: the column, a date for backfills",
                  "\"order_date\""),
              Option.optional(
                  "lookback",
                  OptionType.DURATION,
                  "",
                  "With mode replace_partition: make only partitions again that are not older than"
                      + " the newest by more than this",
                  "\"3d\""),
              Option.choice("grain", "How long a partition of dates is", "day", "month")),
          Option.choice(
              "new_columns",
              "What happens when a table that is kept has fewer columns than the query",
              "add",
              "stop"),
          Option.optional(
              "engine",
              OptionType.STRING,
              "",
              "Where it runs; the flow's by default",
              "\"sqlite\""),
          Option.optional(
              "after",
              OptionType.STRING_LIST,
              "[]",
              "Steps that come before it, besides those whose datasets it reads",
              "[\"load_files\"]"),
          Option.optional(
              "pool", OptionType.STRING, "", "A pool of [run] that limits it", "\"warehouse\""),
          FlowModelReader.RETRY,
          Option.optional(
              "timeout",
              OptionType.DURATION,
              "",
              "The longest that one attempt may take",
              "\"30m\""),
          Option.optional(
              "description", OptionType.STRING, "", "What it is for", "\"One row per customer\""));

  private final Systems systems;
  private final Map<String, List<Option>> kinds = new HashMap<>();
  private final Map<TableId, String> makers = new HashMap<>();

  /**
   * @param loads whose datasets steps cannot make, too
   */
  StepReader(Systems systems, List<LoadModel> loads) {
    this.systems = systems;
    systems.kinds().forEach((name, kind) -> kinds.put(name, kind.options()));
    loads.forEach(load -> makers.put(load.into(), load.node()));
  }

  /** The step, unless something is wrong with it, which is reported. */
  Optional<StepModel> read(Section section) {
    int before = section.problemCount();
    OptionValues values = section.read(section.optionsOf("kind", STEP, kinds));
    StepKind kind = systems.kinds().get(section.text("kind").orElse(""));
    TableId into = into(section, values, kind);
    List<TableId> from = new ArrayList<>();
    for (String name : values.strings("from")) {
      TableId table = section.table("from", name);
      if (table != null) {
        from.add(table);
      }
    }
    OptionValues written = values.table("write").orElse(null);
    Write write = written == null ? null : write(section, written);
    if (kind == null || into == null || section.problemCount() > before) {
      return Optional.empty();
    }
    StepDefinition definition = new StepDefinition(section.name(), into, from, write, values);
    return Optional.of(
        new StepModel(
            definition,
            kind,
            values.optional("description", String.class).orElse(""),
            values.optional("engine", String.class),
            values.strings("after"),
            values.optional("pool", String.class),
            FlowModelReader.retry(values),
            values.optional("timeout", Duration.class),
            written == null ? Optional.empty() : written.optional("lookback", Duration.class),
            written == null ? "day" : written.optional("grain", String.class).orElse("day"),
            values.optional("new_columns", String.class).orElse("add").equals("stop")
                ? NewColumns.STOP
                : NewColumns.ADD,
            section.place(),
            section.keyPlaces()));
  }

  private @Nullable TableId into(Section section, OptionValues values, @Nullable StepKind kind) {
    Optional<String> written = values.optional("into", String.class);
    if (written.isEmpty()) {
      if (kind == null || !kind.makesDataset()) {
        return new TableId(kind == null ? "step" : kind.name(), section.name());
      }
      section.report(
          "CONFIG_MISSING_KEY",
          "[" + section.title() + "] needs into",
          null,
          "add into = \"silver." + section.name() + "\", the dataset that it makes");
      return null;
    }
    TableId into = section.table("into", written.get());
    if (into == null) {
      return null;
    }
    if (into.schema().startsWith("_leat")) {
      section.report(
          "CONFIG_TABLE_NAME",
          "schema " + into.schema() + " is Leat's own",
          "into",
          "choose another schema, such as silver");
      return null;
    }
    String other = makers.putIfAbsent(into, section.name());
    if (other != null) {
      section.report(
          "CONFIG_DATASET_TWICE",
          "two make " + into + ": " + other + " and " + section.name(),
          "into",
          "give one of them another name in into");
      return null;
    }
    return into;
  }

  private static @Nullable Write write(Section section, OptionValues written) {
    String mode = written.optional("mode", String.class).orElse("replace");
    List<String> key = written.strings("key");
    Optional<String> partition = written.optional("partition", String.class);
    return switch (mode) {
      case "append" -> new Write.Append();
      case "replace_partition" ->
          partition.isPresent()
              ? new Write.ReplacePartition(partition.get())
              : missing(
                  section,
                  "write replaces partitions and names none",
                  "partition = \"order_date\"");
      case "merge" ->
          key.isEmpty()
              ? missing(section, "write merges and has no key", "key = [\"id\"]")
              : new Write.Merge(key, written.optional("deleted", String.class).orElse(null));
      default -> new Write.Replace();
    };
  }

  private static @Nullable Write missing(Section section, String sentence, String fix) {
    section.report("CONFIG_MISSING_KEY", sentence, "write", "add " + fix + " to write");
    return null;
  }
}
