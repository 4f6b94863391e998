package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEverySystem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Steps that read only what is new lead to the same rows as those that read everything. */
class IncrementalKindsIT {
  private static final String FLOW =
      """
      [step.log]
      kind        = "sql"
      into        = "silver.log"
      write       = { mode = "append" }
      incremental = { column = "id" }
      sql         = "WITH i AS (SELECT id, k, n, amount, at FROM t.items) SELECT * FROM i"

      [step.newest]
      kind        = "sql"
      into        = "silver.newest"
      write       = { mode = "merge", key = ["k"] }
      dedupe      = { key = ["k"], keep = "last", by = "id" }
      incremental = { column = "id" }
      sql         = "SELECT k, id, amount, ABS(amount) AS near FROM silver.log WHERE k IS NOT NULL"

      [step.visits]
      kind        = "sessionize"
      from        = "silver.log"
      into        = "gold.visits"
      key         = ["k"]
      time        = "at"
      gap         = "1s"
      measures    = { amount = "SUM(amount)" }
      incremental = true
      arrival     = "id"

      [step.sums]
      kind = "sql"
      into = "gold.sums"
      sql  = "SELECT k, COUNT(*) AS n, SUM(amount) AS amount FROM silver.log GROUP BY k"
      """;

  private static final List<List<String>> MADE =
      List.of(
          List.of("silver", "log"),
          List.of("silver", "newest"),
          List.of("gold", "visits"),
          List.of("gold", "sums"));

  @Provide
  Arbitrary<List<Item>> items() {
    return Item.lists(12);
  }

  @Property(tries = 4)
  void makeWhatAFullRefreshMakes(@ForAll("items") List<Item> items) {
    onEverySystem(
        bench -> {
          FlowBench flow = new FlowBench(bench, FLOW);
          for (int arrived = 0; arrived <= items.size(); arrived += 4) {
            Item.table(bench, "items", items.subList(0, arrived));
            flow.run();
          }
          flow.run();
          Map<List<String>, List<List<Object>>> made = new HashMap<>();
          MADE.forEach(name -> made.put(name, flow.rows(name.getFirst(), name.getLast())));
          assertThat(made.get(List.of("silver", "log")))
              .containsExactlyInAnyOrderElementsOf(
                  items.stream().limit(items.size() / 4 * 4L).map(Item::values).toList());
          flow.fullRefresh();
          made.forEach(
              (name, rows) ->
                  assertThat(flow.rows(name.getFirst(), name.getLast()))
                      .as("%s", new ArrayList<>(name))
                      .containsExactlyInAnyOrderElementsOf(rows));
        });
  }
}
