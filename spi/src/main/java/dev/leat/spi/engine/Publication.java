package dev.leat.spi.engine;

import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.List;

/**
 * What becomes visible at once: staged rows, written into a dataset.
 *
 * @param target the dataset's table
 * @param staging the rows; the engine may take the table itself
 * @param write how
 * @param columns of the dataset after it, in order; the staged table has those, and the column that
 *     marks deleted rows of a merge
 * @param before the table's columns as they are; empty if it does not exist
 */
public record Publication(
    TableId target, TableId staging, Write write, List<Column> columns, List<Column> before) {
  public Publication {
    columns = List.copyOf(columns);
    before = List.copyOf(before);
  }

  public boolean exists() {
    return !before.isEmpty();
  }
}
