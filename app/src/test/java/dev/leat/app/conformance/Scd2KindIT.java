package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEverySystem;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.conformance.Dimension.Row;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@code scd2} over several runs, with rows that are late, change back, or are gone. */
class Scd2KindIT {
  private static final String FLOW =
      """
      [step.dim]
      kind       = "scd2"
      from       = "t.source"
      into       = "gold.dim_thing"
      key        = ["k"]
      track      = ["v", "amount"]
      valid_from = "at"
      deletes    = "%s"
      """;

  @Provide
  Arbitrary<List<List<Row>>> runs() {
    return Dimension.runs();
  }

  /** Each run sees all rows that there ever were. */
  @Property(tries = 4)
  void neverOverlapsAndEndsWithTheSource(@ForAll("runs") List<List<Row>> runs) {
    onEverySystem(
        bench -> {
          FlowBench flow = new FlowBench(bench, FLOW.formatted("keep"));
          Dimension model = new Dimension();
          Map<List<Object>, Row> seen = new LinkedHashMap<>();
          for (List<Row> rows : runs) {
            rows.forEach(each -> seen.put(row(each.key(), each.minute()), each));
            model.apply(rows, false, 0);
            load(bench, List.copyOf(seen.values()));
            flow.run();
            requireIntervals(flow, false);
            assertThat(current(flow)).containsExactlyInAnyOrderElementsOf(newest(seen.values()));
          }
          List<List<Object>> made = withoutSurrogates(flow);
          flow.fullRefresh();
          assertThat(withoutSurrogates(flow)).containsExactlyInAnyOrderElementsOf(made);
        });
  }

  /** Each run sees what there is at the time; what is not there any more has ended. */
  @Property(tries = 4)
  void endsWhatIsGone(@ForAll("runs") List<List<Row>> runs) {
    onEverySystem(
        bench -> {
          FlowBench flow = new FlowBench(bench, FLOW.formatted("close"));
          Dimension model = new Dimension();
          int minute = 0;
          for (List<Row> rows : runs) {
            minute += 40;
            List<Row> present = new ArrayList<>();
            for (Row each : rows) {
              present.add(new Row(each.key(), each.version(), minute - each.minute()));
            }
            model.apply(present, true, minute);
            load(bench, present);
            flow.run(Dimension.time(minute).toInstant(ZoneOffset.UTC));
            assertThat(withoutSurrogates(flow)).containsExactlyInAnyOrderElementsOf(model.rows());
            requireIntervals(flow, true);
            assertThat(current(flow)).containsExactlyInAnyOrderElementsOf(newest(present));
          }
        });
  }

  private static void load(Workbench bench, List<Row> rows) {
    var unused = bench.table("source", Dimension.SOURCE, rows.stream().map(Row::values).toList());
  }

  private static List<List<Object>> withoutSurrogates(FlowBench flow) {
    return flow.rows("gold", "dim_thing").stream()
        .map(each -> each.subList(1, each.size()))
        .toList();
  }

  /** Keys and values of the current versions. */
  private static List<List<Object>> current(FlowBench flow) {
    return flow.rows("gold", "dim_thing").stream()
        .filter(each -> (Boolean) each.get(6))
        .map(each -> each.subList(1, 4))
        .toList();
  }

  private static List<List<Object>> newest(Iterable<Row> rows) {
    Map<String, Row> newest = new LinkedHashMap<>();
    for (Row each : rows) {
      newest.merge(each.key(), each, (a, b) -> a.minute() > b.minute() ? a : b);
    }
    return newest.values().stream()
        .map(each -> row(each.key(), each.version().v(), each.version().amount()))
        .toList();
  }

  /** One version begins where the one before ends, or, after a deletion, later. */
  private static void requireIntervals(FlowBench flow, boolean gaps) {
    Map<Object, List<List<Object>>> keys = new LinkedHashMap<>();
    List<List<Object>> all = flow.rows("gold", "dim_thing");
    all.stream()
        .sorted(Comparator.comparing(each -> (LocalDateTime) each.get(4)))
        .forEach(each -> keys.computeIfAbsent(each.get(1), _ -> new ArrayList<>()).add(each));
    assertThat(all).extracting(List::getFirst).doesNotHaveDuplicates();
    for (List<List<Object>> versions : keys.values()) {
      for (int i = 0; i < versions.size(); i++) {
        LocalDateTime begin = (LocalDateTime) versions.get(i).get(4);
        LocalDateTime end = (LocalDateTime) versions.get(i).get(5);
        assertThat(versions.get(i).get(6)).isEqualTo(end == null);
        if (end != null) {
          assertThat(end).isAfter(begin);
        }
        if (i + 1 < versions.size()) {
          LocalDateTime next = (LocalDateTime) versions.get(i + 1).get(4);
          if (gaps) {
            assertThat(end).isNotNull().isBeforeOrEqualTo(next);
          } else {
            assertThat(end).isEqualTo(next);
          }
        }
      }
      if (!gaps) {
        assertThat(versions.getLast().get(5)).isNull();
      }
    }
  }
}
