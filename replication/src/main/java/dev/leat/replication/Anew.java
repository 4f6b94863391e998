package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableState;
import java.util.List;

/** Has a replication begin again: what is remembered is that it was there, and nothing else. */
public final class Anew {
  private Anew() {}

  /**
   * Forgets the stream and how far the tables are. The next run makes another stream, in place of
   * the one that may still be there, and copies all tables; until then the destination stays as it
   * is. To be called by the holder of the flow's lease.
   *
   * @return how many tables that concerns
   */
  public static int begin(StateStore store, String replication) {
    if (store.replication(replication).isEmpty()) {
      return 0;
    }
    // First, so that a run that finds tables in any state knows that there is no stream.
    store.saveReplication(new ReplicationState(replication, null, Position.START, Position.START));
    List<TableState> tables = store.tables(replication);
    for (TableState table : tables) {
      store.deleteSchemas(replication, table.table());
      store.saveTable(replication, TableState.initial(table.table(), table.destination()));
    }
    return tables.size();
  }
}
