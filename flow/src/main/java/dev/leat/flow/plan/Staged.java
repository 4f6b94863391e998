package dev.leat.flow.plan;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.List;
import java.util.stream.Collectors;

/** Rows that are staged and not published yet. */
public final class Staged {
  private static final ErrorCode KEYS = new ErrorCode("STEP_KEY", ErrorCategory.DATA);
  private static final ErrorCode NO_DATASET =
      new ErrorCode("FLOW_NO_DATASET", ErrorCategory.CONFIG);

  private Staged() {}

  /** Rows of a table that are not published yet. */
  public static TableId of(TableId table) {
    return Staging.of(table);
  }

  /** A view of a table as it will be. */
  public static TableId prospect(TableId table) {
    return Staging.prospect(table);
  }

  /** The columns that a table will have, of a query whose columns only the engine knew. */
  public static List<Column> columns(NodePlan plan, List<Column> given) {
    List<Column> kept = StepPlanner.withoutMarker(given, plan.write());
    return plan.before().isEmpty() || plan.write() instanceof Write.Replace
        ? kept
        : ColumnPlan.of(plan.table(), plan.before(), kept, plan.step().onNewColumns());
  }

  /**
   * Makes sure that a merge finds at most one row per key.
   *
   * @throws LeatException category DATA if keys are NULL or occur twice
   */
  public static void verifyKeys(NodePlan plan, Engine engine, Dialect dialect) {
    if (!(plan.write() instanceof Write.Merge(List<String> key, String _))) {
      return;
    }
    String staging = dialect.quote(plan.staging());
    String columns = key.stream().map(dialect::quote).collect(Collectors.joining(", "));
    String isNull =
        key.stream()
            .map(column -> dialect.quote(column) + " IS NULL")
            .collect(Collectors.joining(" OR "));
    require(
        engine,
        "SELECT COUNT(*) FROM " + staging + " WHERE " + isNull,
        "%s rows of " + plan.node().name() + " have NULL in their key " + String.join(", ", key),
        "leave them out with a filter, or give them a key");
    require(
        engine,
        "SELECT COUNT(*) FROM (SELECT 1 AS x FROM "
            + staging
            + " GROUP BY "
            + columns
            + " HAVING COUNT(*) > 1) d",
        "%s keys of "
            + plan.node().name()
            + " occur more than once in the rows to merge ("
            + String.join(", ", key)
            + ")",
        "keep one row per key, for example with dedupe = { key = [\""
            + String.join("\", \"", key)
            + "\"], by = \"updated_at\" }");
  }

  private static void require(Engine engine, String query, String sentence, String fix) {
    String count = String.valueOf(engine.query(query, 1).rows().getFirst().getFirst());
    if (!count.equals("0")) {
      throw new LeatException(KEYS, sentence.formatted(count), fix);
    }
  }

  /** A dataset that nothing has. */
  public static LeatException noDataset(TableId dataset) {
    return new LeatException(
        NO_DATASET,
        "there is no dataset " + dataset,
        "correct its name; tables of a source are there after its first run");
  }
}
