package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactKindTest {

  private static Given fact(String lookup) {
    return Given.a("fact")
        .from("silver.orders")
        .into("gold.fact_order")
        .with("lookup", Map.of("customer_sk", lookup))
        .table("silver.orders", "order_id INT64", "customer INT64", "day DATE", "_leat_file")
        .table(
            "gold.dim_customer",
            "customer_sk INT64",
            "customer INT64",
            "id INT64",
            "valid_from TIMESTAMP",
            "valid_to TIMESTAMP",
            "is_current BOOLEAN");
  }

  private static Relation.Join join(Given step) {
    return (Relation.Join) ((Relation.Select) step.made().query()).input();
  }

  @Test
  void looksUpTheVersionOfATime() {
    Given step = fact("gold.dim_customer on customer = id at day");
    assertThat(step.inputs()).containsExactly("silver.orders", "gold.dim_customer");
    assertThat(join(step).type()).isEqualTo(JoinType.LEFT);
    assertThat(join(step).condition())
        .isEqualTo(
            "l.\"customer\" = r.\"id\" AND r.\"valid_from\" <= CAST(l.\"day\" AS TIMESTAMP) AND"
                + " (r.\"valid_to\" IS NULL OR CAST(l.\"day\" AS TIMESTAMP) < r.\"valid_to\")");
    assertThat(join(step).columns())
        .endsWith(new Projection("customer_sk", "COALESCE(r.\"customer_sk\", -1)"));
    assertThat(((Relation.Select) step.made().query()).columns())
        .extracting(Projection::name)
        .containsExactly("order_id", "customer", "day", "customer_sk");
  }

  @Test
  void looksUpTheCurrentVersionWithoutATime() {
    assertThat(join(fact("gold.dim_customer on customer")).condition())
        .isEqualTo("l.\"customer\" = r.\"customer\" AND r.\"is_current\"");
    assertThat(
            join(fact("gold.dim_customer  on customer,order_id=id")
                    .table("gold.dim_customer", "customer_sk INT64", "customer INT64", "id INT64"))
                .condition())
        .isEqualTo("l.\"customer\" = r.\"customer\" AND l.\"order_id\" = r.\"id\"");
  }

  @Test
  void looksUpADimensionInAnotherRole() {
    Given step =
        fact("gold.dim_customer on customer")
            .with("lookup", Map.of("payer_sk", "gold.dim_customer on customer"));
    assertThat(join(step).columns())
        .endsWith(new Projection("payer_sk", "COALESCE(r.\"customer_sk\", -1)"));
  }

  @Test
  void replacesOrWritesAsTheFileSays() {
    Given step = fact("gold.dim_customer on customer").with("key", List.of("order_id"));
    assertThat(step.made().write()).isEqualTo(new Write.Replace());
    assertThat(step.node().key()).containsExactly("order_id");
    Write merge = new Write.Merge(List.of("order_id"), null);
    step.write(merge).isRefusedAtOnce("key and the key of write say the same");
    Given merged = fact("gold.dim_customer on customer").write(merge);
    assertThat(merged.node().key()).containsExactly("order_id");
  }

  @Test
  void refusesLookupsThatCannotBeRead() {
    fact("gold.dim_customer").isRefusedAtOnce("lookup customer_sk has no dataset with on");
    fact("dim_customer on customer").isRefusedAtOnce("names no dataset before on");
    fact("gold.dim_customer on a b").isRefusedAtOnce("something else than columns behind on");
    fact("gold.dim_customer on a, a = b").isRefusedAtOnce("compares a twice");
    fact("gold.dim_customer on a,").isRefusedAtOnce("something else than columns");
    fact("").with("lookup", Map.of()).isRefusedAtOnce("lookup is empty");
  }

  @Test
  void refusesLookupsThatDoNotFitTheirInputs() {
    fact("gold.dim_customer on phone").isRefused("silver.orders has no column phone");
    fact("gold.dim_customer on customer = no").isRefused("gold.dim_customer has no column no");
    fact("gold.dim_customer on customer at order_id")
        .isRefused("order_id of silver.orders is INT64, not a date or timestamp");
    fact("gold.dim_customer on customer")
        .table("gold.dim_customer", "customer INT64")
        .isRefused("neither a column customer_sk nor customer_sk");
    fact("gold.dim_customer on customer")
        .table("gold.dim_customer", "customer_sk", "customer INT64")
        .isRefused("customer_sk of gold.dim_customer is TEXT, not a number");
    fact("gold.dim_customer on customer")
        .table("silver.orders", "customer INT64", "customer_sk INT64")
        .isRefused("silver.orders has a column customer_sk already");
    fact("gold.dim_customer on customer")
        .table("incremental", Map.of("column", List.of("day")))
        .isRefusedAtOnce("replaces all rows");
  }
}
