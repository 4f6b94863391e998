package dev.leat.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.TableState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlowTablesTest {
  private final FlowTables tables =
      new FlowTables(
          List.of(
              state("public.orders", "bronze.orders"),
              state("public.items", "bronze.order_items"),
              state("old.orders", "archive.orders")));

  @Test
  void knowsNamesAtTheDestinationAndAtTheSource() {
    assertThat(tables.atDestination("bronze.orders")).hasToString("bronze.orders");
    assertThat(tables.atDestination("old.orders")).hasToString("archive.orders");
  }

  @Test
  void knowsBareNamesThatOnlyOneTableHas() {
    assertThat(tables.atDestination("order_items")).hasToString("bronze.order_items");
    assertThat(tables.atDestination("items")).hasToString("bronze.order_items");
  }

  @Test
  void asksForTheSchemaWhereThereAreSeveral() {
    assertThatThrownBy(() -> tables.atDestination("orders"))
        .hasMessage("orders could be bronze.orders, archive.orders");
  }

  @Test
  void listsWhatThereIs() {
    assertThatThrownBy(() -> tables.atDestination("nothing"))
        .hasMessage("the flow has no table nothing");
  }

  private static TableState state(String source, String destination) {
    return TableState.initial(TableId.parse(source), TableId.parse(destination));
  }
}
