package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEveryEngine;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Relations that put rows together: joins, groups, windows, and queries as people write them. */
class QueryRelationsIT {
  private static final int TRIES = 12;

  @Provide
  Arbitrary<List<Item>> items() {
    return Item.lists(8);
  }

  @Property(tries = TRIES)
  @Covers(Relation.Join.class)
  void joinsByTheirTypes(
      @ForAll("items") List<Item> left, @ForAll("items") List<Item> right, @ForAll JoinType type) {
    List<List<Object>> expected = joined(left, right, type);
    boolean one = type == JoinType.SEMI || type == JoinType.ANTI;
    onEveryEngine(
        bench ->
            assertThat(
                    bench.run(
                        new Relation.Join(
                            new Relation.Scan(Item.table(bench, "some", left)),
                            new Relation.Scan(Item.table(bench, "others", right)),
                            type,
                            "l.k = r.k AND l.n IS NOT DISTINCT FROM r.n",
                            one
                                ? List.of()
                                : List.of(
                                    new Projection("k", "COALESCE(l.k, r.k)"),
                                    new Projection("id", "l.id"),
                                    new Projection("other", "r.id")))))
                .containsExactlyInAnyOrderElementsOf(expected));
  }

  private static List<List<Object>> joined(List<Item> left, List<Item> right, JoinType type) {
    List<List<Object>> rows = new ArrayList<>();
    HashSet<Integer> matched = new HashSet<>();
    for (Item l : left) {
      List<Item> others =
          right.stream()
              .filter(r -> l.k() != null && l.k().equals(r.k()) && Objects.equals(l.n(), r.n()))
              .toList();
      others.forEach(r -> matched.add(r.id()));
      switch (type) {
        case SEMI, ANTI -> {
          if (others.isEmpty() == (type == JoinType.ANTI)) {
            rows.add(l.values());
          }
        }
        case INNER, LEFT, FULL -> {
          others.forEach(r -> rows.add(row(l.k(), l.id(), r.id())));
          if (others.isEmpty() && type != JoinType.INNER) {
            rows.add(row(l.k(), l.id(), null));
          }
        }
      }
    }
    if (type == JoinType.FULL) {
      right.stream()
          .filter(r -> !matched.contains(r.id()))
          .forEach(r -> rows.add(row(r.k(), null, r.id())));
    }
    return rows;
  }

  @Property(tries = TRIES)
  @Covers(Relation.Aggregate.class)
  void measuresGroups(@ForAll("items") List<Item> items) {
    List<Projection> measures =
        List.of(
            new Projection("rows", "COUNT(*)"),
            new Projection("different", "COUNT(DISTINCT n)"),
            new Projection("total", "SUM(n)"),
            new Projection("money", "SUM(amount)"),
            new Projection("first", "MIN(at)"),
            new Projection("last", "MAX(k)"));
    Map<String, List<Item>> groups = new LinkedHashMap<>();
    items.forEach(item -> groups.computeIfAbsent(item.k(), _ -> new ArrayList<>()).add(item));
    List<List<Object>> expected = new ArrayList<>();
    groups.forEach(
        (k, group) -> {
          List<Object> row = new ArrayList<>(row(k));
          row.addAll(measured(group));
          expected.add(row);
        });
    onEveryEngine(
        bench -> {
          Relation all = new Relation.Scan(Item.table(bench, "items", items));
          assertThat(bench.run(new Relation.Aggregate(all, List.of("k"), measures)))
              .containsExactlyInAnyOrderElementsOf(expected);
          assertThat(bench.run(new Relation.Aggregate(all, List.of(), measures)))
              .containsExactly(measured(items));
        });
  }

  private static List<Object> measured(List<Item> group) {
    return row(
        (long) group.size(),
        group.stream().map(Item::n).filter(Objects::nonNull).distinct().count(),
        Models.total(group.stream().map(Item::n).toList()),
        Models.sum(group.stream().map(Item::amount).toList()),
        group.stream()
            .map(Item::at)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null),
        group.stream().map(Item::k).filter(Objects::nonNull).max(Models.bytes()).orElse(null));
  }

  @Property(tries = TRIES)
  @Covers(Relation.Window.class)
  void looksAtNeighboursInOrder(@ForAll("items") List<Item> items) {
    List<List<Object>> expected = new ArrayList<>();
    for (Item item : items) {
      List<Item> group =
          items.stream()
              .filter(other -> Objects.equals(other.k(), item.k()))
              .sorted(Models.nullsLast(Item::n, true).thenComparing(Item::id))
              .toList();
      int at = group.indexOf(item);
      List<Object> row = new ArrayList<>(item.values());
      row.add(at + 1L);
      row.add(Models.sum(group.stream().limit(at + 1).map(Item::amount).toList()));
      row.add(at == 0 ? -1 : group.get(at - 1).id());
      expected.add(row);
    }
    String over = " OVER (PARTITION BY k ORDER BY n DESC, id)";
    onEveryEngine(
        bench ->
            assertThat(
                    bench.run(
                        new Relation.Window(
                            new Relation.Scan(Item.table(bench, "items", items)),
                            List.of(
                                new Projection("place", "ROW_NUMBER()" + over),
                                new Projection("so_far", "SUM(amount)" + over),
                                new Projection("before", "LAG(id, 1, -1)" + over)))))
                .containsExactlyInAnyOrderElementsOf(expected));
  }

  @Property(tries = TRIES)
  @Covers({Relation.Sql.class, Relation.Restrict.class})
  void readsOnlyTheRowsThatItIsRestrictedTo(
      @ForAll("items") List<Item> left, @ForAll("items") List<Item> right) {
    List<Item> some = left.stream().filter(item -> item.n() == null || item.n() < 1).toList();
    List<List<Object>> expected =
        some.stream()
            .filter(item -> right.stream().noneMatch(other -> Objects.equals(other.k(), item.k())))
            .sorted(
                Comparator.comparing(Item::k, Comparator.nullsLast(Models.bytes()))
                    .thenComparing(Comparator.comparing(Item::id).reversed()))
            .map(item -> row(item.k(), item.id()))
            .limit(3)
            .toList();
    onEveryEngine(
        bench -> {
          Relation query =
              new Relation.Sql(
                  """
                  WITH named AS (SELECT k, id FROM t.some)
                  SELECT k, id FROM named s
                  WHERE NOT EXISTS (SELECT 1 FROM t.others o WHERE o.k IS NOT DISTINCT FROM s.k)
                  ORDER BY k, id DESC LIMIT 3
                  """);
          var table = Item.table(bench, "some", left);
          Item.table(bench, "others", right);
          assertThat(bench.run(new Relation.Restrict(query, table, "n < 1 OR n IS NULL")))
              .containsExactlyInAnyOrderElementsOf(expected);
        });
  }
}
