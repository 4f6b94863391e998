package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.state.SchemaStore;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.TableState;
import java.util.Collection;

/** What shapes tables have at the destination, which may be behind the source by many changes. */
final class Targets {
  private Targets() {}

  /**
   * Gives every table that was copied the shape it had where progress is, whatever it is at the
   * source by now.
   *
   * @param progress what the destination has made durable
   */
  static void restore(
      String replication,
      Collection<ReplicatedTable> tables,
      SchemaStore store,
      Position progress) {
    for (ReplicatedTable table : tables) {
      TableState state = table.state();
      switch (state.phase()) {
        case COPIED, CATCHING_UP, STREAMING, PAUSED, ERRORED -> {
          Position copied = state.copiedFrom();
          store
              .schemaAt(
                  replication,
                  table.id(),
                  copied == null ? progress : Position.max(progress, copied))
              .ifPresent(version -> table.target(table.target().withSchema(version.schema())));
        }
        case INIT, COPYING -> {}
      }
    }
  }

  /** Notes the shape that a table has from a position on. */
  static void save(String replication, SchemaStore store, ReplicatedTable table, Position from) {
    store.saveSchema(replication, new SchemaVersion(from, table.target().schema()));
  }
}
