package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresDocumentsIT {
  private final EngineDatabase database = new EngineDatabase();

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  private Documents open(String flow, boolean write) {
    return new PostgresPlugin()
        .documents()
        .orElseThrow()
        .open(Path.of("unused"), flow, database.options(), write);
  }

  @Test
  void keepsDocumentsOfEachFlow() {
    try (Documents shop = open("shop", true);
        Documents other = open("other", true)) {
      shop.put("runs", "1", "first");
      shop.put("runs", "1", "second 𝄞\n");
      other.put("runs", "1", "of the other");
      assertThat(shop.get("runs", "1")).contains("second 𝄞\n");
      assertThat(shop.get("flows", "1")).isEmpty();
      assertThat(shop.putNew("runs", "1", "third")).isFalse();
      assertThat(shop.putNew("runs", "2", "")).isTrue();
      shop.delete("runs", "1");
      shop.delete("runs", "1");
      assertThat(shop.keys("runs", "", 10, false)).containsExactly("2");
    }
    try (Documents other = open("other", false)) {
      assertThat(other.get("runs", "1")).contains("of the other");
    }
  }

  @Test
  void listsKeysByTheirBytes() {
    try (Documents shop = open("shop", true)) {
      List<String> keys = List.of("a", "a/%", "a/B", "a/_", "a/b", "a/ä", "a/｡", "a/𝄞", "b");
      keys.reversed().forEach(key -> shop.put("runs", key, "x"));
      assertThat(shop.keys("runs", "", 100, false)).isEqualTo(keys);
      assertThat(shop.keys("runs", "a/", 100, true)).isEqualTo(keys.subList(1, 8).reversed());
      assertThat(shop.keys("runs", "a/", 2, true)).containsExactly("a/𝄞", "a/｡");
      assertThat(shop.keys("runs", "a/_", 100, false)).containsExactly("a/_");
      assertThat(shop.keys("flows", "", 100, false)).isEmpty();
    }
  }

  @Test
  void aStoreThatIsOnlyLookedAtIsNotMade() throws Exception {
    try (Documents shop = open("shop", false)) {
      assertThat(shop.get("runs", "1")).isEmpty();
      assertThat(shop.keys("runs", "", 1, false)).isEmpty();
      assertThatThrownBy(() -> shop.put("runs", "1", "x")).isInstanceOf(LeatException.class);
      assertThat(database.database().value("SELECT to_regnamespace('_leat') IS NULL"))
          .isEqualTo("t");
    }
  }

  @Test
  void onlyOneOfSeveralMakesADocument() {
    List<CompletableFuture<Boolean>> made =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try (Documents shop = open("shop", true)) {
                            return shop.putNew("runs", "1", "by " + i);
                          }
                        }))
            .toList();
    assertThat(made.stream().filter(CompletableFuture::join)).hasSize(1);
  }

  @Test
  void tellsThatATextCannotBeKept() {
    try (Documents shop = open("shop", true)) {
      assertThatThrownBy(() -> shop.put("runs", "1", "a\0b"))
          .isInstanceOfSatisfying(
              LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA));
      assertThat(shop.describe()).startsWith("postgres://").doesNotContain("@");
    }
  }
}
