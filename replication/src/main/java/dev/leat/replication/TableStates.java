package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableError;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of a replication; every change of state is saved before it counts. Safe for several
 * threads.
 */
final class TableStates {
  private static final Logger log = LoggerFactory.getLogger(TableStates.class);

  private final String replication;
  private final StateStore store;
  private final Map<TableId, ReplicatedTable> tables = new ConcurrentSkipListMap<>();

  TableStates(String replication, StateStore store, Collection<ReplicatedTable> tables) {
    this.replication = replication;
    this.store = store;
    tables.forEach(table -> this.tables.put(table.id(), table));
  }

  Collection<ReplicatedTable> all() {
    return tables.values();
  }

  void add(ReplicatedTable table) {
    tables.put(table.id(), table);
  }

  @Nullable ReplicatedTable table(TableId id) {
    return tables.get(id);
  }

  List<ReplicatedTable> in(TablePhase... phases) {
    return tables.values().stream()
        .filter(table -> List.of(phases).contains(table.state().phase()))
        .toList();
  }

  void save(ReplicatedTable table, TableState state) {
    TablePhase before = table.state().phase();
    store.saveTable(replication, state);
    table.state(state);
    if (before != state.phase()) {
      log.info(
          "table={} phase={} before={} replication={}",
          table.id(),
          state.phase(),
          before,
          replication);
    }
  }

  /** Stops one table; the others go on. */
  void fail(ReplicatedTable table, LeatException reason) {
    log.error(
        "table={} error={} reason={} replication={}",
        table.id(),
        reason.code().name(),
        reason.message(),
        replication);
    log.debug("table={} stopped by", table.id(), reason);
    save(
        table,
        table
            .state()
            .errored(
                new TableError(
                    reason.code().name(), reason.message(), reason.fix(), Instant.now())));
  }

  /** Tables whose copy and changes no longer overlap are streaming from {@code durable} on. */
  void caughtUp(Position durable, Position target) {
    for (ReplicatedTable table : in(TablePhase.CATCHING_UP)) {
      Position consistent = table.state().consistentFrom();
      if (!durable.isBefore(target) && (consistent == null || !durable.isBefore(consistent))) {
        save(table, table.state().in(TablePhase.STREAMING));
      }
    }
  }
}
