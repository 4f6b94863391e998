package dev.leat.flow.plan;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.Rule;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.SqlCompiler;
import java.util.Collection;
import java.util.List;

/** The datasets that checks read besides the one that they check. */
public final class CheckInputs {
  private CheckInputs() {}

  /**
   * Other datasets than the one checked, each once.
   *
   * @param known the flow's datasets
   */
  public static List<TableId> of(List<CheckModel> checks, Collection<TableId> known) {
    return checks.stream()
        .flatMap(check -> of(check, known).stream().filter(t -> !t.equals(check.dataset())))
        .distinct()
        .toList();
  }

  private static List<TableId> of(CheckModel check, Collection<TableId> known) {
    return switch (check.rule()) {
      case Rule.Reference reference -> List.of(reference.table());
      case Rule.Reconcile reconcile -> List.of(reconcile.with());
      case Rule.Custom(String query) -> SqlCompiler.tables(new Relation.Sql(query), known);
      case Rule.NotNull _,
          Rule.Unique _,
          Rule.Accepted _,
          Rule.Range _,
          Rule.Pattern _,
          Rule.RowCount _,
          Rule.Freshness _,
          Rule.Contract _,
          Rule.Distribution _ ->
          List.of();
    };
  }
}
