package dev.leat.flow.plan;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the columns that a table has with those that a step gives. */
final class Shapes {
  private static final ErrorCode MANUAL = new ErrorCode("STEP_MIGRATION", ErrorCategory.CONFIG);

  private Shapes() {}

  /** Whether each run makes the table anew. */
  static boolean isReplaced(NodePlan plan) {
    return plan.node().work() instanceof StepWork.Make(Instruction made)
        && made.write() instanceof Write.Replace;
  }

  /** Whether a column that is there stays as it is, though the query's type may be another. */
  static boolean keepsType(NodePlan plan, Column there, Column query, Dialect dialect) {
    return dialect.type(there.type()).equals(dialect.type(query.type()))
        || (!isReplaced(plan) && ColumnPlan.holds(there.type(), query.type()));
  }

  /**
   * Refuses a change of columns, which is to be made by {@code leat migrate}.
   *
   * @throws LeatException category CONFIG if the table would have other columns afterwards
   */
  static void requireSame(TableId table, List<Column> before, List<Column> after, Dialect dialect) {
    Map<String, String> types = new LinkedHashMap<>();
    before.forEach(column -> types.put(column.name(), dialect.type(column.type())));
    List<String> changed = new ArrayList<>();
    for (Column column : after) {
      String type = types.remove(column.name());
      if (!dialect.type(column.type()).equals(type)) {
        changed.add(column.name() + (type == null ? " is new" : " has another type"));
      }
    }
    types.keySet().forEach(name -> changed.add(name + " is gone"));
    if (!changed.isEmpty()) {
      throw new LeatException(
          MANUAL,
          "the columns of %s would change, and runs do not change columns here: %s"
              .formatted(table, String.join(", ", changed)),
          "look at `leat migrate plan` and make the change with `leat migrate apply`");
    }
  }
}
