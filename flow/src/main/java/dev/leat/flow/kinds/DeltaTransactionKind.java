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

/** Postings that sum, from a change feed. */
final class DeltaTransactionKind implements StepKind {
  static final String POSTING = "_leat_posting";

  @Override
  public String name() {
    return "delta_transaction";
  }

  @Override
  public String summary() {
    return "A change feed becomes postings that sum: new rows are posted, deleted ones reversed,"
        + " changed ones reversed and posted anew, so that totals always reconcile";
  }

  @Override
  public List<Option> options() {
    return List.of(
        StepKeys.KEY,
        Option.required("measures", OptionType.STRING_LIST, "The columns that sum", "[\"amount\"]"),
        Option.optional(
            "columns",
            OptionType.STRING_LIST,
            "",
            "The other columns of the feed to keep; all it compared by default",
            "[\"order_date\", \"customer_id\"]"),
        ChangeFeedKind.BATCH);
  }

  @Override
  public List<SystemColumn> systemColumns() {
    return List.of(
        new SystemColumn(
            POSTING, "VARCHAR", "post, or reverse for a row that takes an older one back"));
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    check(step);
    return List.of(StepKeys.from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    check(step);
    TableId feed = StepKeys.from(step);
    StepColumns known = new StepColumns(step, feed, inputs);
    List<String> key = StepKeys.columns(step, "key");
    List<String> measures = StepKeys.columns(step, "measures");
    List<String> named = step.options().strings("columns");
    String batch = step.options().string("batch");
    known.require(List.of(ChangeFeedKind.CHANGE)).require(key).require(List.of(batch));
    for (String column : StepKeys.concat(measures, named)) {
      known.require(List.of(column, ChangeFeedKind.OLD + column));
    }
    measures.forEach(measure -> known.requireNumber(measure));
    List<String> columns =
        named.isEmpty()
            ? known.others(measures).stream()
                .filter(column -> known.has(ChangeFeedKind.OLD + column))
                .toList()
            : named;
    return List.of(
        StepNode.of(
            new Instruction(
                step.into(),
                new Relation.DeltaTransaction(
                    new Relation.Scan(feed), batch, key, columns, measures),
                new Write.Append()),
            StepKeys.concat(key, List.of(batch, POSTING)),
            new Increment(feed, List.of(Portable.name(batch)), null, false)));
  }

  private static void check(StepDefinition step) {
    StepKeys.writes(step, "delta_transaction", new Write.Append());
    List<String> key = StepKeys.columns(step, "key");
    List<String> measures = StepKeys.columns(step, "measures");
    List<String> columns = StepKeys.distinct(step, "columns", step.options().strings("columns"));
    StepKeys.apart(step, "key", key, "measures", measures);
    StepKeys.apart(step, "key", key, "columns", columns);
    StepKeys.apart(step, "measures", measures, "columns", columns);
  }
}
