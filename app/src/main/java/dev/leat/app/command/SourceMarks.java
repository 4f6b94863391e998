package dev.leat.app.command;

import dev.leat.flow.plan.MarkBook;
import dev.leat.library.Flow;
import dev.leat.library.FlowEngines;
import dev.leat.library.FlowStore;
import dev.leat.replication.ReplicationResult;
import dev.leat.replication.TableProgress;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Marks the tables of a source whenever they may have changed, so that steps know whether what they
 * read is what it was. All are marked before the source is read, and those that turned out not to
 * have changed get their old mark back: whatever happens in between, a change is not missed.
 */
final class SourceMarks {
  private final LoadedFlow flow;
  private final @Nullable String engine;
  private final Map<String, Mark> before = new HashMap<>();

  SourceMarks(LoadedFlow flow, @Nullable String engine) {
    this.flow = flow;
    this.engine = engine;
  }

  void before() {
    List<TableId> tables = known();
    if (tables.isEmpty()) {
      return;
    }
    try (FlowEngines engines = flow.engines(engine, Access.WRITE)) {
      Engine open = engines.engine(engines.usual());
      open.marks().forEach(mark -> before.put(mark.step(), mark));
      tables.forEach(table -> open.mark(mark(table)));
    }
  }

  void after(ReplicationResult result) {
    try (FlowEngines engines = flow.engines(engine, Access.WRITE)) {
      Engine open = engines.engine(engines.usual());
      for (TableProgress table : result.progress().tables()) {
        Mark old = before.get(MarkBook.sourceName(table.destination()));
        boolean same = table.changes() == 0 && table.rowsCopied() == 0 && table.error() == null;
        open.mark(same && old != null ? old : mark(table.destination()));
      }
    }
  }

  /** The tables that an earlier run brought. */
  private List<TableId> known() {
    Flow replication = Objects.requireNonNull(flow.replication());
    if (!FlowStore.exists(replication)) {
      return List.of();
    }
    List<TableId> tables = new ArrayList<>();
    try (StateStore store = FlowStore.open(replication, false)) {
      for (TableState state : store.tables(replication.settings().name())) {
        tables.add(state.destination());
      }
    }
    return tables;
  }

  private static Mark mark(TableId table) {
    return new Mark(
        MarkBook.sourceName(table),
        "",
        "source",
        "",
        null,
        Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }
}
