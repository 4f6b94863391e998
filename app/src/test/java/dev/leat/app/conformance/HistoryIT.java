package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEveryEngine;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.conformance.Dimension.Row;
import dev.leat.app.conformance.Dimension.Version;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.TableId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** History of a dimension against a plain model of it, made in several runs. */
class HistoryIT {
  private static final int TRIES = 12;

  @Provide
  Arbitrary<List<List<Row>>> runs() {
    return Dimension.runs();
  }

  @Property(tries = TRIES)
  @Covers(Relation.Scd2.class)
  void equalsTheModelAfterEveryRun(
      @ForAll("runs") List<List<Row>> runs, @ForAll boolean closeMissing) {
    onEveryEngine(
        bench -> {
          Dimension model = new Dimension();
          List<List<Object>> dimension = List.of();
          for (int run = 1; run <= runs.size(); run++) {
            // Also times before those of some rows.
            int now = 10 * run;
            List<Row> rows = runs.get(run - 1);
            model.apply(rows, closeMissing, now);
            dimension =
                replaceKeys(dimension, run(bench, rows, dimension, run > 1, closeMissing, now));
            assertThat(withoutSurrogates(dimension))
                .containsExactlyInAnyOrderElementsOf(model.rows());
            assertThat(dimension.stream().map(List::getFirst)).doesNotHaveDuplicates();
          }
        });
  }

  @Property(tries = TRIES)
  void severalRunsLeadToTheSameAsOne(@ForAll("runs") List<List<Row>> runs) {
    Set<List<Object>> taken = new HashSet<>();
    List<List<Row>> distinct = new ArrayList<>();
    for (List<Row> rows : runs) {
      List<Row> left = new ArrayList<>();
      for (Row each : rows) {
        if (taken.add(row(each.key(), each.minute()))) {
          Version own = new Version("version " + taken.size(), BigDecimal.ONE.setScale(2));
          left.add(new Row(each.key(), own, each.minute()));
        }
      }
      distinct.add(left);
    }
    onEveryEngine(
        bench -> {
          List<List<Object>> dimension = List.of();
          for (List<Row> rows : distinct) {
            dimension =
                replaceKeys(
                    dimension, run(bench, rows, dimension, !dimension.isEmpty(), false, 1000));
          }
          List<Row> all = distinct.stream().flatMap(List::stream).toList();
          assertThat(withoutSurrogates(dimension))
              .containsExactlyInAnyOrderElementsOf(
                  withoutSurrogates(run(bench, all, List.of(), false, false, 1000)));
        });
  }

  @Property(tries = TRIES)
  void versionsKeepTheirSurrogateKeysAndNewOnesCountOn(@ForAll("runs") List<List<Row>> runs) {
    onEveryEngine(
        bench -> {
          List<List<Object>> dimension = List.of();
          for (List<Row> rows : runs) {
            List<List<Object>> before = dimension;
            dimension = replaceKeys(before, run(bench, rows, before, !before.isEmpty(), false, 99));
            Map<List<Object>, Object> old = new HashMap<>();
            before.forEach(each -> old.put(row(each.get(1), each.get(4)), each.getFirst()));
            long top = before.stream().mapToLong(each -> (Long) each.getFirst()).max().orElse(0);
            for (List<Object> each : dimension) {
              Object kept = old.get(row(each.get(1), each.get(4)));
              if (kept == null) {
                assertThat((Long) each.getFirst()).isGreaterThan(top);
              } else {
                assertThat(each.getFirst()).isEqualTo(kept);
              }
            }
          }
        });
  }

  private static List<List<Object>> run(
      Workbench bench,
      List<Row> rows,
      List<List<Object>> dimension,
      boolean further,
      boolean closeMissing,
      int now) {
    TableId source =
        bench.table("source", Dimension.SOURCE, rows.stream().map(Row::values).toList());
    TableId history = further ? bench.table("dimension", Dimension.COLUMNS, dimension) : null;
    return bench.run(
        new Relation.Scd2(
            new Relation.Scan(source),
            history,
            "sk",
            List.of("k"),
            List.of("v", "amount"),
            "at",
            closeMissing,
            "TIMESTAMP '" + Dimension.time(now).toString().replace('T', ' ') + ":00'"));
  }

  private static List<List<Object>> replaceKeys(
      List<List<Object>> dimension, List<List<Object>> changed) {
    Set<Object> keys = new HashSet<>();
    changed.forEach(each -> keys.add(each.get(1)));
    List<List<Object>> result = new ArrayList<>(dimension);
    result.removeIf(each -> keys.contains(each.get(1)));
    result.addAll(changed);
    return result;
  }

  private static List<List<Object>> withoutSurrogates(List<List<Object>> dimension) {
    return dimension.stream().map(each -> each.subList(1, each.size())).toList();
  }
}
