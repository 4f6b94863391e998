package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.onEverySystem;
import static dev.leat.app.conformance.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@code latest}, run after every few changes of a log, some of which come late. */
class LatestKindIT {
  private static final String FLOW =
      """
      [step.all]
      kind     = "latest"
      from     = "t.log"
      into     = "silver.all"
      key      = ["k"]
      order_by = ["at", "seq"]
      deleted  = "op = 'D'"
      drop     = ["at", "seq", "op"]

      [step.named]
      kind = "sql"
      into = "silver.named"
      sql  = "SELECT * FROM t.log WHERE k IS NOT NULL"

      [step.few]
      kind        = "latest"
      from        = "silver.named"
      into        = "silver.few"
      key         = ["k"]
      order_by    = ["at", "seq"]
      deleted     = "op = 'D'"
      drop        = ["at", "seq", "op"]
      incremental = true
      arrival     = "seq"
      """;

  @Provide
  Arbitrary<List<Change>> log() {
    return Change.logs();
  }

  @Property(tries = 4)
  void equalsTheReplayOfTheLog(@ForAll("log") List<Change> log) {
    onEverySystem(
        bench -> {
          FlowBench flow = new FlowBench(bench, FLOW);
          for (int read = 0; read <= log.size(); read += 5) {
            List<Change> arrived = log.subList(0, read);
            Change.table(bench, "log", arrived);
            flow.run();
            require(flow, arrived);
          }
          flow.fullRefresh();
          require(flow, log.subList(0, log.size() / 5 * 5));
        });
  }

  private static void require(FlowBench flow, List<Change> log) {
    List<List<Object>> all = new ArrayList<>();
    Change.replay(log).forEach((key, value) -> all.add(row(key, value)));
    assertThat(flow.rows("silver", "all")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(flow.rows("silver", "few"))
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(each -> each.getFirst() != null).toList());
  }
}
