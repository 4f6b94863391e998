package dev.leat.flow.kinds;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change log, and what its last changes say. A replication's history is put in order by a column
 * that is made for it; what came before its last TRUNCATE does not count.
 */
final class LatestLog {
  static final String DELETED = "_leat_deleted";
  private static final String POSITION = "_leat_position";
  private static final String TRUNCATED = "_leat_truncated";
  private static final String IS_TRUNCATE = Portable.name(ChangeLog.OPERATION) + " = 'T'";

  private final StepDefinition step;
  private final TableId table;
  private final StepColumns columns;
  private final List<String> key;

  /** Empty for a replication's history. */
  private final List<String> order;

  private final @Nullable String deleted;
  private final List<String> state;

  private LatestLog(
      StepDefinition step,
      TableId table,
      StepColumns columns,
      List<String> key,
      List<String> order,
      @Nullable String deleted,
      List<String> state) {
    this.step = step;
    this.table = table;
    this.columns = columns;
    this.key = key;
    this.order = order;
    this.deleted = deleted;
    this.state = state;
  }

  static LatestLog of(StepDefinition step, TableId table, StepInputs inputs) {
    StepColumns columns = new StepColumns(step, table, inputs);
    List<String> key = StepKeys.columns(step, "key");
    List<String> order = step.options().strings("order_by");
    List<String> drop = step.options().strings("drop");
    columns.require(key).require(order).require(drop);
    if (order.isEmpty() && !(columns.has(ChangeLog.LSN) && columns.has(ChangeLog.ORDINAL))) {
      throw StepProblem.of(
          StepProblem.COLUMNS,
          step,
          table + " is not a replication's history, so that the order of its changes is unknown",
          "add order_by = [\"changed_at\"], or keep a history with mode = \"history\" in its source");
    }
    String deleted =
        step.options()
            .optional("deleted", String.class)
            .orElse(
                columns.has(ChangeLog.OPERATION)
                    ? Portable.name(ChangeLog.OPERATION) + " = 'D'"
                    : null);
    List<String> state =
        drop.isEmpty()
            ? columns.others(List.of())
            : columns.names().stream().filter(name -> !drop.contains(name)).toList();
    if (!drop.isEmpty() && state.contains(DELETED)) {
      columns.refuse(DELETED, "drop");
    }
    return new LatestLog(step, table, columns, key, order, deleted, state);
  }

  /** What grows as changes arrive. */
  String arrival() {
    return order.isEmpty() ? ChangeLog.position() : Portable.name(arrivalColumn());
  }

  /** The state as a whole. */
  Relation state() {
    List<String> all = new ArrayList<>(columns.names());
    if (order.isEmpty()) {
      all.add(POSITION);
    }
    List<String> drop = all.stream().filter(name -> !state.contains(name)).toList();
    return new Relation.Latest(
        complete(sinceTruncate()), key, order.isEmpty() ? List.of(POSITION) : order, deleted, drop);
  }

  /**
   * The state of the keys that have changes above the watermark, from all their changes; with
   * {@link #DELETED}.
   */
  Relation changes(StepInputs inputs) {
    @Nullable String above = above(inputs);
    Relation log = sinceTruncate();
    if (above != null) {
      log =
          new Relation.Join(
              log,
              new Relation.Filter(positioned(), above),
              JoinType.SEMI,
              Portable.sameKey(key),
              List.of());
    }
    Relation last = new Relation.Dedupe(complete(log), key, latestFirst());
    List<Projection> result = new ArrayList<>(StepColumns.projections(state));
    result.add(new Projection(DELETED, deleted == null ? "FALSE" : Portable.decided(deleted)));
    Relation changed = new Relation.Select(last, result);
    return above != null && truncates() && inputs.exists(step.into())
        ? new Relation.Union(List.of(changed, truncated(log, above)), false)
        : changed;
  }

  /** Rows of the dataset that a new TRUNCATE removes, unless their keys came again. */
  private Relation truncated(Relation log, String above) {
    Relation truncates =
        new Relation.Filter(positioned(), "(" + IS_TRUNCATE + ") AND (" + above + ")");
    Relation there = new Relation.Scan(step.into());
    Relation gone =
        new Relation.Join(
            new Relation.Join(there, truncates, JoinType.SEMI, "TRUE", List.of()),
            log,
            JoinType.ANTI,
            Portable.sameKey(key),
            List.of());
    List<Projection> result = new ArrayList<>(StepColumns.projections(state));
    result.add(new Projection(DELETED, "TRUE"));
    return new Relation.Select(columns.filledUp(gone, key, state), result);
  }

  private Relation sinceTruncate() {
    if (!truncates()) {
      return positioned();
    }
    Relation last =
        new Relation.Aggregate(
            new Relation.Filter(positioned(), IS_TRUNCATE),
            List.of(),
            List.of(new Projection(TRUNCATED, "MAX(" + Portable.name(POSITION) + ")")));
    return new Relation.Join(
        positioned(),
        last,
        JoinType.INNER,
        "r.\"" + TRUNCATED + "\" IS NULL OR l.\"" + POSITION + "\" > r.\"" + TRUNCATED + "\"",
        List.of());
  }

  private Relation positioned() {
    Relation scan = new Relation.Scan(table);
    if (!order.isEmpty()) {
      return scan;
    }
    List<Projection> all = new ArrayList<>(StepColumns.projections(columns.names()));
    all.add(new Projection(POSITION, ChangeLog.position()));
    return new Relation.Select(scan, all);
  }

  /** Values that were not sent as they had not changed, from the last change that has them. */
  private Relation complete(Relation log) {
    if (!order.isEmpty() || !columns.has(ChangeLog.UNCHANGED)) {
      return log;
    }
    Set<String> kept = UnchangedValues.columns(step, table, columns, key, state);
    if (kept.isEmpty()) {
      return log;
    }
    String partition = key.stream().map(Portable::name).collect(Collectors.joining(", "));
    String before = Portable.name(POSITION) + " DESC";
    Relation window =
        new Relation.Window(
            log,
            kept.stream().map(name -> UnchangedValues.lastSent(name, partition, before)).toList());
    return new Relation.Select(
        window,
        Stream.concat(columns.names().stream(), Stream.of(POSITION))
            .map(
                name ->
                    new Projection(
                        name,
                        Portable.name(kept.contains(name) ? UnchangedValues.name(name) : name)))
            .toList());
  }

  private boolean truncates() {
    return order.isEmpty() && columns.has(ChangeLog.OPERATION);
  }

  private List<Order> latestFirst() {
    if (order.isEmpty()) {
      return List.of(Order.descending(Portable.name(POSITION)));
    }
    return order.stream()
        .flatMap(
            name ->
                Stream.of(
                    Order.ascending(
                        "CASE WHEN " + Portable.name(name) + " IS NULL THEN 0 ELSE 1 END"),
                    Order.descending(Portable.name(name))))
        .toList();
  }

  /** What is true for changes that were not read yet; null if none was, or only copied rows. */
  private @Nullable String above(StepInputs inputs) {
    String watermark = inputs.watermark().isEmpty() ? "" : inputs.watermark().getFirst();
    if (watermark.isEmpty()) {
      return null;
    }
    return order.isEmpty()
        ? Portable.name(POSITION) + " > " + Portable.text(watermark)
        : Portable.name(arrivalColumn()) + " > " + columns.literal(arrivalColumn(), watermark);
  }

  private String arrivalColumn() {
    String arrival =
        step.options().optional("arrival", String.class).orElseGet(() -> order.getFirst());
    columns.require(List.of(arrival));
    return arrival;
  }
}
