package dev.leat.flow.plan;

import dev.leat.flow.engine.Workspace;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import dev.leat.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the rows that a step's query gives now, from all that it reads, differ from those in its
 * table.
 *
 * @param added rows that are not in the table; those with a key that the table does not have
 * @param removed rows that are in the table only
 * @param changed rows with a key that both have and other values; 0 if no key is known
 * @param columns those that were compared: what both have
 */
public record RowChanges(long added, long removed, long changed, List<String> columns) {
  public RowChanges {
    columns = List.copyOf(columns);
  }

  /**
   * Counts at the engine, by reading both in full.
   *
   * @return empty if there is nothing to compare: no table yet, no query, an input that does not
   *     exist yet, or a query that reads its own table
   * @throws dev.leat.spi.error.LeatException if the query fails
   */
  public static Optional<RowChanges> count(
      NodePlan plan, Workspace workspace, StepPlanner planner) {
    if (!(plan.node().work() instanceof StepWork.Make(var made))
        || plan.before().isEmpty()
        || plan.query().isEmpty()) {
      return Optional.empty();
    }
    Relation whole = made.query();
    Engine engine = workspace.engines().engine(plan.engine());
    List<TableId> inputs = SqlCompiler.tables(whole, workspace.names());
    boolean missing =
        inputs.stream()
            .anyMatch(input -> engine.columns(workspace.placeAt(plan.engine(), input)).isEmpty());
    if (missing || inputs.contains(plan.node().name())) {
      return Optional.empty();
    }
    var query = planner.compiler(plan.engine(), Map.of()).compile(whole);
    List<Column> given =
        query.columns().isEmpty() ? engine.columnsOf(query.sql()) : query.columns();
    Set<String> there = plan.before().stream().map(Column::name).collect(Collectors.toSet());
    List<Column> both = given.stream().filter(column -> there.contains(column.name())).toList();
    if (both.isEmpty()) {
      return Optional.empty();
    }
    Dialect dialect = workspace.engines().connector(plan.engine()).dialect();
    List<@Nullable String> counts =
        engine.query(sql(plan, query.sql(), both, dialect), 1).rows().getFirst();
    return Optional.of(
        new RowChanges(
            number(counts.get(0)),
            number(counts.get(1)),
            number(counts.get(2)),
            both.stream().map(Column::name).toList()));
  }

  private static long number(@Nullable String count) {
    return count == null ? 0 : Long.parseLong(count);
  }

  private static String sql(NodePlan plan, String query, List<Column> columns, Dialect dialect) {
    List<String> names = columns.stream().map(Column::name).toList();
    boolean keyed = !plan.node().key().isEmpty() && names.containsAll(plan.node().key());
    List<String> values = new ArrayList<>();
    List<String> aliases = new ArrayList<>();
    for (Column column : columns) {
      String alias = dialect.quote("v" + aliases.size());
      boolean comparable = column.type() != Primitive.JSON;
      values.add(
          "CAST(%s AS %s) AS %s"
              .formatted(
                  dialect.quote(column.name()),
                  dialect.type(comparable ? column.type() : Primitive.TEXT),
                  alias));
      aliases.add(alias);
    }
    String all = String.join(", ", aliases);
    String one = String.join(", ", values);
    String sides =
        "SELECT %s, 1 AS n, 0 AS o FROM (%s\n) q%s UNION ALL SELECT %s, 0 AS n, 1 AS o FROM %s t"
            .formatted(one, query, kept(plan.write(), dialect), one, dialect.quote(plan.table()));
    String rows =
        "SELECT %s, SUM(n) - SUM(o) AS d FROM (%s) s GROUP BY %s HAVING SUM(n) <> SUM(o)"
            .formatted(all, sides, all);
    String group =
        keyed
            ? plan.node().key().stream()
                .map(key -> aliases.get(names.indexOf(key)))
                .collect(Collectors.joining(", "))
            : all;
    String groups =
        ("SELECT SUM(CASE WHEN d > 0 THEN d ELSE 0 END) AS a, SUM(CASE WHEN d < 0 THEN -d ELSE 0"
                + " END) AS r FROM (%s) x GROUP BY %s")
            .formatted(rows, group);
    return ("SELECT CAST(SUM(CASE WHEN a > r THEN a - r ELSE 0 END) AS %1$s), CAST(SUM(CASE WHEN r >"
            + " a THEN r - a ELSE 0 END) AS %1$s), CAST(SUM(CASE WHEN a < r THEN a ELSE r END) AS"
            + " %1$s) FROM (%2$s) y")
        .formatted(dialect.type(Primitive.INT64), groups);
  }

  private static String kept(Write write, Dialect dialect) {
    return write instanceof Write.Merge(List<String> _, String deleted) && deleted != null
        ? " WHERE NOT COALESCE(" + dialect.quote(deleted) + ", FALSE)"
        : "";
  }
}
