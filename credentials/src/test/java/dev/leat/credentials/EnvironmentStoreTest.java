package dev.leat.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.plugin.Secret;
import dev.leat.testkit.contract.CredentialStoreContract;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvironmentStoreTest implements CredentialStoreContract {
  private final Map<String, String> environment = new HashMap<>(Map.of("OTHER", "x"));

  @Override
  public CredentialStore open() {
    return new EnvironmentStore(environment, "LEAT_SECRET_");
  }

  @Override
  public boolean writable() {
    return false;
  }

  @Override
  public void place(String name, String value) {
    environment.put("LEAT_SECRET_" + name.toUpperCase(Locale.ROOT), value);
  }

  /** Variables know neither small letters nor signs. */
  @Override
  public List<String> names() {
    return List.of("a", "b2", "shop", "shop_pg");
  }

  @Test
  void signsAreUnderscores() {
    place("PROD_SHOP_PG", "one");
    try (CredentialStore store = open()) {
      assertThat(store.get("prod/shop-pg").map(Secret::reveal)).contains("one");
    }
  }
}
