package dev.leat.spi.kind;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of step, such as {@code scd2}. Turns what stands in {@code [step.NAME]} into datasets and
 * instructions, and knows nothing of engines. Safe for use by several threads; has no state.
 */
public interface StepKind {

  /** What stands in {@code kind = "…"}: lower-case letters, digits and underscores. */
  String name();

  /** One line for people. */
  String summary();

  /** The keys this kind understands in {@code [step.NAME]}, besides those that every step has. */
  List<Option> options();

  /** The columns that it adds to what it reads, for documentation. */
  default List<SystemColumn> systemColumns() {
    return List.of();
  }

  /**
   * Whether its steps make a dataset that {@code into} has to name. For those that do not, a step
   * without {@code into} is known as {@code KIND.STEP}.
   */
  default boolean makesDataset() {
    return true;
  }

  /** The datasets that a step makes, known before anything is connected. */
  default List<TableId> outputs(StepDefinition step) {
    return makesDataset() ? List.of(step.into()) : List.of();
  }

  /**
   * The datasets that a step reads and does not make itself, known before anything is connected.
   *
   * @param tablesIn the tables named in a query; throws as {@link StepInputs#tablesIn} does
   * @throws dev.leat.spi.error.LeatException category CONFIG if the options do not go together
   */
  List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn);

  /**
   * What the step does, one node per dataset that it makes, each able to read those before it.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if the options do not go together or
   *     do not fit the inputs
   */
  List<StepNode> expand(StepDefinition step, StepInputs inputs);
}
