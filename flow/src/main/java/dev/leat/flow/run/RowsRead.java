package dev.leat.flow.run;

import dev.leat.flow.engine.Workspace;
import dev.leat.flow.plan.NodePlan;
import dev.leat.flow.plan.StepPlanner;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the rows that a step reads: of a dataset that is read in part, those of that part. */
final class RowsRead {
  private RowsRead() {}

  static long count(NodePlan plan, Workspace workspace, StepPlanner planner, Engine engine) {
    Dialect dialect = workspace.engines().connector(plan.engine()).dialect();
    Relation relation = plan.relation().orElseThrow();
    long rows = 0;
    for (TableId input : plan.inputs()) {
      String condition = condition(relation, input);
      String sql =
          condition == null
              ? "SELECT COUNT(*) FROM " + dialect.quote(workspace.placeAt(plan.engine(), input))
              : planner
                  .compiler(plan.engine(), Map.of())
                  .compile(
                      new Relation.Aggregate(
                          new Relation.Filter(new Relation.Scan(input), condition),
                          List.of(),
                          List.of(new Projection("rows_read", "COUNT(*)"))))
                  .sql();
      rows +=
          Long.parseLong(Objects.requireNonNull(engine.query(sql, 1).rows().getFirst().getFirst()));
    }
    return rows;
  }

  /** What a row of an input has to be to be read; null for all. */
  private static @Nullable String condition(Relation relation, TableId input) {
    return switch (relation) {
      case Relation.Restrict(Relation _, TableId table, String condition)
          when table.equals(input) ->
          condition;
      case Relation.Restrict(Relation inner, TableId _, String _) -> condition(inner, input);
      // The partitions of a step are chosen around it.
      case Relation.Filter(Relation inner, String _) -> condition(inner, input);
      default -> null;
    };
  }
}
