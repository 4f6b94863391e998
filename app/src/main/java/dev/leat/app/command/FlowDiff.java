package dev.leat.app.command;

import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.library.OpenFlow;
import dev.leat.replication.TableMapping;
import dev.leat.replication.compare.TableComparison;
import dev.leat.replication.compare.TableDifference;
import dev.leat.spi.Position;
import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares the tables of a flow with their copies. */
final class FlowDiff {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 50;

  private final Flow flow;
  private final List<TableState> states;
  private final Map<TableId, TableSchema> known = new HashMap<>();

  private FlowDiff(Flow flow, List<TableState> states) {
    this.flow = flow;
    this.states = states;
  }

  /**
   * What became of one table.
   *
   * @param table at the source
   * @param copy at the destination
   * @param keyColumns what keys are made of; empty where rows have none
   * @param difference null if it was not compared
   * @param note why not, or what was not compared of it; may be empty
   */
  record Compared(
      TableId table,
      TableId copy,
      List<String> keyColumns,
      @Nullable TableDifference difference,
      String note) {}

  static FlowDiff of(Flow flow) {
    try (StateStore store = FlowStore.open(flow, false)) {
      String name = flow.settings().name();
      FlowDiff diff = new FlowDiff(flow, store.tables(name));
      for (TableState table : diff.states) {
        List<SchemaVersion> versions = store.schemas(name, table.table());
        if (!versions.isEmpty()) {
          diff.known.put(table.table(), versions.getLast().schema());
        }
      }
      return diff;
    }
  }

  List<TableState> tables() {
    return states;
  }

  /** Compares tables one after the other. */
  void compare(List<TableState> tables, int wanted, Consumer<Compared> done) {
    try (OpenFlow open = new OpenFlow(flow);
        DestinationQuery copy = new DestinationQuery(flow)) {
      Source source = open.source();
      Map<TableId, SourceTable> present = new HashMap<>();
      source
          .discover(flow.settings().tables())
          .forEach(table -> present.put(table.schema().table(), table));
      for (TableState table : tables) {
        done.accept(compare(source, copy, table, present.get(table.table()), wanted));
      }
    }
  }

  private Compared compare(
      Source source,
      DestinationQuery copy,
      TableState state,
      @Nullable SourceTable found,
      int wanted) {
    TableMapping.Target mapped = flow.settings().mapping().of(state.table());
    String reason = reason(state, found, mapped.mode());
    if (found == null || !reason.isEmpty()) {
      return new Compared(state.table(), state.destination(), List.of(), null, reason);
    }
    TableSchema schema = found.schema();
    List<Column> columns = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    TableSchema before = known.getOrDefault(state.table(), schema);
    for (Column column : schema.columns()) {
      boolean same =
          before.columns().stream()
              .anyMatch(
                  other ->
                      other.name().equals(column.name()) && other.type().equals(column.type()));
      if (same) {
        columns.add(column);
      } else {
        leftOut.add(column.name());
      }
    }
    TableTarget target = new TableTarget(schema, mapped.table(), mapped.mode());
    TableComparison comparison =
        new TableComparison(
            (request, most) -> source.hashes(schema, columns, request),
            (request, most) -> ask(copy, target, columns, request, most),
            () -> land(source, copy),
            columns.stream().map(Column::name).toList(),
            schema.hasKey() && schema.keyColumns().stream().allMatch(FlowDiff::hasPlainText),
            wanted);
    return new Compared(
        state.table(),
        state.destination(),
        schema.keyColumns().stream().map(Column::name).toList(),
        comparison.compare(),
        leftOut.isEmpty() ? "" : "without columns not followed yet: " + String.join(", ", leftOut));
  }

  private static String reason(TableState state, @Nullable SourceTable found, WriteMode mode) {
    if (found == null) {
      return "it is gone at the source, or the flow does not name it any more";
    }
    if (mode == WriteMode.HISTORY) {
      return "a history is not what its source is";
    }
    return switch (state.phase()) {
      case COPIED, CATCHING_UP, STREAMING -> "";
      case INIT, COPYING -> "it is not copied yet";
      case ERRORED -> "it is in error; see `leat status`";
      case PAUSED -> "it is paused";
    };
  }

  private List<List<@Nullable String>> ask(
      DestinationQuery copy,
      TableTarget target,
      List<Column> columns,
      HashRequest request,
      int most) {
    String query = flow.destination().connector().hashQuery(target, columns, request);
    return copy.query(query, most).rows();
  }

  /** A position is passed soon after it was reached, also when nothing changes any more. */
  private static void land(Source source, DestinationQuery copy) {
    Position end = source.end();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (copy.durable().filter(durable -> durable.isBefore(end)).isPresent()
        && System.nanoTime() - deadline < 0) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whether both sides read the text of a key as the same value. */
  private static boolean hasPlainText(Column column) {
    LogicalType type = column.type();
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN, INT16, INT32, INT64, TEXT, UUID, DATE, TIMESTAMP -> true;
            case FLOAT32, FLOAT64, JSON, BINARY, TIME, TIMESTAMP_TZ, INTERVAL -> false;
          };
      case Decimal _ -> true;
      case ListOf _ -> false;
    };
  }
}
