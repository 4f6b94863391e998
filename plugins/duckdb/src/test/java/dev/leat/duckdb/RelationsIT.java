package dev.leat.duckdb;

import static dev.leat.duckdb.Workbench.column;
import static dev.leat.duckdb.Workbench.minute;
import static dev.leat.duckdb.Workbench.required;
import static dev.leat.duckdb.Workbench.row;
import static dev.leat.duckdb.Workbench.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.NullUnmarked;

/** Composite relations against plain models of what they mean. */
@NullUnmarked
class RelationsIT {
  record State(String region, Integer amount) {}

  private static final List<Column> LANDING =
      List.of(
          column("batch", Primitive.INT32),
          column("k", Primitive.INT32),
          column("region", Primitive.TEXT),
          column("amount", new Decimal(10, 2)));

  @Provide
  Arbitrary<List<Map<Integer, State>>> batches() {
    Arbitrary<State> state =
        Combinators.combine(
                Arbitraries.of("north", "south").injectNull(0.2),
                Arbitraries.integers().between(-3, 3).injectNull(0.2))
            .as(State::new);
    return Arbitraries.maps(Arbitraries.integers().between(1, 4).injectNull(0.1), state)
        .ofMinSize(1)
        .ofMaxSize(4)
        .list()
        .ofMinSize(0)
        .ofMaxSize(4);
  }

  private static TableId landing(
      Workbench workbench, List<Map<Integer, State>> batches, boolean required) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      int batch = 10 * i;
      batches
          .get(i)
          .forEach(
              (key, state) -> {
                if (key != null || !required) {
                  rows.add(row(batch, key, state.region, state.amount));
                }
              });
    }
    List<Column> columns = new ArrayList<>(LANDING);
    if (required) {
      columns.set(1, required("k", Primitive.INT32));
    }
    return workbench.table("landing", columns, rows);
  }

  private static Relation.ChangeFeed feed(TableId landing, boolean unchanged, String after) {
    return new Relation.ChangeFeed(
        new Relation.Scan(landing),
        "batch",
        List.of("k"),
        List.of("region", "amount"),
        unchanged,
        after);
  }

  @Property(tries = 60)
  void changeFeedEqualsTheModel(
      @ForAll("batches") List<Map<Integer, State>> batches,
      @ForAll boolean unchanged,
      @ForAll boolean required) {
    Workbench workbench = Workbench.shared();
    TableId landing = landing(workbench, batches, required);
    List<List<Object>> expected = new ArrayList<>();
    Map<Integer, State> before = new HashMap<>();
    for (int i = 0; i < batches.size(); i++) {
      Map<Integer, State> now = new LinkedHashMap<>(batches.get(i));
      if (required) {
        now.remove(null);
        if (now.isEmpty()) {
          continue;
        }
      }
      for (Map.Entry<Integer, State> each : now.entrySet()) {
        State old = before.get(each.getKey());
        String change = old == null ? "new" : old.equals(each.getValue()) ? "unchanged" : "changed";
        if (unchanged || !change.equals("unchanged")) {
          expected.add(line(each.getKey(), change, each.getValue(), old, 10 * i));
        }
      }
      for (Map.Entry<Integer, State> each : before.entrySet()) {
        if (!now.containsKey(each.getKey())) {
          expected.add(line(each.getKey(), "deleted", null, each.getValue(), 10 * i));
        }
      }
      before = now;
    }
    assertThat(workbench.run(feed(landing, unchanged, null)))
        .containsExactlyInAnyOrderElementsOf(expected);
    expected.removeIf(each -> (Integer) Objects.requireNonNull(each.getLast()) <= 10);
    assertThat(workbench.run(feed(landing, unchanged, "10")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<Object> line(Integer key, String change, State now, State old, int batch) {
    return row(
        key,
        change,
        now == null ? null : now.region,
        now == null ? null : money(now.amount),
        old == null ? null : old.region,
        old == null ? null : money(old.amount),
        batch);
  }

  private static BigDecimal money(Integer amount) {
    return amount == null ? null : new BigDecimal(amount).setScale(2);
  }

  @Property(tries = 60)
  void postingsSumToTheCurrentStateAfterEveryBatch(
      @ForAll("batches") List<Map<Integer, State>> batches) {
    Workbench workbench = Workbench.shared();
    TableId landing = landing(workbench, batches, false);
    List<List<Object>> postings =
        workbench.run(
            new Relation.DeltaTransaction(
                feed(landing, true, null),
                "batch",
                List.of("k"),
                List.of("region"),
                List.of("amount")));
    for (int i = 0; i < batches.size(); i++) {
      int batch = 10 * i;
      Map<List<Object>, BigDecimal> sums = new HashMap<>();
      for (List<Object> posting : postings) {
        if ((Integer) posting.get(4) <= batch) {
          sums.merge(
              row(posting.get(0), posting.get(2)), (BigDecimal) posting.get(3), BigDecimal::add);
        }
      }
      sums.values().removeIf(sum -> sum.signum() == 0);
      Map<List<Object>, BigDecimal> state = new HashMap<>();
      batches
          .get(i)
          .forEach(
              (key, each) -> {
                if (each.amount != null && each.amount != 0) {
                  state.put(row(key, each.region), money(each.amount));
                }
              });
      assertThat(sums).isEqualTo(state);
    }
  }

  record Change(Integer key, boolean deleted, String value) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4).injectNull(0.2),
            Arbitraries.of(true, false),
            Arbitraries.of("a", "b").injectNull(0.2))
        .as(Change::new)
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 60)
  void latestEqualsAReplay(@ForAll("changes") List<Change> changes) {
    Workbench workbench = Workbench.shared();
    Map<Integer, String> state = new HashMap<>();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      rows.addFirst(row(i, change.key, change.deleted ? "d" : null, change.value));
      if (change.deleted) {
        state.remove(change.key);
      } else {
        state.put(change.key, change.value);
      }
    }
    TableId log =
        workbench.table(
            "log",
            List.of(
                column("seq", Primitive.INT32),
                column("k", Primitive.INT32),
                column("op", Primitive.TEXT),
                column("v", Primitive.TEXT)),
            rows);
    List<List<Object>> expected = new ArrayList<>();
    state.forEach((key, value) -> expected.add(row(key, value)));
    assertThat(
            workbench.run(
                new Relation.Latest(
                    new Relation.Scan(log),
                    List.of("k"),
                    List.of("seq"),
                    "op = 'd'",
                    List.of("seq", "op"))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  record Event(int user, int minute) {}

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 2), Arbitraries.integers().between(0, 60))
        .as(Event::new)
        .list()
        .ofMaxSize(15);
  }

  @Property(tries = 60)
  void sessionsEqualTheModel(@ForAll("events") List<Event> events) {
    Workbench workbench = Workbench.shared();
    List<List<Object>> rows = new ArrayList<>();
    Map<Integer, List<Integer>> times = new TreeMap<>();
    for (Event event : events) {
      rows.add(row(event.user, minute(event.minute)));
      times.computeIfAbsent(event.user, _ -> new ArrayList<>()).add(event.minute);
    }
    rows.add(row(1, null));
    TableId table =
        workbench.table("events", List.of(column("u", Primitive.INT32), time("at")), rows);
    List<List<Object>> expected = new ArrayList<>();
    times.forEach(
        (user, all) -> {
          all.sort(null);
          int begin = 0;
          long number = 0;
          for (int i = 1; i <= all.size(); i++) {
            if (i == all.size() || all.get(i) - all.get(i - 1) > 5) {
              expected.add(
                  row(
                      user,
                      ++number,
                      minute(all.get(begin)),
                      minute(all.get(i - 1)),
                      (long) (i - begin),
                      (long) (i - begin)));
              begin = i;
            }
          }
        });
    assertThat(
            workbench.run(
                new Relation.Sessionize(
                    new Relation.Scan(table),
                    List.of("u"),
                    "at",
                    300,
                    List.of(new Projection("n", "COUNT(at)")))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Property(tries = 60)
  void growthEqualsTheModel(@ForAll("events") List<Event> activity) {
    Workbench workbench = Workbench.shared();
    LocalDate first = LocalDate.of(2024, 1, 1);
    List<List<Object>> rows = new ArrayList<>();
    Map<Integer, TreeSet<LocalDate>> months = new TreeMap<>();
    LocalDate last = LocalDate.MIN;
    for (Event event : activity) {
      LocalDate date = first.plusDays(event.minute * 9L);
      rows.add(row(event.user, date));
      LocalDate month = date.withDayOfMonth(1);
      months.computeIfAbsent(event.user, _ -> new TreeSet<>()).add(month);
      last = month.isAfter(last) ? month : last;
    }
    TableId table =
        workbench.table(
            "activity", List.of(column("u", Primitive.INT32), column("on", Primitive.DATE)), rows);
    List<List<Object>> expected = new ArrayList<>();
    for (Map.Entry<Integer, TreeSet<LocalDate>> each : months.entrySet()) {
      for (LocalDate month : each.getValue()) {
        LocalDate before = each.getValue().lower(month);
        LocalDate next = month.plusMonths(1);
        String status =
            before == null
                ? "new"
                : before.plusMonths(1).equals(month) ? "retained" : "resurrected";
        expected.add(row(each.getKey(), month.toString(), status));
        if (!each.getValue().contains(next) && !next.isAfter(last)) {
          expected.add(row(each.getKey(), next.toString(), "churned"));
        }
      }
    }
    assertThat(
            workbench.run(
                new Relation.GrowthAccounting(
                    new Relation.Scan(table), List.of("u"), "on", "month")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
