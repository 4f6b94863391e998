package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.plugin.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class PostgresOptionsTest {
  private static PostgresOptions read(String replication, Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.put("connection", new Secret("postgres://ann@h/db"));
    try (BufferAllocator allocator = new RootAllocator()) {
      return PostgresOptions.of(
          new OpenContext("shop", replication, new OptionValues(values), allocator));
    }
  }

  @Test
  void namesSlotAndPublicationAfterTheReplication() {
    PostgresOptions options = read("Retail-Orders.shop", Map.of());
    assertThat(options.slot()).isEqualTo("leat_retail_orders_shop");
    assertThat(options.publication()).isEqualTo("leat_retail_orders_shop");
    assertThat(options.publicationKept()).isTrue();
  }

  @Test
  void keepsLongNamesApartAndWithinTheLimit() {
    String first = PostgresOptions.derivedName("a".repeat(80) + "1");
    String second = PostgresOptions.derivedName("a".repeat(80) + "2");
    assertThat(first).hasSizeLessThanOrEqualTo(63).isNotEqualTo(second).matches("[a-z0-9_]+");
  }

  @Test
  void leavesAPublicationOfAPersonAlone() {
    PostgresOptions options = read("r", Map.of("publication", "Mine"));
    assertThat(options.publication()).isEqualTo("Mine");
    assertThat(options.publicationKept()).isFalse();
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(() -> read("r", Map.of("slot", "Big-Slot")))
        .isInstanceOf(LeatException.class);
    assertThatThrownBy(() -> read("r", Map.of("copy_connections", 0L)))
        .isInstanceOf(LeatException.class);
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Plugin.class)).extracting(Plugin::name).contains("postgres");
  }
}
