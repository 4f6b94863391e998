package dev.leat.postgres.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a table is replicated.
 *
 * @param columns their names; null for all
 * @param rowFilter a condition in SQL; null for all rows
 */
public record TablePart(@Nullable List<String> columns, @Nullable String rowFilter) {
  /** Everything of a table. */
  public static final TablePart WHOLE = new TablePart(null, null);
}
