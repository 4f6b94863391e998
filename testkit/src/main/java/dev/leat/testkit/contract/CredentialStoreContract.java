package dev.leat.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of secrets does. */
public interface CredentialStoreContract {

  /**
   * Opens a store that is empty at the first call in a test, and has what it had at others, also
   * while it is open elsewhere.
   */
  CredentialStore open();

  /** Whether {@code put} and {@code delete} work; others have to say what to do instead. */
  default boolean writable() {
    return true;
  }

  /** Puts a value there, by other means if the store cannot. */
  default void place(String name, String value) {
    try (CredentialStore store = open()) {
      store.put(name, new Secret(value));
    }
  }

  /** Names that are different secrets, in the order of {@code list}. */
  default List<String> names() {
    return List.of("Shop", "prod/shop", "prod/shop2", "shop", "shop-pg", "shop.pg", "shop_pg");
  }

  private static Optional<String> get(CredentialStore store, String name) {
    return store.get(name).map(Secret::reveal);
  }

  @Test
  default void aValueIsReadAsItWasPut() {
    String any = "p@ss:w0rd/?#\"'\\$HOME é \ud83d\ude00";
    String many = "-----BEGIN KEY-----\n" + "x".repeat(3000) + "\n\t-----END KEY-----";
    try (CredentialStore store = open()) {
      assertThat(store.get("first")).isEmpty();
      assertThat(store.list()).isEmpty();
    }
    place("first", "before");
    place("first", any);
    place("second", many);
    place("third", " x ");
    try (CredentialStore store = open()) {
      assertThat(get(store, "first")).contains(any);
      assertThat(get(store, "second")).contains(many);
      assertThat(get(store, "third")).contains(" x ");
      assertThat(get(store, "fourth")).isEmpty();
    }
  }

  @Test
  default void namesAreListedInOrderWithoutValues() {
    names().reversed().forEach(name -> place(name, "value of " + name));
    try (CredentialStore store = open()) {
      assertThat(store.list().stream().map(CredentialStore.Entry::name))
          .containsExactlyElementsOf(names());
      assertThat(names())
          .allSatisfy(name -> assertThat(get(store, name)).contains("value of " + name));
      assertThat(store.list().toString()).doesNotContain("value of");
    }
  }

  @Test
  default void aDeletedValueIsGone() {
    place("first", "one");
    place("second", "two");
    try (CredentialStore store = open()) {
      if (!writable()) {
        assertReadOnly(() -> store.delete("first"));
        assertReadOnly(() -> store.put("first", new Secret("three")));
        assertThat(get(store, "first")).contains("one");
        return;
      }
      assertThat(store.delete("first")).isTrue();
      assertThat(store.delete("first")).isFalse();
      assertThat(store.get("first")).isEmpty();
      assertThat(get(store, "second")).contains("two");
    }
    try (CredentialStore store = open()) {
      assertThat(store.list().stream().map(CredentialStore.Entry::name)).containsExactly("second");
      store.put("first", new Secret("three"));
      assertThat(get(store, "first")).contains("three");
    }
  }

  private static void assertReadOnly(Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Credentials.READ_ONLY);
              assertThat(e.fix()).isNotEmpty();
            });
  }

  @Test
  default void namesAndValuesThatCannotBeAreRefusedWithoutBeingShown() {
    try (CredentialStore store = open()) {
      for (String name :
          List.of("", " ", "a b", "../up", "a//b", "/a", "a/", ".a", "x".repeat(201))) {
        assertThatThrownBy(() -> store.get(name))
            .isInstanceOfSatisfying(
                LeatException.class, e -> assertThat(e.code()).isEqualTo(Credentials.NAME));
      }
      assertThatThrownBy(() -> store.put("hunter2 hunter2", new Secret("x")))
          .isInstanceOf(LeatException.class)
          .hasMessageNotContaining("hunter2");
      for (String value : List.of("", "hunter2\n", "hunter2\0", "hunter2".repeat(10_000))) {
        assertThatThrownBy(() -> store.put("first", new Secret(value)))
            .isInstanceOfSatisfying(
                LeatException.class,
                e -> {
                  assertThat(e.code()).isEqualTo(Credentials.VALUE);
                  assertThat(e.message() + e.fix() + e.context()).doesNotContain("hunter2");
                });
      }
      assertThat(store.list()).isEmpty();
    }
  }

  @Test
  default void saysWhereItIsAndNothingElse() {
    place("first", "hunter2");
    try (CredentialStore store = open()) {
      assertThat(store.describe()).isNotBlank().doesNotContain("hunter2", "first");
      assertThat(store.get("first").toString()).doesNotContain("hunter2");
    }
  }

  @Test
  default void writersAtTheSameTimeLoseNothing() throws Exception {
    assumeTrue(writable());
    place("first", "one");
    List<Callable<Boolean>> writers = new ArrayList<>();
    try (CredentialStore one = open();
        CredentialStore other = open();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (CredentialStore store : List.of(one, other)) {
        String prefix = store == one ? "one" : "other";
        writers.add(
            () -> {
              for (int i = 0; i < 5; i++) {
                store.put(prefix + i, new Secret(prefix + " " + i));
              }
              return true;
            });
      }
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        assertThat(writer.get()).isTrue();
      }
    }
    try (CredentialStore store = open()) {
      assertThat(store.list()).hasSize(11);
      for (int i = 0; i < 5; i++) {
        assertThat(get(store, "one" + i)).contains("one " + i);
        assertThat(get(store, "other" + i)).contains("other " + i);
      }
    }
  }
}
