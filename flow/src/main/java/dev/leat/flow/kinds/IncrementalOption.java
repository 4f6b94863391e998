package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code incremental = { column = "updated_at", lookback = "2h" }}. */
final class IncrementalOption {
  static final String NAME = "incremental";

  /** What stands for the order of a replication's change log. */
  static final String CHANGES = "changes";

  private static final Option COLUMN =
      Option.required(
          "column",
          OptionType.STRING_LIST,
          "What grows with every new or changed row; \"changes\" for a replication's history, in the"
              + " order of its changes",
          "\"updated_at\"");
  private static final Option LOOKBACK =
      Option.optional(
          "lookback",
          OptionType.DURATION,
          "",
          "How far below the highest value read so far to read again, for rows that come late",
          "\"2h\"");

  private IncrementalOption() {}

  /** For kinds that read one dataset. */
  static Option ofOne() {
    return Option.table(
        NAME,
        "Read only rows that are new since the last run",
        "{ column = \"updated_at\", lookback = \"2h\" }",
        COLUMN,
        LOOKBACK);
  }

  /** For kinds that read several datasets. */
  static Option ofSeveral() {
    return Option.table(
        NAME,
        "Read only rows of one dataset that are new since the last run",
        "{ from = \"bronze.orders\", column = \"updated_at\", lookback = \"2h\" }",
        Option.optional(
            "from",
            OptionType.STRING,
            "",
            "The dataset whose new rows are read; the only one by default",
            "\"bronze.orders\""),
        COLUMN,
        LOOKBACK);
  }

  static boolean given(StepDefinition step) {
    return step.options().table(NAME).isPresent();
  }

  /** Checks what can be checked without the inputs' columns. */
  static void check(StepDefinition step, List<TableId> candidates) {
    step.options()
        .table(NAME)
        .ifPresent(
            values -> {
              TableId unused = input(step, values, candidates);
              List<String> columns = columns(step, values);
              if (values.optional("lookback", Duration.class).isPresent()) {
                String unusedToo = lookback(step, values, columns);
              }
            });
  }

  /** Sees to it that what is there already is kept, and that rows read again do not come twice. */
  static void checkWrite(StepDefinition step) {
    Optional<OptionValues> given = step.options().table(NAME);
    if (given.isEmpty()) {
      return;
    }
    if (step.write() == null || step.write() instanceof Write.Replace) {
      throw StepProblem.options(
          step,
          "it reads only new rows and replaces all rows with them",
          "add write = { mode = \"merge\", key = [\"id\"] } or write = { mode = \"append\" }, or"
              + " remove incremental");
    }
    if (step.write() instanceof Write.ReplacePartition) {
      throw StepProblem.options(
          step,
          "it reads only new rows and replaces whole partitions with them",
          "remove incremental; lookback = \"3d\" in write makes only the newest partitions again");
    }
    if (step.write() instanceof Write.Append
        && given.get().optional("lookback", Duration.class).isPresent()) {
      throw StepProblem.options(
          step,
          "it reads rows again, because of lookback, and appends them again",
          "use write = { mode = \"merge\", key = [\"id\"] }, or remove lookback");
    }
  }

  /** The increment, if there is to be one. */
  static @Nullable Increment read(
      StepDefinition step, List<TableId> candidates, StepInputs inputs) {
    Optional<OptionValues> given = step.options().table(NAME);
    if (given.isEmpty()) {
      return null;
    }
    OptionValues values = given.get();
    TableId input = input(step, values, candidates);
    StepColumns known = new StepColumns(step, input, inputs);
    List<String> columns = columns(step, values);
    String lookback =
        values.optional("lookback", Duration.class).isPresent()
            ? lookback(step, values, columns)
            : null;
    if (columns.equals(List.of(CHANGES)) && !known.has(CHANGES)) {
      known.require(List.of(ChangeLog.LSN, ChangeLog.ORDINAL));
      return new Increment(input, List.of(ChangeLog.position()), lookback, false);
    }
    known.require(columns);
    return new Increment(input, columns.stream().map(Portable::name).toList(), lookback, false);
  }

  private static TableId input(StepDefinition step, OptionValues values, List<TableId> candidates) {
    Optional<String> named = values.optional("from", String.class);
    if (named.isEmpty()) {
      if (candidates.size() == 1) {
        return candidates.getFirst();
      }
      throw StepProblem.options(
          step,
          "incremental does not say whose new rows are read, and the step reads "
              + candidates.size()
              + " datasets",
          candidates.isEmpty()
              ? "read at least one dataset, or remove incremental"
              : "add from = \"" + candidates.getFirst() + "\" to incremental");
    }
    return candidates.stream()
        .filter(candidate -> candidate.toString().equals(named.get()))
        .findFirst()
        .orElseThrow(
            () ->
                StepProblem.options(
                    step,
                    "incremental reads new rows of "
                        + named.get()
                        + ", which the step does not read",
                    "it reads "
                        + String.join(", ", candidates.stream().map(Object::toString).toList())));
  }

  private static List<String> columns(StepDefinition step, OptionValues values) {
    List<String> columns = values.strings("column");
    if (columns.isEmpty()) {
      throw StepProblem.options(
          step, "incremental has no column", "add column = \"updated_at\" to incremental");
    }
    return columns;
  }

  private static String lookback(StepDefinition step, OptionValues values, List<String> columns) {
    if (columns.size() != 1 || columns.getFirst().equals(CHANGES)) {
      throw StepProblem.options(
          step,
          "lookback of incremental needs one column with a date or time",
          "remove lookback, or name one such column");
    }
    return Portable.interval(values.duration("lookback"))
        .orElseThrow(
            () ->
                StepProblem.options(
                    step,
                    "lookback of incremental is not whole seconds",
                    "write for example lookback = \"2h\""));
  }
}
