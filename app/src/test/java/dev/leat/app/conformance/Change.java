package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.required;
import static dev.leat.app.conformance.Workbench.row;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One entry of a change log.
 *
 * @param seq its place in the order of arrival; late changes have an earlier {@code at} than those
 *     before them
 */
record Change(int seq, Instant at, String k, boolean deleted, String value) {
  static final List<Column> COLUMNS =
      List.of(
          required("seq", Primitive.INT32),
          column("at", Primitive.TIMESTAMP_TZ),
          column("k", Primitive.TEXT),
          column("op", Primitive.TEXT),
          column("v", Primitive.TEXT));

  private static final Instant BEGIN = Instant.parse("2024-03-31T00:59:59.999999Z");

  static Arbitrary<List<Change>> logs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 6),
            Item.keys(),
            Arbitraries.of(true, false, false),
            Arbitraries.of("a", "\u00e4").injectNull(0.2))
        .as((at, k, deleted, v) -> new Change(0, BEGIN.plusSeconds(1800L * at), k, deleted, v))
        .list()
        .ofMaxSize(14)
        .map(Change::numbered);
  }

  private static List<Change> numbered(List<Change> log) {
    List<Change> numbered = new ArrayList<>();
    for (Change each : log) {
      numbered.add(new Change(numbered.size() + 1, each.at, each.k, each.deleted, each.value));
    }
    return numbered;
  }

  static TableId table(Workbench bench, String name, List<Change> log) {
    return bench.table(name, COLUMNS, log.stream().map(Change::values).toList());
  }

  List<Object> values() {
    return row(seq, at, k, deleted ? "D" : seq % 2 == 0 ? "U" : null, value);
  }

  /** The state after all changes, in the order of their times. */
  static Map<String, String> replay(List<Change> log) {
    Map<String, String> state = new HashMap<>();
    log.stream()
        .sorted(Comparator.comparing(Change::at).thenComparing(Change::seq))
        .forEach(
            change -> {
              if (change.deleted) {
                state.remove(change.k);
              } else {
                state.put(change.k, change.value);
              }
            });
    return state;
  }
}
