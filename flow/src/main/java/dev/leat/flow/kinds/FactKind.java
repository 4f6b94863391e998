package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Facts with the surrogate keys of their dimensions. */
final class FactKind implements StepKind {

  @Override
  public String name() {
    return "fact";
  }

  @Override
  public String summary() {
    return "Rows get the surrogate keys of their dimensions, as of a time or as they are now; -1"
        + " where there is no such member";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required(
            "lookup",
            OptionType.STRING_MAP,
            "Each new column with the dimension, the columns to compare, and the time at which a"
                + " version has to hold; without at the current one",
            "{ customer_sk = \"gold.dim_customer on customer_id at ordered_at\" }"),
        Option.optional(
            "columns",
            OptionType.STRING_LIST,
            "",
            "The columns of the input to keep; by default all but Leat's own",
            "[\"order_id\", \"ordered_at\", \"amount\"]"),
        Option.optional(
            "key",
            OptionType.STRING_LIST,
            "[]",
            "Columns that are unique in the result and never NULL; known already with a merge",
            "[\"order_id\"]"),
        IncrementalOption.ofOne());
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    TableId from = StepKeys.from(step);
    check(step, from);
    List<TableId> inputs = new ArrayList<>(List.of(from));
    for (DimensionLookup lookup : lookups(step)) {
      if (!inputs.contains(lookup.dimension())) {
        inputs.add(lookup.dimension());
      }
    }
    return inputs;
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    TableId from = StepKeys.from(step);
    check(step, from);
    StepColumns known = new StepColumns(step, from, inputs);
    List<String> named = step.options().strings("columns");
    known.require(named);
    List<String> kept = named.isEmpty() ? known.others(List.of()) : named;
    List<String> carried = new ArrayList<>(known.names());
    Relation facts = new Relation.Scan(from);
    List<String> added = new ArrayList<>();
    for (DimensionLookup lookup : lookups(step)) {
      known.require(lookup.on().keySet()).refuse(lookup.column(), "lookup");
      if (lookup.at() != null) {
        known.require(List.of(lookup.at())).requireTime(lookup.at());
      }
      facts = lookup.join(facts, carried, step, inputs, known);
      carried.add(lookup.column());
      added.add(lookup.column());
    }
    List<String> key =
        step.write() instanceof Write.Merge merge ? merge.key() : step.options().strings("key");
    Write write = step.write() == null ? new Write.Replace() : step.write();
    return List.of(
        StepNode.of(
            new Instruction(
                step.into(),
                new Relation.Select(facts, StepColumns.projections(StepKeys.concat(kept, added))),
                write),
            key,
            IncrementalOption.read(step, List.of(from), inputs)));
  }

  private static List<DimensionLookup> lookups(StepDefinition step) {
    List<DimensionLookup> lookups =
        step.options().map("lookup").entrySet().stream()
            .map(entry -> DimensionLookup.parse(step, entry.getKey(), entry.getValue()))
            .toList();
    if (lookups.isEmpty()) {
      throw StepProblem.options(
          step,
          "lookup is empty",
          "write lookup = { customer_sk = \"" + DimensionLookup.SYNTAX + "\" }");
    }
    return lookups;
  }

  private static void check(StepDefinition step, TableId from) {
    List<String> unused = StepKeys.distinct(step, "columns", step.options().strings("columns"));
    if (step.write() instanceof Write.Merge && !step.options().strings("key").isEmpty()) {
      throw StepProblem.options(step, "key and the key of write say the same", "remove key");
    }
    IncrementalOption.checkWrite(step);
    IncrementalOption.check(step, List.of(from));
  }
}
