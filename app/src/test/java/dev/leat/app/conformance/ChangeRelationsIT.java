package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEveryEngine;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What changed from batch to batch, and what a log of changes leads to. */
class ChangeRelationsIT {
  private static final int TRIES = 15;

  @Provide
  Arbitrary<List<Delivery>> deliveries() {
    return Delivery.sequences();
  }

  private static Relation.ChangeFeed feed(
      Workbench bench, List<Delivery> deliveries, boolean unchanged, String after) {
    return new Relation.ChangeFeed(
        new Relation.Scan(Delivery.table(bench, "landing", deliveries)),
        "batch",
        List.of("k"),
        List.of("region", "amount"),
        unchanged,
        after);
  }

  @Property(tries = TRIES)
  @Covers(Relation.ChangeFeed.class)
  void comparesEachBatchWithTheOneBefore(
      @ForAll("deliveries") List<Delivery> deliveries, @ForAll boolean unchanged) {
    List<List<Object>> all = Delivery.changes(deliveries, unchanged);
    List<List<Object>> later =
        all.stream().filter(change -> (Integer) change.getLast() > 10).toList();
    onEveryEngine(
        bench -> {
          assertThat(bench.run(feed(bench, deliveries, unchanged, null)))
              .containsExactlyInAnyOrderElementsOf(all);
          assertThat(bench.run(feed(bench, deliveries, unchanged, "10")))
              .containsExactlyInAnyOrderElementsOf(later);
        });
  }

  @Property(tries = TRIES)
  @Covers(Relation.DeltaTransaction.class)
  void postingsSumToTheStateAfterEveryBatch(@ForAll("deliveries") List<Delivery> deliveries) {
    onEveryEngine(
        bench -> {
          List<List<Object>> postings =
              bench.run(
                  new Relation.DeltaTransaction(
                      feed(bench, deliveries, true, null),
                      "batch",
                      List.of("k"),
                      List.of("region"),
                      List.of("amount")));
          for (Delivery delivery : deliveries) {
            Map<List<Object>, BigDecimal> sums = new HashMap<>();
            for (List<Object> posting : postings) {
              if ((Integer) posting.get(4) <= delivery.batch()) {
                BigDecimal amount = (BigDecimal) posting.get(3);
                sums.merge(row(posting.get(0), posting.get(2)), amount, BigDecimal::add);
              }
            }
            sums.values().removeIf(sum -> sum.signum() == 0);
            assertThat(sums).isEqualTo(delivery.sums());
          }
        });
  }

  @Provide
  Arbitrary<List<Change>> log() {
    return Change.logs();
  }

  @Property(tries = TRIES)
  @Covers(Relation.Latest.class)
  void theLastChangesAreTheReplay(@ForAll("log") List<Change> log) {
    List<List<Object>> expected = new ArrayList<>();
    Change.replay(log).forEach((key, value) -> expected.add(row(key, value)));
    onEveryEngine(
        bench ->
            assertThat(
                    bench.run(
                        new Relation.Latest(
                            new Relation.Scan(Change.table(bench, "log", log)),
                            List.of("k"),
                            List.of("at", "seq"),
                            "op = 'D'",
                            List.of("at", "seq", "op"))))
                .containsExactlyInAnyOrderElementsOf(expected));
  }
}
