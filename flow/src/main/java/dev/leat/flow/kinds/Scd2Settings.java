package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.schema.TableId;
import java.util.List;

/**
 * The options of a {@link Scd2Kind}, which go together.
 *
 * @param track empty for all other columns
 */
record Scd2Settings(
    TableId from,
    List<String> key,
    List<String> track,
    String validFrom,
    String surrogateKey,
    boolean closeMissing,
    boolean unknown,
    List<ColumnReference> inferFrom) {
  static final String INFERRED = "is_inferred";
  private static final String DIMENSION = "dim_";

  static Scd2Settings of(StepDefinition step) {
    List<String> key = StepKeys.columns(step, "key");
    Scd2Settings settings =
        new Scd2Settings(
            StepKeys.from(step),
            key,
            StepKeys.distinct(step, "track", step.options().strings("track")),
            step.options().string("valid_from"),
            step.options()
                .optional("surrogate_key", String.class)
                .orElseGet(() -> surrogateKey(step.into())),
            step.options().string("deletes").equals("close"),
            step.options().bool("unknown"),
            step.options().strings("infer_from").stream()
                .map(text -> ColumnReference.parse(step, "infer_from", text))
                .toList());
    StepKeys.writes(step, "scd2", new Write.ReplaceKeys(key));
    settings.check(step);
    IncrementalOption.check(step, List.of(settings.from()));
    return settings;
  }

  /** The usual name of a dimension's surrogate key. */
  static String surrogateKey(TableId dimension) {
    String table = dimension.table();
    return (table.startsWith(DIMENSION) ? table.substring(DIMENSION.length()) : table) + "_sk";
  }

  /** The columns that are added. */
  List<String> added() {
    List<String> added = List.of(surrogateKey, "valid_from", "valid_to", "is_current");
    return inferFrom.isEmpty() ? added : StepKeys.concat(added, List.of(INFERRED));
  }

  private void check(StepDefinition step) {
    StepKeys.apart(step, "key", key, "track", track);
    StepKeys.apart(step, "key", key, "the columns it adds", added());
    StepKeys.apart(step, "track", track, "the columns it adds", added());
    if (validFrom.isBlank()) {
      throw StepProblem.options(
          step, "valid_from is empty", "write for example valid_from = \"updated_at\"");
    }
    if (closeMissing && IncrementalOption.given(step)) {
      throw StepProblem.options(
          step,
          "deletes = \"close\" needs all rows, and incremental reads only new ones",
          "remove incremental, or use deletes = \"keep\"");
    }
    if (inferFrom.isEmpty()) {
      return;
    }
    if (closeMissing) {
      throw StepProblem.options(
          step,
          "deletes = \"close\" would end inferred members, which are not in the input",
          "remove infer_from, or use deletes = \"keep\"");
    }
    if (key.size() != 1) {
      throw StepProblem.options(
          step,
          "infer_from goes only with a key of one column",
          "remove infer_from, or make one column of the key in a step before");
    }
    for (ColumnReference reference : inferFrom) {
      if (reference.table().equals(step.into())) {
        throw StepProblem.options(
            step, "infer_from names the dimension itself", "name a dataset that refers to it");
      }
    }
  }
}
