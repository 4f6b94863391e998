package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.row;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** One batch of a landing dataset: everything that there was at the time, by key. */
record Delivery(int batch, Map<String, State> rows) {
  static final List<Column> COLUMNS =
      List.of(
          column("batch", Primitive.INT32),
          column("k", Primitive.TEXT),
          column("region", Primitive.TEXT),
          column("amount", new Decimal(12, 2)));

  record State(String region, BigDecimal amount) {}

  /** None is empty: a batch without rows leaves nothing that tells of it. */
  static Arbitrary<List<Delivery>> sequences() {
    Arbitrary<State> state =
        Combinators.combine(Arbitraries.of("north", "s\u00fcd").injectNull(0.2), Item.amounts())
            .as(State::new);
    return Arbitraries.maps(Item.keys(), state)
        .ofMinSize(1)
        .ofMaxSize(4)
        .list()
        .ofMaxSize(4)
        .map(Delivery::numbered);
  }

  private static List<Delivery> numbered(List<Map<String, State>> batches) {
    List<Delivery> deliveries = new ArrayList<>();
    batches.forEach(rows -> deliveries.add(new Delivery(10 * deliveries.size(), rows)));
    return deliveries;
  }

  static TableId table(Workbench bench, String name, List<Delivery> deliveries) {
    return bench.table(
        name, COLUMNS, deliveries.stream().flatMap(each -> each.values().stream()).toList());
  }

  List<List<Object>> values() {
    List<List<Object>> values = new ArrayList<>();
    rows.forEach((k, state) -> values.add(row(batch, k, state.region, state.amount)));
    return values;
  }

  /** What the postings of each key and region have to sum to, zeros left out. */
  Map<List<Object>, BigDecimal> sums() {
    Map<List<Object>, BigDecimal> sums = new HashMap<>();
    rows.forEach(
        (k, state) -> {
          if (state.amount != null && state.amount.signum() != 0) {
            sums.put(row(k, state.region), state.amount);
          }
        });
    return sums;
  }

  /** Each with the one before it. */
  static List<List<Object>> changes(List<Delivery> deliveries, boolean unchanged) {
    List<List<Object>> changes = new ArrayList<>();
    Map<String, State> before = Map.of();
    for (Delivery delivery : deliveries) {
      Map<String, State> old = before;
      delivery.rows.forEach(
          (k, now) -> {
            State was = find(old, k);
            String change = was == null ? "new" : was.equals(now) ? "unchanged" : "changed";
            if (unchanged || !change.equals("unchanged")) {
              changes.add(change(k, change, now, was, delivery.batch));
            }
          });
      old.forEach(
          (k, was) -> {
            if (!delivery.rows.containsKey(k)) {
              changes.add(change(k, "deleted", null, was, delivery.batch));
            }
          });
      before = delivery.rows;
    }
    return changes;
  }

  private static State find(Map<String, State> rows, String k) {
    return rows.isEmpty() ? null : rows.get(k);
  }

  private static List<Object> change(String k, String change, State now, State was, int batch) {
    return row(
        k,
        change,
        now == null ? null : now.region,
        now == null ? null : now.amount,
        was == null ? null : was.region,
        was == null ? null : was.amount,
        batch);
  }
}
