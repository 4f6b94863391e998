package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.onEveryEngine;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What users do, as sessions and as periods; events come in any order. */
class ActivityRelationsIT {
  private static final int TRIES = 12;
  private static final List<Column> COLUMNS =
      List.of(column("u", Primitive.TEXT), column("at", Primitive.TIMESTAMP_TZ));

  /** The last half hour of a year, so that events are in two. */
  private static final Instant BEGIN = Instant.parse("2023-12-31T23:30:00Z");

  record Event(String user, Instant at) {}

  private static Arbitrary<List<Event>> events(Duration step) {
    return Combinators.combine(
            Arbitraries.of("\u00e4", "A").injectNull(0.1),
            Arbitraries.integers()
                .between(0, 60)
                .map(i -> BEGIN.plus(step.multipliedBy(i)))
                .injectNull(0.1))
        .as(Event::new)
        .list()
        .ofMaxSize(15);
  }

  @Provide
  Arbitrary<List<Event>> minutes() {
    return events(Duration.ofMinutes(1));
  }

  @Provide
  Arbitrary<List<Event>> days() {
    return events(Duration.ofDays(9));
  }

  private static Relation table(Workbench bench, List<Event> events) {
    return new Relation.Scan(
        bench.table(
            "events", COLUMNS, events.stream().map(event -> row(event.user, event.at)).toList()));
  }

  @Property(tries = TRIES)
  @Covers(Relation.Sessionize.class)
  void aSessionEndsWhereNothingFollowsWithinTheGap(@ForAll("minutes") List<Event> events) {
    Map<String, List<Instant>> times = new LinkedHashMap<>();
    events.stream()
        .filter(event -> event.at != null)
        .forEach(event -> times.computeIfAbsent(event.user, _ -> new ArrayList<>()).add(event.at));
    List<List<Object>> expected = new ArrayList<>();
    times.forEach((user, all) -> expected.addAll(sessions(user, all)));
    onEveryEngine(
        bench ->
            assertThat(
                    bench.run(
                        new Relation.Sessionize(
                            table(bench, events),
                            List.of("u"),
                            "at",
                            300,
                            List.of(new Projection("different", "COUNT(DISTINCT at)")))))
                .containsExactlyInAnyOrderElementsOf(expected));
  }

  private static List<List<Object>> sessions(String user, List<Instant> times) {
    List<Instant> all = times.stream().sorted().toList();
    List<List<Object>> sessions = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= all.size(); i++) {
      if (i == all.size()
          || Duration.between(all.get(i - 1), all.get(i)).compareTo(Duration.ofMinutes(5)) > 0) {
        List<Instant> session = all.subList(begin, i);
        sessions.add(
            row(
                user,
                sessions.size() + 1L,
                session.getFirst(),
                session.getLast(),
                (long) session.size(),
                session.stream().distinct().count()));
        begin = i;
      }
    }
    return sessions;
  }

  @Property(tries = TRIES)
  @Covers(Relation.GrowthAccounting.class)
  void everyUserHasAStatusInEveryPeriodOfChange(@ForAll("days") List<Event> events) {
    Map<String, NavigableSet<LocalDate>> months = new LinkedHashMap<>();
    LocalDate last = LocalDate.MIN;
    for (Event event : events) {
      if (event.at != null) {
        LocalDate month = LocalDate.ofInstant(event.at, ZoneOffset.UTC).withDayOfMonth(1);
        months.computeIfAbsent(event.user, _ -> new TreeSet<>()).add(month);
        last = month.isAfter(last) ? month : last;
      }
    }
    List<List<Object>> expected = new ArrayList<>();
    for (Map.Entry<String, NavigableSet<LocalDate>> each : months.entrySet()) {
      expected.addAll(growth(each.getKey(), each.getValue(), last));
    }
    onEveryEngine(
        bench ->
            assertThat(
                    bench.run(
                        new Relation.GrowthAccounting(
                            table(bench, events), List.of("u"), "at", "month")))
                .containsExactlyInAnyOrderElementsOf(expected));
  }

  private static List<List<Object>> growth(
      String user, NavigableSet<LocalDate> months, LocalDate last) {
    List<List<Object>> rows = new ArrayList<>();
    for (LocalDate month : months) {
      LocalDate before = months.lower(month);
      String status = "new";
      if (before != null) {
        status = before.plusMonths(1).equals(month) ? "retained" : "resurrected";
      }
      rows.add(row(user, month, status));
      LocalDate next = month.plusMonths(1);
      if (!months.contains(next) && !next.isAfter(last)) {
        rows.add(row(user, next, "churned"));
      }
    }
    return rows;
  }
}
