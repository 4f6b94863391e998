package dev.leat.flow.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RelationsTest {
  private static final Relation ORDERS = new Relation.Scan(new TableId("bronze", "orders"));

  @Test
  void operationsGoAroundEachOtherInTheOrderTheyAreWritten() {
    Instruction instruction =
        Relations.from("bronze.orders")
            .filter("total > 0")
            .dedupe(List.of("id"), "updated_at DESC", "id")
            .select("id", "total * 2 AS twice")
            .into("gold.x")
            .merge("id");

    assertThat(instruction)
        .isEqualTo(
            new Instruction(
                new TableId("gold", "x"),
                new Relation.Select(
                    new Relation.Dedupe(
                        new Relation.Filter(ORDERS, "total > 0"),
                        List.of("id"),
                        List.of(Order.descending("updated_at"), Order.ascending("id"))),
                    List.of(new Projection("id", "id"), new Projection("twice", "total * 2"))),
                new Write.Merge(List.of("id"), null)));
  }

  @Test
  void joinsHaveALeftAndARightSide() {
    Relations customers = Relations.from("bronze.customers");

    assertThat(
            Relations.of(ORDERS).join(customers, "l.c = r.id", "l.id", "r.name AS who").relation())
        .isEqualTo(
            new Relation.Join(
                ORDERS,
                customers.relation(),
                JoinType.INNER,
                "l.c = r.id",
                List.of(new Projection("id", "l.id"), new Projection("who", "r.name"))));
    assertThat(Relations.of(ORDERS).join(JoinType.ANTI, customers, "l.c = r.id").relation())
        .isEqualTo(
            new Relation.Join(
                ORDERS, customers.relation(), JoinType.ANTI, "l.c = r.id", List.of()));
  }

  @Test
  void aRelationIsNotChangedByBuildingOnIt() {
    Relations orders = Relations.from("bronze.orders");
    orders.filter("false");

    assertThat(orders.relation()).isEqualTo(ORDERS);
    assertThat(orders.union(orders).relation())
        .isEqualTo(new Relation.Union(List.of(ORDERS, ORDERS), false));
    assertThat(orders.then(input -> new Relation.Snapshot(input, "seen", "1")).relation())
        .isEqualTo(new Relation.Snapshot(ORDERS, "seen", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id | id | id",
        "l.id | id | l.id",
        "\"Order No\" | Order No | \"Order No\"",
        "r.\"a\"\"b\" | a\"b | r.\"a\"\"b\"",
        "CAST(x AS BIGINT) as y | y | CAST(x AS BIGINT)",
        "' AS z' AS y | y | ' AS z'",
        "'it''s AS' + a AS \"Its\" | Its | 'it''s AS' + a",
        "\"a AS b\" | a AS b | \"a AS b\"",
        "alias | alias | alias",
      })
  void columnsAreReadWithTheirNames(String text, String name, String expression) {
    assertThat(ColumnText.projection(text)).isEqualTo(new Projection(name, expression));
  }

  @ParameterizedTest
  @ValueSource(strings = {"total * 2", "SUM(x)", "1", "a AS", "a AS b c", "CAST(x AS BIGINT)", ""})
  void aColumnWithoutANameIsRefused(String text) {
    assertThatThrownBy(() -> ColumnText.projection(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a name");
  }
}
