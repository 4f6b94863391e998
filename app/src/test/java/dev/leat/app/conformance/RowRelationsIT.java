package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEveryEngine;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Relations that take rows as they are: some of them, or with other columns. */
class RowRelationsIT {
  private static final int TRIES = 12;

  @Provide
  Arbitrary<List<Item>> items() {
    return Item.lists(12);
  }

  @Property(tries = TRIES)
  @Covers({Relation.Scan.class, Relation.Snapshot.class, Relation.NativeSql.class})
  void rowsComeThroughAsTheyAre(@ForAll("items") List<Item> items) {
    onEveryEngine(
        bench -> {
          Relation scan = new Relation.Scan(Item.table(bench, "items", items));
          assertThat(bench.run(scan)).containsExactlyInAnyOrderElementsOf(values(items));
          String own = "SELECT id FROM " + bench.dialect().quote(((Relation.Scan) scan).table());
          assertThat(bench.run(new Relation.NativeSql(bench.dialect().name(), own)))
              .containsExactlyInAnyOrderElementsOf(
                  items.stream().map(item -> row(item.id())).toList());
          List<List<Object>> seen = new ArrayList<>();
          for (Item item : items) {
            List<Object> row = new ArrayList<>(item.values());
            row.add(LocalDate.of(2024, 2, 29));
            seen.add(row);
          }
          assertThat(bench.run(new Relation.Snapshot(scan, "seen on", "DATE '2024-02-29'")))
              .containsExactlyInAnyOrderElementsOf(seen);
        });
  }

  @Property(tries = TRIES)
  @Covers({Relation.Select.class, Relation.Filter.class})
  void takesOnlyRowsForWhichTheConditionIsTrue(@ForAll("items") List<Item> items) {
    onEveryEngine(
        bench -> {
          Relation all = new Relation.Scan(Item.table(bench, "items", items));
          Relation some =
              new Relation.Filter(all, "NOT (n > 0) OR (k = '\u00e4' AND amount IS NOT NULL)");
          assertThat(
                  bench.run(
                      new Relation.Select(
                          some,
                          List.of(
                              new Projection("Twice \"n\"", "n * 2"), new Projection("k", "k")))))
              .containsExactlyInAnyOrderElementsOf(
                  items.stream()
                      .filter(
                          item ->
                              (item.n() != null && item.n() <= 0)
                                  || ("\u00e4".equals(item.k()) && item.amount() != null))
                      .map(item -> row(item.n() == null ? null : item.n() * 2, item.k()))
                      .toList());
        });
  }

  @Property(tries = TRIES)
  @Covers(Relation.Union.class)
  void unitesWithAndWithoutEqualRows(
      @ForAll("items") List<Item> some, @ForAll("items") List<Item> others) {
    onEveryEngine(
        bench -> {
          List<Projection> columns =
              List.of(new Projection("k", "k"), new Projection("amount", "amount"));
          List<Relation> inputs =
              List.of(
                  new Relation.Select(new Relation.Scan(Item.table(bench, "some", some)), columns),
                  new Relation.Select(
                      new Relation.Scan(Item.table(bench, "others", others)), columns));
          List<List<Object>> all = new ArrayList<>();
          some.forEach(item -> all.add(row(item.k(), item.amount())));
          others.forEach(item -> all.add(row(item.k(), item.amount())));
          assertThat(bench.run(new Relation.Union(inputs, false)))
              .containsExactlyInAnyOrderElementsOf(all);
          assertThat(bench.run(new Relation.Union(inputs, true)))
              .containsExactlyInAnyOrderElementsOf(new HashSet<>(all));
        });
  }

  @Property(tries = TRIES)
  @Covers(Relation.Dedupe.class)
  void keepsTheFirstRowOfEveryKey(@ForAll("items") List<Item> items) {
    Map<List<Object>, Item> first = new LinkedHashMap<>();
    items.stream()
        .sorted(Models.nullsLast(Item::amount, true).thenComparing(Item::id))
        .forEach(item -> first.putIfAbsent(row(item.k(), item.n()), item));
    onEveryEngine(
        bench ->
            assertThat(
                    bench.run(
                        new Relation.Dedupe(
                            new Relation.Scan(Item.table(bench, "items", items)),
                            List.of("k", "n"),
                            List.of(Order.descending("amount"), Order.ascending("id")))))
                .containsExactlyInAnyOrderElementsOf(values(first.values())));
  }

  private static List<List<Object>> values(Iterable<Item> items) {
    List<List<Object>> values = new ArrayList<>();
    items.forEach(item -> values.add(item.values()));
    return values;
  }
}
