package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done about single tables while others are replicated: take in new ones, and do what
 * people wish. Done by the thread that runs the replication, between two streams.
 */
final class TableWork {
  private static final Logger log = LoggerFactory.getLogger(TableWork.class);

  private static final int MOST_ATTEMPTS = 5;

  private final ReplicationSettings settings;
  private final Source source;
  private final Destination destination;
  private final StateStore store;
  private final Monitor monitor;
  private final SourceTables found;
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

  private record Request(TableId table, TableAction action) {}

  TableWork(
      ReplicationSettings settings,
      Source source,
      Destination destination,
      StateStore store,
      Monitor monitor,
      SourceTables found) {
    this.settings = settings;
    this.source = source;
    this.destination = destination;
    this.store = store;
    this.monitor = monitor;
    this.found = found;
  }

  /** Keeps a wish until {@link #meet}; from any thread. */
  void request(TableId table, TableAction action) {
    requests.add(new Request(table, action));
  }

  /**
   * Has a table copied anew that has got another shape at the source since its copy was planned.
   *
   * @return whether it has, and has not been tried in vain too often
   */
  boolean copiesAnew(ReplicatedTable table) {
    boolean changed =
        found.discover().stream()
            .anyMatch(
                now ->
                    now.id().equals(table.id())
                        && !now.target().schema().equals(table.target().schema()));
    if (!changed || table.attempts.incrementAndGet() > MOST_ATTEMPTS) {
      return false;
    }
    log.info("table={} has got another shape: its copy begins anew", table.id());
    request(table.id(), TableAction.RESYNC);
    return true;
  }

  boolean requested() {
    return !requests.isEmpty();
  }

  /** Whether the source has tables that are not replicated yet; from any thread. */
  boolean hasNew(TableStates tables) {
    return found.discover().stream().anyMatch(table -> tables.table(table.id()) == null);
  }

  /**
   * Takes in tables that are new at the source. They have to be in the stream before the snapshot
   * of their copy is taken. One that cannot be replicated is in error; the others go on.
   */
  void adopt(StreamIdentity identity, TableStates tables) {
    for (FoundTable table : found.discover()) {
      if (tables.table(table.id()) != null) {
        continue;
      }
      log.info("replication={} table={} is new at the source", settings.name(), table.id());
      LeatException problem = found.problem(table);
      if (problem == null) {
        try {
          publish(identity, tables, table.id());
        } catch (LeatException e) {
          if (e.category().retryable()) {
            throw e;
          }
          problem = e;
        }
      }
      ReplicatedTable replicated = table.replicated(null);
      tables.add(replicated);
      if (problem != null) {
        tables.fail(replicated, problem);
      } else if (settings.mode() == StartMode.STREAM) {
        destination.prepare(replicated.target());
        Targets.save(settings.name(), store, replicated, Position.START);
        tables.save(replicated, replicated.state().in(TablePhase.COPIED));
      }
    }
    monitor.tables(tables.all());
  }

  /**
   * Sees to it that the stream has the tables and one that is new; not those in error, which have
   * to be copied anew anyway and may be why it cannot.
   */
  void publish(StreamIdentity identity, TableStates tables, @Nullable TableId added) {
    Set<TableId> present =
        found.discover().stream().map(FoundTable::id).collect(Collectors.toSet());
    List<TableId> published = new ArrayList<>();
    for (ReplicatedTable table : tables.all()) {
      if (table.state().phase() != TablePhase.ERRORED && present.contains(table.id())) {
        published.add(table.id());
      }
    }
    if (added != null) {
      published.add(added);
    }
    if (!published.isEmpty()) {
      source.extendStream(identity, published);
    }
  }

  void meet(@Nullable StreamIdentity identity, TableStates tables) {
    boolean renewed = false;
    for (Request wish = requests.poll(); wish != null; wish = requests.poll()) {
      ReplicatedTable table = tables.table(wish.table());
      if (table == null) {
        log.warn("table={} is not replicated: nothing to {}", wish.table(), wish.action().word());
        continue;
      }
      TableState after = wish.action().apply(table.state());
      if (after.phase() == TablePhase.INIT) {
        renew(table, tables, after);
        renewed = true;
      } else {
        tables.save(table, after);
      }
    }
    if (renewed && identity != null) {
      publish(identity, tables, null);
    }
  }

  /** A table that is copied anew gets the shape it has at the source now. */
  private void renew(ReplicatedTable table, TableStates tables, TableState state) {
    FoundTable now =
        found.discover().stream()
            .filter(present -> present.id().equals(table.id()))
            .findFirst()
            .orElse(null);
    LeatException problem =
        now == null ? ReplicationErrors.noTables(table.id().toString()) : found.problem(now);
    if (now == null || problem != null) {
      tables.fail(table, Objects.requireNonNull(problem));
      return;
    }
    store.deleteSchemas(settings.name(), table.id());
    table.target(now.target());
    table.copyAnew(false);
    tables.save(table, state);
  }
}
