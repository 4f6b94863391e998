package dev.leat.flow.migration;

import dev.leat.spi.schema.TableId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A change of one dataset's columns, and the way back.
 *
 * @param id of what it does: equal for equal changes
 * @param dataset whose table is changed
 * @param changes for people
 * @param up statements that make it, run as one transaction
 * @param down statements that take it back, run as one transaction: the columns are those before,
 *     though perhaps in another order; a column that {@code up} dropped comes back empty
 * @param lostByUp what is lost by making it, for people
 * @param lostByDown what is lost by taking it back, for people
 * @param before the engine's types by column, as the table is before; empty if there is none
 * @param after the same afterwards
 */
public record Migration(
    String id,
    TableId dataset,
    List<String> changes,
    List<String> up,
    List<String> down,
    List<String> lostByUp,
    List<String> lostByDown,
    SortedMap<String, String> before,
    SortedMap<String, String> after) {
  public Migration {
    changes = List.copyOf(changes);
    up = List.copyOf(up);
    down = List.copyOf(down);
    lostByUp = List.copyOf(lostByUp);
    lostByDown = List.copyOf(lostByDown);
    before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
    after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
  }

  /** Whether taking it back gives every value back that was there before. */
  public boolean isReversible() {
    return lostByUp.isEmpty();
  }
}
