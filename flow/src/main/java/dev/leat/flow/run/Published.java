package dev.leat.flow.run;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.List;

/**
 * A dataset whose rows have just become visible.
 *
 * @param table its table, in an environment that one's
 * @param step that made it
 * @param description the step's; may be empty
 * @param engine where it is, by its name in the flow
 * @param columns as the engine has them; whether they may be NULL as the query says
 * @param key columns that are unique and not NULL; empty if none are known
 * @param anew whether all rows are from now, so that nothing is there of how it was before
 */
public record Published(
    TableId table,
    String step,
    String description,
    String engine,
    List<Column> columns,
    List<String> key,
    boolean anew) {
  public Published {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }
}
