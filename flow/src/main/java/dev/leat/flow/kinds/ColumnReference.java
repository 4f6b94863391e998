package dev.leat.flow.kinds;

import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.schema.TableId;

/** A column of a dataset, written as {@code silver.orders.customer_id}. */
record ColumnReference(TableId table, String column) {

  static ColumnReference parse(StepDefinition step, String option, String text) {
    int dot = text.lastIndexOf('.');
    if (dot > 0 && dot < text.length() - 1) {
      try {
        return new ColumnReference(TableId.parse(text.substring(0, dot)), text.substring(dot + 1));
      } catch (IllegalArgumentException e) {
        throw problem(step, option, text);
      }
    }
    throw problem(step, option, text);
  }

  private static RuntimeException problem(StepDefinition step, String option, String text) {
    return StepProblem.options(
        step,
        option + " does not name a column: " + text,
        "write it as dataset.column, such as " + option + " = \"silver.orders.customer_id\"");
  }
}
