package dev.leat.replication;

import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.TableState;
import org.jspecify.annotations.Nullable;

/**
 * A table that the flow names, as it is at the source now.
 *
 * @param target what becomes of it
 * @param estimatedRows or -1
 * @param estimatedBytes or -1
 */
record FoundTable(TableTarget target, long estimatedRows, long estimatedBytes) {
  TableId id() {
    return target.schema().table();
  }

  /**
   * @param known its state; null if it has none
   */
  ReplicatedTable replicated(@Nullable TableState known) {
    return new ReplicatedTable(
        target,
        estimatedRows,
        estimatedBytes,
        known == null ? TableState.initial(id(), target.table()) : known);
  }
}
