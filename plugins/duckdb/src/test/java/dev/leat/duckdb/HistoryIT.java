package dev.leat.duckdb;

import static dev.leat.duckdb.Workbench.column;
import static dev.leat.duckdb.Workbench.minute;
import static dev.leat.duckdb.Workbench.required;
import static dev.leat.duckdb.Workbench.row;
import static dev.leat.duckdb.Workbench.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.NullUnmarked;

/** History of a dimension against a plain model of it, applied in several steps. */
@NullUnmarked
class HistoryIT {
  /** What a version is; an end has none. */
  private record Version(String value) {}

  record Row(int key, String value, int at) {}

  private static final List<Column> SOURCE =
      List.of(column("k", Primitive.INT32), column("v", Primitive.TEXT), time("at"));
  private static final List<Column> DIMENSION =
      List.of(
          required("sk", Primitive.INT64),
          column("k", Primitive.INT32),
          column("v", Primitive.TEXT),
          time("valid_from"),
          time("valid_to"),
          column("is_current", Primitive.BOOLEAN));

  @Provide
  Arbitrary<List<List<Row>>> steps() {
    Arbitrary<Row> row =
        Combinators.combine(
                Arbitraries.integers().between(1, 3),
                Arbitraries.of("a", "b", "c").injectNull(0.1),
                Arbitraries.integers().between(0, 30))
            .as(Row::new);
    return row.list().ofMinSize(0).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(4);
  }

  @Property(tries = 60)
  void equalsTheModelAfterEveryStep(@ForAll("steps") List<List<Row>> steps) {
    check(steps, false);
  }

  @Property(tries = 60)
  void equalsTheModelWhereMissingKeysEnd(@ForAll("steps") List<List<Row>> steps) {
    check(steps, true);
  }

  private static void check(List<List<Row>> steps, boolean closeMissing) {
    Workbench workbench = Workbench.shared();
    Map<Integer, NavigableMap<Integer, Version>> model = new HashMap<>();
    List<List<Object>> dimension = new ArrayList<>();
    int step = 0;
    for (List<Row> rows : steps) {
      List<Row> unique = uniquePerTime(rows);
      // Also times before those of some rows.
      int now = 10 * ++step;
      apply(model, unique, closeMissing, now);
      List<List<Object>> changed = run(workbench, unique, dimension, step > 1, closeMissing, now);
      dimension = replaceKeys(dimension, changed);
      assertThat(withoutKeys(dimension)).containsExactlyInAnyOrderElementsOf(expected(model));
      assertThat(dimension.stream().map(List::getFirst)).doesNotHaveDuplicates();
    }
  }

  @Property(tries = 60)
  void stepsLeadToTheSameAsAllAtOnce(@ForAll("steps") List<List<Row>> steps) {
    Workbench workbench = Workbench.shared();
    Set<List<Integer>> taken = new HashSet<>();
    List<Row> all = new ArrayList<>();
    List<List<Object>> dimension = new ArrayList<>();
    int step = 0;
    for (List<Row> rows : steps) {
      List<Row> distinct = new ArrayList<>();
      for (Row row : rows) {
        if (taken.add(List.of(row.key, row.at))) {
          distinct.add(new Row(row.key, "value " + taken.size(), row.at));
        }
      }
      all.addAll(distinct);
      dimension =
          replaceKeys(dimension, run(workbench, distinct, dimension, ++step > 1, false, 1000));
    }
    List<List<Object>> once = run(workbench, all, List.of(), false, false, 1000);
    assertThat(withoutKeys(dimension)).containsExactlyInAnyOrderElementsOf(withoutKeys(once));
  }

  @Property(tries = 30)
  void surrogateKeysStayAndCountOn(@ForAll("steps") List<List<Row>> steps) {
    Workbench workbench = Workbench.shared();
    List<List<Object>> dimension = new ArrayList<>();
    int step = 0;
    for (List<Row> rows : steps) {
      List<List<Object>> before = dimension;
      dimension =
          replaceKeys(before, run(workbench, uniquePerTime(rows), before, ++step > 1, false, 99));
      Map<List<Object>, Object> old = new HashMap<>();
      before.forEach(each -> old.put(row(each.get(1), each.get(3)), each.getFirst()));
      long top = before.stream().mapToLong(each -> (Long) each.getFirst()).max().orElse(0);
      for (List<Object> each : dimension) {
        Object kept = old.get(row(each.get(1), each.get(3)));
        if (kept == null) {
          assertThat((Long) each.getFirst()).isGreaterThan(top);
        } else {
          assertThat(each.getFirst()).isEqualTo(kept);
        }
      }
    }
  }

  private static List<Row> uniquePerTime(List<Row> rows) {
    Map<List<Integer>, Row> unique = new LinkedHashMap<>();
    rows.forEach(row -> unique.put(List.of(row.key, row.at), row));
    return List.copyOf(unique.values());
  }

  private static List<List<Object>> run(
      Workbench workbench,
      List<Row> rows,
      List<List<Object>> dimension,
      boolean further,
      boolean closeMissing,
      int now) {
    TableId source =
        workbench.table(
            "source",
            SOURCE,
            rows.stream().map(row -> row(row.key, row.value, minute(row.at))).toList());
    TableId history = workbench.table("dimension", DIMENSION, dimension);
    return workbench.run(
        new Relation.Scd2(
            new Relation.Scan(source),
            further ? history : null,
            "sk",
            List.of("k"),
            List.of("v"),
            "at",
            closeMissing,
            "TIMESTAMP '" + minute(now) + "'"));
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

  private static List<List<Object>> withoutKeys(List<List<Object>> dimension) {
    return dimension.stream().map(each -> each.subList(1, each.size())).toList();
  }

  private static void apply(
      Map<Integer, NavigableMap<Integer, Version>> model,
      List<Row> rows,
      boolean closeMissing,
      int now) {
    Map<Integer, Row> latest = new HashMap<>();
    for (Row row : rows) {
      latest.merge(row.key, row, (a, b) -> a.at > b.at ? a : b);
    }
    if (closeMissing) {
      model.forEach(
          (key, events) -> {
            if (!latest.containsKey(key) && events.lastEntry().getValue() != null) {
              events.putIfAbsent(now, null);
            }
          });
    }
    Map<Integer, Integer> last = new HashMap<>();
    model.forEach((key, events) -> last.put(key, events.lastKey()));
    for (Row row : rows) {
      model.computeIfAbsent(row.key, _ -> new TreeMap<>()).put(row.at, new Version(row.value));
    }
    if (closeMissing) {
      latest.forEach(
          (key, row) -> {
            if (last.getOrDefault(key, -1) > row.at && row.at < now) {
              Objects.requireNonNull(model.get(key)).put(now, new Version(row.value));
            }
          });
    }
    model.values().forEach(HistoryIT::withoutRepetitions);
  }

  private static void withoutRepetitions(NavigableMap<Integer, Version> events) {
    Version before = null;
    for (Integer at : List.copyOf(events.keySet())) {
      Version version = events.get(at);
      if (Objects.equals(before, version)) {
        events.remove(at);
      }
      before = version;
    }
  }

  private static List<List<Object>> expected(Map<Integer, NavigableMap<Integer, Version>> model) {
    List<List<Object>> rows = new ArrayList<>();
    model.forEach(
        (key, events) ->
            events.forEach(
                (at, version) -> {
                  Integer next = events.higherKey(at);
                  if (version != null) {
                    rows.add(
                        row(
                            key,
                            version.value,
                            minute(at),
                            next == null ? null : minute(next),
                            next == null));
                  }
                }));
    return rows;
  }
}
