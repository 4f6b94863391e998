package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.schema.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParkKindTest {
  private static final Relation SCAN = new Relation.Scan(TableId.parse("bronze.orders"));
  private static final Write MERGE = new Write.Merge(List.of("id"), null);

  private static Given park() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("it's negative", "amount >= 0");
    rules.put("no customer", "customer IS NOT NULL");
    return Given.a("park")
        .from("bronze.orders")
        .into("silver.orders")
        .with("parked", "silver.orders_parked")
        .with("rules", rules)
        .table("bronze.orders", "id INT64", "amount INT64", "customer INT64");
  }

  private static Given incremental() {
    return park().write(MERGE).table("incremental", Map.of("column", List.of("id")));
  }

  @Test
  void dividesRowsByTheirRules() {
    List<StepNode> nodes = park().nodes();
    assertThat(nodes)
        .extracting(node -> node.name().toString())
        .containsExactly("silver.orders", "silver.orders_parked");
    Relation.Select good = (Relation.Select) Given.made(nodes.get(0)).query();
    Relation.Filter passing = (Relation.Filter) good.input();
    assertThat(passing.condition()).isEqualTo("(amount >= 0) AND (customer IS NOT NULL)");
    assertThat(good.columns())
        .extracting(Projection::name)
        .containsExactly("id", "amount", "customer");
    assertThat(((Relation.Select) passing.input()).columns())
        .endsWith(
            new Projection("_leat_parked_at", "TIMESTAMP WITH TIME ZONE '2024-05-16 10:11:12.5'"));
    Instruction parked = Given.made(nodes.get(1));
    assertThat(parked.write()).isEqualTo(new Write.Replace());
    Relation.Select bad = (Relation.Select) parked.query();
    assertThat(((Relation.Filter) bad.input()).condition())
        .isEqualTo(
            "NOT CASE WHEN ((amount >= 0) AND (customer IS NOT NULL)) THEN TRUE ELSE FALSE END");
    assertThat(bad.columns())
        .endsWith(
            new Projection(
                "_leat_reason",
                "SUBSTRING(CASE WHEN (amount >= 0) THEN '' ELSE ', it''s negative' END || CASE WHEN"
                    + " (customer IS NOT NULL) THEN '' ELSE ', no customer' END FROM 3)"),
            new Projection("_leat_parked_at", "\"_leat_parked_at\""));
  }

  @Test
  void triesParkedRowsAgainUnlessNewerOnesCame() {
    Given step =
        incremental()
            .existing("silver.orders_parked")
            .table(
                "silver.orders_parked",
                "id INT64",
                "amount INT64",
                "_leat_reason",
                "_leat_parked_at TIMESTAMP_TZ");
    List<StepNode> nodes = step.nodes();
    assertThat(nodes).extracting(StepNode::key).containsOnly(List.of("id"));
    assertThat(nodes).extracting(StepNode::increment).doesNotContainNull();
    assertThat(Given.made(nodes.get(0)).write()).isEqualTo(MERGE);
    Relation.Select good = (Relation.Select) Given.made(nodes.get(0)).query();
    Relation.Union rows = (Relation.Union) ((Relation.Filter) good.input()).input();
    Relation.Select arrived = (Relation.Select) rows.inputs().get(0);
    assertThat(arrived.input())
        .isEqualTo(new Relation.Dedupe(SCAN, List.of("id"), List.of(Order.descending("\"id\""))));
    Relation.Join again = (Relation.Join) rows.inputs().get(1);
    assertThat(again.columns()).contains(new Projection("customer", "r.\"customer\""));
    assertThat(again.left())
        .isEqualTo(
            new Relation.Join(
                new Relation.Scan(TableId.parse("silver.orders_parked")),
                SCAN,
                JoinType.ANTI,
                "l.\"id\" = r.\"id\"",
                List.of()));
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    park().with("rules", Map.of()).isRefusedAtOnce("it has no rules");
    park().with("parked", "silver.orders").isRefusedAtOnce("parked names a dataset that it also");
    park().with("parked", "bronze.orders").isRefusedAtOnce("parked names a dataset that it also");
    park().with("parked", "parked").isRefusedAtOnce("parked does not name a dataset");
    park().write(new Write.Append()).isRefusedAtOnce("park without incremental cannot write");
    incremental().write(new Write.Append()).isRefusedAtOnce("could come twice");
    incremental().with("key", List.of("id")).isRefusedAtOnce("say the same");
    park().with("key", List.of("no")).isRefused("bronze.orders has no column no");
    park()
        .table("bronze.orders", "id INT64", "_leat_reason")
        .isRefused("bronze.orders has a column _leat_reason already");
  }
}
