package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.kind.SystemColumn;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.function.Function;

/** Each batch of a landing dataset against the one before. */
final class ChangeFeedKind implements StepKind {
  static final String CHANGE = "_leat_change";
  static final String OLD = "_leat_old_";
  static final Option BATCH =
      Option.optional(
          "batch",
          OptionType.STRING,
          "\"_leat_batch\"",
          "The column that tells batches apart and grows from batch to batch",
          "\"delivered_on\"");

  @Override
  public String name() {
    return "change_feed";
  }

  @Override
  public String summary() {
    return "Each batch of a landing dataset, compared with the one before: new, changed, deleted and"
        + " unchanged rows by key";
  }

  @Override
  public List<Option> options() {
    return List.of(
        StepKeys.KEY,
        Option.optional(
            "compare",
            OptionType.STRING_LIST,
            "",
            "The columns that are compared and kept; by default all but key, batch and Leat's own",
            "[\"name\", \"price\"]"),
        BATCH,
        Option.optional(
            "unchanged", OptionType.BOOLEAN, "false", "Whether unchanged rows are kept", "true"));
  }

  @Override
  public List<SystemColumn> systemColumns() {
    return List.of(
        new SystemColumn(CHANGE, "VARCHAR", "new, changed, deleted or unchanged"),
        new SystemColumn(
            OLD + "COLUMN", "as the column", "the value in the batch before; NULL for new rows"));
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    check(step);
    return List.of(StepKeys.from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    check(step);
    TableId landing = StepKeys.from(step);
    StepColumns columns = new StepColumns(step, landing, inputs);
    List<String> key = StepKeys.columns(step, "key");
    String batch = step.options().string("batch");
    List<String> named = step.options().strings("compare");
    columns.require(key).require(List.of(batch)).require(named);
    List<String> compare =
        named.isEmpty() ? columns.others(StepKeys.concat(key, List.of(batch))) : named;
    List<String> watermark = inputs.watermark();
    Relation feed =
        new Relation.ChangeFeed(
            new Relation.Scan(landing),
            batch,
            key,
            compare,
            step.options().bool("unchanged"),
            watermark.isEmpty() ? null : columns.literal(batch, watermark.getFirst()));
    return List.of(
        StepNode.of(
            new Instruction(step.into(), feed, new Write.Append()),
            StepKeys.concat(key, List.of(batch)),
            new Increment(landing, List.of(Portable.name(batch)), null, true)));
  }

  private static void check(StepDefinition step) {
    StepKeys.writes(step, "change_feed", new Write.Append());
    List<String> key = StepKeys.columns(step, "key");
    List<String> batch = List.of(step.options().string("batch"));
    List<String> compare = StepKeys.distinct(step, "compare", step.options().strings("compare"));
    StepKeys.apart(step, "key", key, "compare", compare);
    StepKeys.apart(step, "batch", batch, "key", key);
    StepKeys.apart(step, "batch", batch, "compare", compare);
  }
}
