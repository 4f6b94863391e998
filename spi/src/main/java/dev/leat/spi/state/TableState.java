package dev.leat.spi.state;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.CopyPlan;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one table of a replication.
 *
 * @param table at the source
 * @param destination at the destination
 * @param phase where it is on its way
 * @param plan how its copy is divided; null before the copy began
 * @param copiedFrom changes before this are in the copy and are skipped; null if nothing may be
 *     skipped
 * @param consistentFrom the table equals its source from this position on; before it, changes
 *     overlap the copy
 * @param rows rows copied so far
 * @param error set if and only if the phase is {@link TablePhase#ERRORED}
 */
public record TableState(
    TableId table,
    TableId destination,
    TablePhase phase,
    @Nullable CopyPlan plan,
    @Nullable Position copiedFrom,
    @Nullable Position consistentFrom,
    long rows,
    @Nullable TableError error) {

  public TableState {
    if ((phase == TablePhase.ERRORED) != (error != null)) {
      throw new IllegalArgumentException(
          table + ": an error goes with the phase ERRORED and with no other, found " + phase);
    }
  }

  public static TableState initial(TableId table, TableId destination) {
    return new TableState(table, destination, TablePhase.INIT, null, null, null, 0, null);
  }

  public TableState in(TablePhase newPhase) {
    return new TableState(
        table, destination, newPhase, plan, copiedFrom, consistentFrom, rows, null);
  }

  public TableState errored(TableError reason) {
    return new TableState(
        table, destination, TablePhase.ERRORED, plan, copiedFrom, consistentFrom, rows, reason);
  }

  public TableState withRows(long newRows) {
    return new TableState(
        table, destination, phase, plan, copiedFrom, consistentFrom, newRows, error);
  }

  /** The copy begins, or is continued, by {@code newPlan}. */
  public TableState copying(
      CopyPlan newPlan, @Nullable Position newCopiedFrom, Position newConsistentFrom) {
    return new TableState(
        table,
        destination,
        TablePhase.COPYING,
        newPlan,
        newCopiedFrom,
        newConsistentFrom,
        rows,
        null);
  }
}
