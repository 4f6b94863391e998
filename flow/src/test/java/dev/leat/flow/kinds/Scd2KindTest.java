package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Scd2KindTest {
  private static final TableId DIMENSION = TableId.parse("gold.dim_customer");
  private static final Relation ROWS =
      new Relation.Filter(
          new Relation.Scan(TableId.parse("silver.customers")), "\"id\" IS NOT NULL");

  private static Given scd2() {
    return Given.a("scd2")
        .from("silver.customers")
        .into("gold.dim_customer")
        .with("key", List.of("id"))
        .with("valid_from", "updated_at")
        .table("silver.customers", "id INT64", "name", "email", "updated_at TIMESTAMP");
  }

  @Test
  void tracksAllOtherColumnsByDefault() {
    assertThat(scd2().made().query())
        .isEqualTo(
            new Relation.Scd2(
                ROWS,
                null,
                "customer_sk",
                List.of("id"),
                List.of("name", "email"),
                "\"updated_at\"",
                false,
                "TIMESTAMP '2024-05-16 10:11:12.5'"));
    assertThat(scd2().made().write()).isEqualTo(new Write.ReplaceKeys(List.of("id")));
    assertThat(scd2().node().key()).containsExactly("customer_sk");
  }

  @Test
  void continuesTheHistoryThatIsThere() {
    Relation.Scd2 query =
        (Relation.Scd2)
            scd2()
                .existing("gold.dim_customer")
                .with("deletes", "close")
                .with("surrogate_key", "sk")
                .with("track", List.of("email"))
                .with("valid_from", "COALESCE(updated_at, TIMESTAMP '2000-01-01 00:00:00')")
                .made()
                .query();
    assertThat(query.history()).isEqualTo(DIMENSION);
    assertThat(query.closeMissing()).isTrue();
    assertThat(query.surrogateKey()).isEqualTo("sk");
    assertThat(query.track()).containsExactly("email");
    assertThat(query.validFrom()).startsWith("COALESCE(");
  }

  @Test
  void hasAnUnknownMemberOnce() {
    Relation.Union first = (Relation.Union) scd2().with("unknown", true).made().query();
    assertThat(((Relation.Filter) first.inputs().get(0)).condition())
        .isEqualTo("\"customer_sk\" <> -1");
    Relation.Join member = (Relation.Join) first.inputs().get(1);
    assertThat(member.columns())
        .extracting(Projection::name)
        .containsExactly(
            "customer_sk", "id", "name", "email", "valid_from", "valid_to", "is_current");
    assertThat(member.columns().getFirst().expression()).isEqualTo("CAST(-1 AS BIGINT)");
    Relation.Union later =
        (Relation.Union) scd2().with("unknown", true).existing("gold.dim_customer").made().query();
    assertThat(later.inputs().get(1))
        .isEqualTo(
            new Relation.Join(
                member,
                new Relation.Filter(new Relation.Scan(DIMENSION), "\"customer_sk\" = -1"),
                JoinType.ANTI,
                "TRUE",
                List.of()));
  }

  private static Given inferring() {
    return scd2()
        .with("infer_from", List.of("silver.orders.customer_id"))
        .table("silver.orders", "customer_id INT64");
  }

  @Test
  void infersMembersThatAreOnlyReferredTo() {
    Given step = inferring().existing("gold.dim_customer");
    assertThat(step.inputs()).containsExactly("silver.customers", "silver.orders");
    Relation.Scd2 query = (Relation.Scd2) step.made().query();
    assertThat(query.track()).containsExactly("name", "email", "is_inferred");
    assertThat(query.validFrom()).isEqualTo("\"_leat_valid_from\"");
    Relation.Union source = (Relation.Union) query.source();
    Relation.Select real = (Relation.Select) source.inputs().get(0);
    assertThat(real.input()).isEqualTo(ROWS);
    assertThat(real.columns())
        .endsWith(
            new Projection("_leat_valid_from", "\"updated_at\""),
            new Projection("is_inferred", "FALSE"));
    Relation.Select inferred = (Relation.Select) source.inputs().get(1);
    assertThat(inferred.columns())
        .endsWith(
            new Projection("_leat_valid_from", "TIMESTAMP '0001-01-01 00:00:00'"),
            new Projection("is_inferred", "TRUE"));
    Relation.Join typed = (Relation.Join) inferred.input();
    Relation.Join notInHistory = (Relation.Join) typed.left();
    assertThat(notInHistory.type()).isEqualTo(JoinType.ANTI);
    assertThat(notInHistory.right()).isEqualTo(new Relation.Scan(DIMENSION));
    assertThat(((Relation.Join) notInHistory.left()).right()).isEqualTo(ROWS);
  }

  @Test
  void refusesInferringWhereItCannotBeRight() {
    inferring().with("deletes", "close").isRefusedAtOnce("would end inferred members");
    inferring().with("key", List.of("id", "name")).isRefusedAtOnce("a key of one column");
    inferring()
        .with("infer_from", List.of("gold.dim_customer.id"))
        .isRefusedAtOnce("names the dimension itself");
    for (String wrong : List.of("orders", "orders.customer_id", "a.b.c.d", "silver.orders.")) {
      inferring()
          .with("infer_from", List.of(wrong))
          .isRefusedAtOnce("does not name a column: " + wrong);
    }
    inferring()
        .with("valid_from", "CURRENT_TIMESTAMP")
        .with("track", List.of("name"))
        .isRefused("infer_from needs valid_from to be a column");
    inferring().table("silver.orders", "id").isRefused("silver.orders has no column customer_id");
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    scd2().write(new Write.Append()).isRefusedAtOnce("kind scd2 cannot write with mode append");
    scd2().with("track", List.of("id")).isRefusedAtOnce("id is in key and in track");
    scd2().with("track", List.of("valid_to")).isRefusedAtOnce("valid_to is in track");
    scd2().with("valid_from", " ").isRefusedAtOnce("valid_from is empty");
    scd2()
        .with("deletes", "close")
        .table("incremental", Map.of("column", List.of("updated_at")))
        .isRefusedAtOnce("needs all rows");
    scd2().with("valid_from", "CURRENT_TIMESTAMP").isRefused("not known which columns to track");
    scd2()
        .table("silver.customers", "id INT64", "is_current BOOLEAN", "updated_at DATE")
        .isRefused("is_current is in silver.customers");
    scd2().with("track", List.of("phone")).isRefused("silver.customers has no column phone");
  }
}
