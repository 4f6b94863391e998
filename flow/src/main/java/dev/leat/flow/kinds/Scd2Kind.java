package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.SystemColumn;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A dimension with its history. */
final class Scd2Kind implements StepKind {

  @Override
  public String name() {
    return "scd2";
  }

  @Override
  public String summary() {
    return "A dimension with its history: a version per change, with surrogate key, valid_from,"
        + " valid_to and is_current; rows with a NULL in the key are left out";
  }

  @Override
  public List<Option> options() {
    return List.of(
        StepKeys.KEY,
        Option.optional(
            "track",
            OptionType.STRING_LIST,
            "",
            "The columns whose changes make a version; by default all but key, valid_from and"
                + " Leat's own",
            "[\"name\", \"email\", \"segment\"]"),
        Option.required(
            "valid_from",
            OptionType.STRING,
            "Since when a row is so: a column, or portable SQL over the row",
            "\"updated_at\""),
        Option.optional(
            "surrogate_key",
            OptionType.STRING,
            "",
            "The surrogate key's name; by default that of the table without dim_, with _sk",
            "\"customer_sk\""),
        Option.choice(
            "deletes",
            "What becomes of a key that is not in the input any more: its last version stays"
                + " current, or ends with the run",
            "keep",
            "close"),
        Option.optional(
            "unknown",
            OptionType.BOOLEAN,
            "false",
            "Have a row with surrogate key -1 and no values, for facts without a match",
            "true"),
        Option.optional(
            "infer_from",
            OptionType.STRING_LIST,
            "",
            "Columns, each as dataset.column, whose keys get a version from the year 1 on, with"
                + " is_inferred and no values, if they are not known yet; the real row becomes their"
                + " next version when it comes",
            "\"silver.orders.customer_id\""),
        IncrementalOption.ofOne());
  }

  @Override
  public List<SystemColumn> systemColumns() {
    return List.of(
        new SystemColumn("TABLE_sk", "BIGINT", "the surrogate key, one per version; -1 is unknown"),
        new SystemColumn("valid_from", "as the option", "since when the version holds, inclusive"),
        new SystemColumn(
            "valid_to", "as valid_from", "until when, exclusive; NULL for the current version"),
        new SystemColumn("is_current", "BOOLEAN", "whether it is the last version of its key"),
        new SystemColumn(
            "is_inferred",
            "BOOLEAN",
            "with infer_from: whether only the key is known, from where it is referred to"));
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    Scd2Settings settings = Scd2Settings.of(step);
    List<TableId> inputs = new ArrayList<>(List.of(settings.from()));
    for (ColumnReference reference : settings.inferFrom()) {
      if (!inputs.contains(reference.table())) {
        inputs.add(reference.table());
      }
    }
    return inputs;
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    Scd2Settings settings = Scd2Settings.of(step);
    return List.of(
        StepNode.of(
            new Instruction(
                step.into(),
                new Scd2Query(step, settings, inputs).relation(),
                new Write.ReplaceKeys(settings.key())),
            List.of(settings.surrogateKey()),
            IncrementalOption.read(step, List.of(settings.from()), inputs)));
  }
}
