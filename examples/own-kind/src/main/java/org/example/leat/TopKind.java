package org.example.leat;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.SystemColumn;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.PortableSql;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of each group that are highest by a column, with their rank. Knows nothing of engines:
 * it says what is wanted as a {@link Relation}, whose expressions are portable SQL.
 */
final class TopKind implements StepKind {
  private static final String RANK = "_leat_rank";
  private static final ErrorCode OPTIONS = new ErrorCode("TOP_OPTIONS", ErrorCategory.CONFIG);

  @Override
  public String name() {
    return "top";
  }

  @Override
  public String summary() {
    return "The rows of each group that are highest by a column, with their rank";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required(
            "per", OptionType.STRING_LIST, "The columns that make a group", "[\"region\"]"),
        Option.required("by", OptionType.STRING, "The column that is compared", "\"amount\""),
        Option.optional("rows", OptionType.INTEGER, "10", "How many rows of each group", "3"));
  }

  @Override
  public List<SystemColumn> systemColumns() {
    return List.of(new SystemColumn(RANK, "BIGINT", "1 for the highest row of its group"));
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    return List.of(from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    TableId from = from(step);
    List<String> per = step.options().strings("per");
    String by = step.options().string("by");
    List<String> columns = inputs.columns(from).stream().map(Column::name).toList();
    List<String> wanted = new ArrayList<>(per);
    wanted.add(by);
    for (String column : wanted) {
      if (!columns.contains(column)) {
        throw problem(
            step, from + " has no column " + column, "choose of " + String.join(", ", columns));
      }
    }
    String rank =
        "ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s DESC)"
            .formatted(
                per.stream().map(PortableSql::name).collect(Collectors.joining(", ")),
                PortableSql.name(by));
    Relation ranked =
        new Relation.Window(new Relation.Scan(from), List.of(new Projection(RANK, rank)));
    Relation top =
        new Relation.Filter(
            ranked, PortableSql.name(RANK) + " <= " + step.options().integer("rows"));
    Write write = step.write() == null ? new Write.Replace() : step.write();
    return List.of(StepNode.of(new Instruction(step.into(), top, write), List.of()));
  }

  private static TableId from(StepDefinition step) {
    if (step.from().size() != 1) {
      throw problem(step, "it reads one dataset", "write from = \"silver.sales\"");
    }
    return step.from().getFirst();
  }

  private static LeatException problem(StepDefinition step, String sentence, String fix) {
    return new LeatException(OPTIONS, "step " + step.name() + ": " + sentence, fix)
        .with("step", step.name());
  }
}
