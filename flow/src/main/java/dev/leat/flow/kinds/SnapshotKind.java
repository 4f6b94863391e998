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
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.function.Function;

/** A dataset as it was, over and over. */
final class SnapshotKind implements StepKind {

  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public String summary() {
    return "All rows as they are, kept per day, hour or other period; the last run of a period counts";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.optional(
            "column",
            OptionType.STRING,
            "\"snapshot_date\"",
            "The column that is added and says of which period the rows are",
            "\"seen_on\""),
        Option.choice(
            "period",
            "How often a snapshot is kept; its beginning, in UTC, is in the column: a timestamp for"
                + " hours, else a date",
            "day",
            "hour",
            "week",
            "month"),
        Option.optional(
            "key",
            OptionType.STRING_LIST,
            "[]",
            "Columns that are unique in the input and never NULL",
            "[\"product_id\"]"));
  }

  @Override
  public List<SystemColumn> systemColumns() {
    return List.of(
        new SystemColumn("SNAPSHOT_DATE", "DATE or TIMESTAMP", "the period's beginning, in UTC"));
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
    String column = step.options().string("column");
    List<String> key = step.options().strings("key");
    StepColumns unused = new StepColumns(step, table, inputs).require(key).refuse(column, "column");
    return List.of(
        StepNode.of(
            new Instruction(
                step.into(),
                new Relation.Snapshot(
                    new Relation.Scan(table),
                    column,
                    beginning(step.options().string("period"), inputs.now())),
                new Write.ReplacePartition(column)),
            key.isEmpty() ? List.of() : StepKeys.concat(key, List.of(column))));
  }

  private static String beginning(String period, Instant now) {
    LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return switch (period) {
      case "hour" -> Portable.timestamp(now.truncatedTo(ChronoUnit.HOURS));
      case "week" -> Portable.date(date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case "month" -> Portable.date(date.withDayOfMonth(1));
      default -> Portable.date(date);
    };
  }

  private static void check(StepDefinition step) {
    StepKeys.writes(step, "snapshot", new Write.ReplacePartition(step.options().string("column")));
    List<String> unused = StepKeys.distinct(step, "key", step.options().strings("key"));
  }
}
