package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A query. */
final class SqlKind implements StepKind {

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public String summary() {
    return "A query over any datasets makes one dataset";
  }

  @Override
  public List<Option> options() {
    return List.of(
        SqlText.SQL,
        SqlText.FILE,
        Option.optional(
            "dialect",
            OptionType.STRING,
            "",
            "The engine whose own SQL the query is in; portable SQL, for every engine, by default",
            "\"duckdb\""),
        Option.table(
            "dedupe",
            "Keep one row per key",
            "{ key = [\"customer_id\"], keep = \"last\", by = \"updated_at\" }",
            StepKeys.KEY,
            Option.choice("keep", "Which row is kept, in the order of by", "last", "first"),
            Option.required(
                "by",
                OptionType.STRING_LIST,
                "Columns of the query's result that order rows of one key",
                "\"updated_at\"")),
        IncrementalOption.ofSeveral(),
        Option.optional(
            "key",
            OptionType.STRING_LIST,
            "[]",
            "Columns that are unique in the result and never NULL; known already with a merge or"
                + " dedupe",
            "[\"order_id\"]"));
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    Relation query = query(step);
    List<TableId> inputs = inputs(step, tablesIn.apply(query));
    List<String> unused = key(step);
    Relation unusedToo = deduped(step, query);
    IncrementalOption.checkWrite(step);
    IncrementalOption.check(step, inputs);
    return inputs;
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    Relation query = query(step);
    List<TableId> reads = inputs(step, inputs.tablesIn(query));
    IncrementalOption.checkWrite(step);
    Write write = step.write() == null ? new Write.Replace() : step.write();
    return List.of(
        StepNode.of(
            new Instruction(step.into(), deduped(step, query), write),
            key(step),
            IncrementalOption.read(step, reads, inputs)));
  }

  private static Relation query(StepDefinition step) {
    String text = SqlText.of(step);
    Optional<String> dialect = step.options().optional("dialect", String.class);
    if (dialect.isPresent()) {
      if (step.options().table("dedupe").isPresent()) {
        throw StepProblem.options(
            step,
            "dedupe does not go with a query in " + dialect.get() + "'s own SQL",
            "write it into the query with ROW_NUMBER(), or remove dialect");
      }
      if (IncrementalOption.given(step)) {
        throw StepProblem.options(
            step,
            "incremental does not go with a query in " + dialect.get() + "'s own SQL",
            "write the query in portable SQL without dialect, or remove incremental");
      }
      return new Relation.NativeSql(dialect.get(), text);
    }
    if (!step.from().isEmpty()) {
      throw StepProblem.options(
          step, "it has from, and its query names what it reads", "remove from");
    }
    return new Relation.Sql(text);
  }

  private static List<TableId> inputs(StepDefinition step, List<TableId> named) {
    Set<TableId> inputs = new LinkedHashSet<>(named);
    inputs.addAll(step.from());
    inputs.remove(step.into());
    return List.copyOf(inputs);
  }

  private static Relation deduped(StepDefinition step, Relation query) {
    Optional<OptionValues> dedupe = step.options().table("dedupe");
    if (dedupe.isEmpty()) {
      return query;
    }
    List<String> by = dedupe.get().strings("by");
    List<String> key = dedupe.get().strings("key");
    if (key.isEmpty() || by.isEmpty()) {
      throw StepProblem.options(
          step,
          "dedupe needs key and by",
          "write dedupe = { key = [\"customer_id\"], keep = \"last\", by = \"updated_at\" }");
    }
    boolean descending =
        !dedupe.get().optional("keep", String.class).orElse("last").equals("first");
    return new Relation.Dedupe(
        query,
        key,
        by.stream().map(column -> new Order(Portable.name(column), descending)).toList());
  }

  private static List<String> key(StepDefinition step) {
    List<String> key = StepKeys.distinct(step, "key", step.options().strings("key"));
    List<String> merged = step.write() instanceof Write.Merge merge ? merge.key() : List.of();
    if (!key.isEmpty() && !merged.isEmpty() && !new HashSet<>(key).equals(new HashSet<>(merged))) {
      throw StepProblem.options(
          step,
          "key is " + String.join(", ", key) + ", and write merges by " + String.join(", ", merged),
          "remove key");
    }
    if (!merged.isEmpty() || !key.isEmpty()) {
      return merged.isEmpty() ? key : merged;
    }
    boolean whole = step.write() == null || step.write() instanceof Write.Replace;
    return whole
        ? step.options().table("dedupe").map(dedupe -> dedupe.strings("key")).orElse(List.of())
        : List.of();
  }
}
