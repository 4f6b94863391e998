package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows that keep the rules, and the others. */
final class ParkKind implements StepKind {
  static final String REASON = "_leat_reason";
  static final String PARKED_AT = "_leat_parked_at";

  @Override
  public String name() {
    return "park";
  }

  @Override
  public String summary() {
    return "Rows that break a rule are parked with the reason, the others go on; with incremental,"
        + " parked rows are tried again in each run until they pass or a newer row of their key comes";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required(
            "rules",
            OptionType.STRING_MAP,
            "Conditions that have to be true of a row, by the reason to give if they are not; NULL"
                + " is not true",
            "{ \"negative amount\" = \"amount >= 0\", \"no customer\" = \"customer_id IS NOT NULL\" }"),
        Option.required(
            "parked",
            OptionType.STRING,
            "The dataset for rows that break a rule",
            "\"silver.orders_parked\""),
        Option.optional(
            "key",
            OptionType.STRING_LIST,
            "[]",
            "Columns that are unique in the input and never NULL; known already with a merge",
            "[\"order_id\"]"),
        IncrementalOption.ofOne());
  }

  @Override
  public List<SystemColumn> systemColumns() {
    return List.of(
        new SystemColumn(
            REASON, "VARCHAR", "of parked rows: the rules that are broken, joined by commas"),
        new SystemColumn(
            PARKED_AT,
            "TIMESTAMP WITH TIME ZONE",
            "of parked rows: the run that parked them first"));
  }

  @Override
  public List<TableId> outputs(StepDefinition step) {
    return List.of(step.into(), parked(step));
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    check(step);
    return List.of(StepKeys.from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    check(step);
    TableId from = StepKeys.from(step);
    TableId parked = parked(step);
    Map<String, String> rules = step.options().map("rules");
    StepColumns columns = new StepColumns(step, from, inputs);
    columns.require(key(step)).refuse(REASON, "into").refuse(PARKED_AT, "into");
    @Nullable Increment increment = IncrementalOption.read(step, List.of(from), inputs);
    Relation rows = rows(step, columns, from, parked, increment, inputs);
    String passes =
        rules.values().stream()
            .map(condition -> "(" + condition + ")")
            .collect(Collectors.joining(" AND "));
    Relation good =
        new Relation.Select(
            new Relation.Filter(rows, passes), StepColumns.projections(columns.names()));
    List<Projection> withReason = new ArrayList<>(StepColumns.projections(columns.names()));
    withReason.add(new Projection(REASON, reason(rules)));
    withReason.add(new Projection(PARKED_AT, Portable.name(PARKED_AT)));
    Relation bad =
        new Relation.Select(
            new Relation.Filter(rows, "NOT " + Portable.decided(passes)), withReason);
    Write write = step.write() == null ? new Write.Replace() : step.write();
    return List.of(
        StepNode.of(new Instruction(step.into(), good, write), key(step), increment),
        StepNode.of(new Instruction(parked, bad, new Write.Replace()), key(step), increment));
  }

  /** What is to be judged, with the time when it was parked or would be. */
  private static Relation rows(
      StepDefinition step,
      StepColumns columns,
      TableId from,
      TableId parked,
      @Nullable Increment increment,
      StepInputs inputs) {
    List<Projection> stamped = new ArrayList<>(StepColumns.projections(columns.names()));
    stamped.add(new Projection(PARKED_AT, Portable.instant(inputs.now())));
    if (increment == null) {
      return new Relation.Select(new Relation.Scan(from), stamped);
    }
    List<String> key = key(step);
    Relation latest =
        new Relation.Dedupe(
            new Relation.Scan(from),
            key,
            increment.columns().stream().map(Order::descending).toList());
    Relation arrived = new Relation.Select(latest, stamped);
    if (!inputs.exists(parked)) {
      return arrived;
    }
    List<String> wanted = StepKeys.concat(columns.names(), List.of(PARKED_AT));
    Relation again =
        new Relation.Join(
            new Relation.Scan(parked),
            new Relation.Scan(from),
            JoinType.ANTI,
            Portable.sameKey(key),
            List.of());
    return new Relation.Union(
        List.of(
            arrived,
            columns.filledUp(again, new StepColumns(step, parked, inputs).names(), wanted)),
        false);
  }

  private static String reason(Map<String, String> rules) {
    String all =
        rules.entrySet().stream()
            .map(
                rule ->
                    "CASE WHEN ("
                        + rule.getValue()
                        + ") THEN '' ELSE "
                        + Portable.text(", " + rule.getKey())
                        + " END")
            .collect(Collectors.joining(" || "));
    return "SUBSTRING(" + all + " FROM 3)";
  }

  private static TableId parked(StepDefinition step) {
    String written = step.options().string("parked");
    try {
      TableId parked = TableId.parse(written);
      if (parked.equals(step.into()) || step.from().contains(parked)) {
        throw StepProblem.options(
            step,
            "parked names a dataset that it also reads or makes",
            "give it a name of its own");
      }
      return parked;
    } catch (IllegalArgumentException e) {
      throw StepProblem.options(
          step,
          "parked does not name a dataset",
          "write it with its schema, such as parked = \"silver.orders_parked\"");
    }
  }

  private static List<String> key(StepDefinition step) {
    return step.write() instanceof Write.Merge merge ? merge.key() : step.options().strings("key");
  }

  private static void check(StepDefinition step) {
    TableId from = StepKeys.from(step);
    TableId unused = parked(step);
    if (step.options().map("rules").isEmpty()) {
      throw StepProblem.options(
          step, "it has no rules", "write rules = { \"negative amount\" = \"amount >= 0\" }");
    }
    List<String> key = StepKeys.distinct(step, "key", step.options().strings("key"));
    if (step.write() instanceof Write.Merge && !key.isEmpty()) {
      throw StepProblem.options(step, "key and the key of write say the same", "remove key");
    }
    IncrementalOption.check(step, List.of(from));
    if (!IncrementalOption.given(step)) {
      StepKeys.writes(step, "park without incremental", new Write.Replace());
    } else if (!(step.write() instanceof Write.Merge)) {
      throw StepProblem.options(
          step,
          "it is incremental and does not merge, so that a row tried again could come twice",
          "add write = { mode = \"merge\", key = [\"order_id\"] }");
    }
  }
}
