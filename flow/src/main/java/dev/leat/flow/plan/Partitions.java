package dev.leat.flow.plan;

import dev.leat.flow.engine.Workspace;
import dev.leat.flow.model.StepModel;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.TableId;
import java.time.LocalDate;
import java.util.List;

/**
 * The partitions that a step makes at a time.
 *
 * @param relation their rows
 * @param write replaces them, those that get no rows too
 */
record Partitions(Relation relation, Write.ReplacePartition write) {

  /** The partitions of one unit. */
  static Partitions of(Unit unit, Relation relation, String column) {
    String name = Portable.name(column);
    return new Partitions(
        new Relation.Filter(
            relation,
            "%s >= DATE '%s' AND %s < DATE '%s'".formatted(name, unit.from(), name, unit.to())),
        new Write.ReplacePartition(column, unit.from(), unit.to()));
  }

  /**
   * As far back as the step looks from the newest partition that it has made; all that the query
   * gives if it does not say how far.
   */
  static Partitions newest(
      StepModel step,
      Relation relation,
      String column,
      Workspace workspace,
      String engine,
      TableId table,
      List<String> notes) {
    Partitions all = new Partitions(relation, new Write.ReplacePartition(column));
    if (step.lookback().isEmpty()) {
      return all;
    }
    var dialect = workspace.engines().connector(engine).dialect();
    String newest =
        workspace
            .engines()
            .engine(engine)
            .query("SELECT MAX(" + dialect.quote(column) + ") FROM " + dialect.quote(table), 1)
            .rows()
            .getFirst()
            .getFirst();
    if (newest == null) {
      return all;
    }
    LocalDate from =
        LocalDate.parse(newest.substring(0, 10)).minusDays(step.lookback().get().toDays());
    notes.add("makes partitions again from " + from);
    String name = Portable.name(column);
    return new Partitions(
        new Relation.Filter(
            relation, "(%s >= DATE '%s' OR %s IS NULL)".formatted(name, from, name)),
        new Write.ReplacePartition(column, from, null));
  }
}
