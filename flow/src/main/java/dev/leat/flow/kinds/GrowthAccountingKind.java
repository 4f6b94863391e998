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
import java.util.List;
import java.util.function.Function;

/** What became of users from period to period. */
final class GrowthAccountingKind implements StepKind {

  @Override
  public String name() {
    return "growth_accounting";
  }

  @Override
  public String summary() {
    return "Activity becomes one row per user and period: new, retained, resurrected or churned";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required("user", OptionType.STRING_LIST, "Who was active", "[\"customer_id\"]"),
        Option.required(
            "time", OptionType.STRING, "When, as a date or timestamp", "\"ordered_at\""),
        Option.choice("period", "How long a period is", "month", "day", "week", "quarter", "year"));
  }

  @Override
  public List<SystemColumn> systemColumns() {
    return List.of(
        new SystemColumn("period", "DATE", "the first day of the period"),
        new SystemColumn("status", "VARCHAR", "new, retained, resurrected or churned"));
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    check(step);
    return List.of(StepKeys.from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    check(step);
    TableId activity = StepKeys.from(step);
    List<String> user = StepKeys.columns(step, "user");
    String time = step.options().string("time");
    StepColumns columns =
        new StepColumns(step, activity, inputs).require(user).require(List.of(time));
    columns.requireTime(time);
    return List.of(
        StepNode.of(
            new Instruction(
                step.into(),
                new Relation.GrowthAccounting(
                    new Relation.Scan(activity), user, time, step.options().string("period")),
                new Write.Replace()),
            StepKeys.concat(user, List.of("period"))));
  }

  private static void check(StepDefinition step) {
    StepKeys.writes(step, "growth_accounting", new Write.Replace());
    List<String> user = StepKeys.columns(step, "user");
    StepKeys.apart(step, "user", user, "the columns it adds", List.of("period", "status"));
  }
}
