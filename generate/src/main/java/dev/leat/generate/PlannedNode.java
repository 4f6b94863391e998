package dev.leat.generate;

import dev.leat.flow.model.StepModel;
import dev.leat.flow.plan.NodePlan;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table that a step makes, planned for the states that it may be in.
 *
 * @param first as long as there is no table: of all that it reads
 * @param again with the table, but without a watermark
 * @param next with the table and a watermark; as {@code again} where there is none
 * @param progress how far it reads its input; empty for all of it
 * @param previous datasets that are read as they were before the step
 */
public record PlannedNode(
    NodePlan first,
    NodePlan again,
    NodePlan next,
    Optional<Progress> progress,
    Set<TableId> previous) {

  /**
   * How far a node has read.
   *
   * @param highest a query for the highest values there are in the input, one row or none
   * @param types of its columns
   */
  public record Progress(String highest, List<LogicalType> types) {}

  public StepModel step() {
    return first.step();
  }

  public TableId dataset() {
    return first.node().name();
  }

  /** Its columns; empty where only the engine knows. */
  public List<Column> columns() {
    return first.columns();
  }

  /** How its rows come to those that are there. */
  public Write write() {
    return next.write();
  }

  /** Whether rows that are there are kept. */
  public boolean keepsRows() {
    return !(write() instanceof Write.Replace);
  }

  /** The query in one of the states. */
  public static String sql(NodePlan plan) {
    return plan.query().orElseThrow().sql();
  }
}
