package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepNode.Increment;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.function.Function;

/** The current state of a change log. */
final class LatestKind implements StepKind {

  @Override
  public String name() {
    return "latest";
  }

  @Override
  public String summary() {
    return "A change log becomes its current state, one row per key; a replication's history with"
        + " its deletions, truncations and values that were not sent because they did not change";
  }

  @Override
  public List<Option> options() {
    return List.of(
        StepKeys.KEY,
        Option.optional(
            "order_by",
            OptionType.STRING_LIST,
            "",
            "Columns that make a change later than another, with NULL latest; by default the order"
                + " of a replication's history",
            "[\"changed_at\", \"change_no\"]"),
        Option.optional(
            "deleted",
            OptionType.STRING,
            "",
            "What is true for changes that delete; by default _leat_op = 'D' where the log has it",
            "\"operation = 'delete'\""),
        Option.optional(
            "drop",
            OptionType.STRING_LIST,
            "",
            "Columns of the log that are not part of the state; by default those of Leat",
            "[\"changed_at\", \"change_no\"]"),
        Option.optional(
            "incremental",
            OptionType.BOOLEAN,
            "false",
            "Make only keys again that have new changes, each from all its changes",
            "true"),
        Option.optional(
            "arrival",
            OptionType.STRING,
            "",
            "With incremental and order_by: a column that grows as changes arrive, if order_by does"
                + " not",
            "\"loaded_at\""));
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    check(step);
    return List.of(StepKeys.from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    check(step);
    TableId table = StepKeys.from(step);
    LatestLog log = LatestLog.of(step, table, inputs);
    List<String> key = StepKeys.columns(step, "key");
    if (!step.options().bool("incremental")) {
      return List.of(
          StepNode.of(new Instruction(step.into(), log.state(), new Write.Replace()), key));
    }
    return List.of(
        StepNode.of(
            new Instruction(
                step.into(), log.changes(inputs), new Write.Merge(key, LatestLog.DELETED)),
            key,
            new Increment(table, List.of(log.arrival()), null, true)));
  }

  private static void check(StepDefinition step) {
    List<String> key = StepKeys.columns(step, "key");
    StepKeys.apart(step, "key", key, "drop", step.options().strings("drop"));
    boolean incremental = step.options().bool("incremental");
    StepKeys.writes(step, "latest", incremental ? new Write.Merge(key, null) : new Write.Replace());
    boolean arrival = step.options().optional("arrival", String.class).isPresent();
    List<String> order = step.options().strings("order_by");
    if (arrival && (!incremental || order.isEmpty())) {
      throw StepProblem.options(
          step,
          "arrival goes only with incremental and order_by",
          "remove arrival; a replication's history is read in the order of its changes");
    }
    if (incremental && !arrival && order.size() > 1) {
      throw StepProblem.options(
          step,
          "it is incremental and orders changes by several columns",
          "add arrival = \"" + order.getFirst() + "\", the column that grows as changes arrive");
    }
  }
}
