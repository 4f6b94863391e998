package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEverySystem;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@code change_feed} and {@code delta_transaction}, run after some of the deliveries. */
class DeltaTransactionKindIT {
  private static final String FLOW =
      """
      [step.changes]
      kind  = "change_feed"
      from  = "t.landing"
      into  = "silver.changes"
      key   = ["k"]
      batch = "batch"

      [step.postings]
      kind     = "delta_transaction"
      from     = "silver.changes"
      into     = "gold.postings"
      key      = ["k"]
      measures = ["amount"]
      batch    = "batch"
      """;

  @Provide
  Arbitrary<List<Delivery>> deliveries() {
    return Delivery.sequences();
  }

  /**
   * @param leftOut tells after which deliveries nothing is run
   */
  @Property(tries = 5)
  void sumsAreThoseOfTheCurrentState(
      @ForAll("deliveries") List<Delivery> deliveries, @ForAll byte leftOut) {
    onEverySystem(
        bench -> {
          FlowBench flow = new FlowBench(bench, FLOW);
          for (int i = 0; i < deliveries.size(); i++) {
            boolean last = i == deliveries.size() - 1;
            if (last || (leftOut >> i & 1) == 0) {
              Delivery.table(bench, "landing", deliveries.subList(0, i + 1));
              flow.run();
              assertThat(sums(flow)).isEqualTo(deliveries.get(i).sums());
            }
          }
          if (!deliveries.isEmpty()) {
            List<List<Object>> made = flow.rows("gold", "postings");
            flow.fullRefresh();
            assertThat(flow.rows("gold", "postings")).containsExactlyInAnyOrderElementsOf(made);
          }
        });
  }

  private static Map<List<Object>, BigDecimal> sums(FlowBench flow) {
    Map<List<Object>, BigDecimal> sums = new HashMap<>();
    for (List<Object> posting : flow.rows("gold", "postings")) {
      sums.merge(row(posting.get(0), posting.get(2)), (BigDecimal) posting.get(3), BigDecimal::add);
    }
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }
}
