package dev.leat.app.command;

import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.library.OpenFlow;
import dev.leat.replication.StartMode;
import dev.leat.replication.TableMapping;
import dev.leat.spi.Position;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the next run would do. Only looks: at the source, and at what the store knows.
 *
 * @param flow which
 * @param begun whether it ran before
 * @param position where it would go on; null if nowhere yet
 * @param tables what would become of each
 * @param gone tables replicated before that the source does not have any more
 * @param atSource statements for the source
 * @param check what a run would refuse, or warn of
 */
record FlowPlan(
    Flow flow,
    boolean begun,
    @Nullable Position position,
    List<PlannedTable> tables,
    List<TableId> gone,
    List<String> atSource,
    FlowCheck.Result check) {

  /** What would become of a table. */
  enum Action {
    /** Copied from its beginning. */
    COPY,
    /** Its copy goes on with the ranges not finished. */
    CONTINUE,
    /** Followed from the position on. */
    FOLLOW,
    /** Left as it is, by a person's wish or because of an error. */
    LEAVE
  }

  /**
   * One table.
   *
   * @param source as it is there now
   * @param target what becomes of it
   * @param state as saved; null if it is new
   * @param action what would happen
   * @param changes what happened to its columns since the position, followed in order with the rows
   * @param statements for the destination, before its copy
   */
  record PlannedTable(
      SourceTable source,
      TableTarget target,
      @Nullable TableState state,
      Action action,
      List<ColumnChange> changes,
      List<String> statements) {
    TableId id() {
      return source.schema().table();
    }
  }

  /** Whether a run would do more than follow. */
  boolean changes() {
    return !atSource.isEmpty()
        || tables.stream()
            .anyMatch(
                table ->
                    switch (table.action) {
                      case COPY, CONTINUE -> true;
                      case FOLLOW -> !table.changes.isEmpty();
                      case LEAVE -> false;
                    });
  }

  static FlowPlan of(Flow flow) {
    if (!FlowStore.exists(flow)) {
      return of(flow, null);
    }
    try (StateStore store = FlowStore.open(flow, false)) {
      return of(flow, store);
    }
  }

  private static FlowPlan of(Flow flow, @Nullable StateStore store) {
    String name = flow.settings().name();
    ReplicationState state = store == null ? null : store.replication(name).orElse(null);
    Map<TableId, TableState> known = new HashMap<>();
    if (store != null) {
      store.tables(name).forEach(table -> known.put(table.table(), table));
    }
    boolean streaming = flow.settings().mode() != StartMode.COPY;
    boolean begun = state != null && (state.stream() != null || !streaming);
    try (OpenFlow open = new OpenFlow(flow)) {
      Source source = open.source();
      List<SourceTable> present = source.discover(flow.settings().tables());
      List<PlannedTable> tables = new ArrayList<>();
      for (SourceTable table : present) {
        tables.add(planned(flow, store, table, known.remove(table.schema().table()), state));
      }
      List<TableId> ids = present.stream().map(table -> table.schema().table()).toList();
      return new FlowPlan(
          flow,
          begun,
          state == null ? null : state.saved(),
          tables,
          known.keySet().stream().sorted().toList(),
          streaming ? source.streamStatements(ids, begun) : List.of(),
          new FlowCheck(flow).run(source));
    }
  }

  private static PlannedTable planned(
      Flow flow,
      @Nullable StateStore store,
      SourceTable table,
      @Nullable TableState state,
      @Nullable ReplicationState replication) {
    TableMapping.Target mapped = flow.settings().mapping().of(table.schema().table());
    TableTarget target = new TableTarget(table.schema(), mapped.table(), mapped.mode());
    Action action = action(flow, state);
    List<ColumnChange> changes = List.of();
    if (action == Action.FOLLOW && store != null && replication != null) {
      changes =
          store
              .schemaAt(flow.settings().name(), target.schema().table(), replication.saved())
              .map(SchemaVersion::schema)
              .map(before -> ColumnChange.between(before, table.schema()))
              .orElse(List.of());
    }
    List<String> statements =
        action == Action.COPY || (state == null && action == Action.FOLLOW)
            ? flow.destination().connector().statements(target)
            : List.of();
    return new PlannedTable(table, target, state, action, changes, statements);
  }

  private static Action action(Flow flow, @Nullable TableState state) {
    if (state == null) {
      return flow.settings().mode() == StartMode.STREAM ? Action.FOLLOW : Action.COPY;
    }
    return switch (state.phase()) {
      case INIT -> Action.COPY;
      case COPYING -> Action.CONTINUE;
      case COPIED, CATCHING_UP, STREAMING ->
          flow.settings().mode() == StartMode.COPY ? Action.LEAVE : Action.FOLLOW;
      case ERRORED, PAUSED -> Action.LEAVE;
    };
  }
}
