package dev.leat.library;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.TableState;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the table that a person means. */
public final class FlowTables {
  private static final ErrorCode UNKNOWN = new ErrorCode("TABLE_UNKNOWN", ErrorCategory.CONFIG);
  private static final ErrorCode AMBIGUOUS = new ErrorCode("TABLE_AMBIGUOUS", ErrorCategory.CONFIG);

  private final List<TableState> tables;

  public FlowTables(List<TableState> tables) {
    this.tables = tables;
  }

  /** The name at the destination of the table that {@link #find} finds. */
  public TableId atDestination(String name) {
    return find(name).destination();
  }

  /**
   * What {@code name} says: a name at the destination, else one at the source, else a table's bare
   * name if only one table has it.
   *
   * @throws LeatException if no table is meant, or more than one
   */
  public TableState find(String name) {
    for (Predicate<TableState> meant :
        List.<Predicate<TableState>>of(
            t -> t.destination().toString().equals(name),
            t -> t.table().toString().equals(name),
            t -> t.destination().table().equals(name),
            t -> t.table().table().equals(name))) {
      List<TableState> found = tables.stream().filter(meant).toList();
      if (found.size() == 1) {
        return found.getFirst();
      }
      if (found.size() > 1) {
        throw new LeatException(
            AMBIGUOUS,
            name + " could be " + list(found.stream().map(TableState::destination).toList()),
            "write the name with its schema");
      }
    }
    throw new LeatException(
        UNKNOWN,
        "the flow has no table " + name,
        tables.isEmpty()
            ? "no table was replicated yet; start with `leat run`"
            : "its tables are " + list(tables.stream().map(TableState::destination).toList()));
  }

  private static String list(List<TableId> ids) {
    return ids.stream().limit(20).map(TableId::toString).collect(Collectors.joining(", "))
        + (ids.size() > 20 ? " and " + (ids.size() - 20) + " more" : "");
  }
}
