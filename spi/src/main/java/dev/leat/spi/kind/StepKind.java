package dev.leat.spi.kind;

import dev.leat.spi.plugin.Option;
import java.util.List;

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

  /**
   * The datasets that a step reads, known before anything is connected.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if the options do not go together
   */
  List<dev.leat.spi.schema.TableId> inputs(StepDefinition step);

  /**
   * What the step makes, one node per dataset, each able to read those before it.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if the options do not go together or
   *     do not fit the inputs
   */
  List<StepNode> expand(StepDefinition step, StepInputs inputs);
}
