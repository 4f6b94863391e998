package dev.leat.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.repository.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of documents does. */
public interface DocumentsContract {
  /** In the order of their UTF-8 bytes, which is not that of UTF-16. */
  List<String> KEYS =
      List.of(
          " ",
          "%41",
          "..",
          "../up",
          "A",
          "NUL",
          "Run/1/step",
          "a",
          "a/",
          "a/b",
          "a\\b",
          "a_b",
          "ab",
          "ä",
          "\uff5e",
          "\ud83d\ude00");

  /**
   * Opens a store that is empty at the first call in a test, and has what it had at others, also
   * while it is open elsewhere.
   */
  Documents open();

  @Test
  default void documentsAreReadAsTheyWereWritten() {
    String text = "{\"x\": \"é \ud83d\ude00 ' \\\\ \\n\"}\r\n\t".repeat(1000);
    try (Documents documents = open()) {
      assertThat(documents.get("things", "key")).isEmpty();
      documents.put("things", "key", "before");
      documents.put("things", "key", text);
      documents.put("things", "empty", "");
      documents.put("other_things", "key", "other");
      assertThat(documents.get("things", "key")).contains(text);
    }
    try (Documents documents = open()) {
      assertThat(documents.get("things", "key")).contains(text);
      assertThat(documents.get("things", "empty")).contains("");
      assertThat(documents.get("things", "KEY")).isEmpty();
      assertThat(documents.get("other_things", "key")).contains("other");
      assertThat(documents.get("nothing", "key")).isEmpty();
    }
  }

  @Test
  default void anyKeyIsADocumentOfItsOwn() {
    try (Documents documents = open()) {
      List<String> keys = new ArrayList<>(KEYS);
      keys.add("x".repeat(400));
      keys.add("€".repeat(400));
      keys.add("€".repeat(399) + "x");
      keys.forEach(key -> documents.put("things", key, "of " + key));

      assertThat(keys)
          .allSatisfy(key -> assertThat(documents.get("things", key)).contains("of " + key));
      assertThat(documents.keys("things", "", 100, false)).hasSameElementsAs(keys);
    }
  }

  @Test
  default void keysAreListedByTheirBytes() {
    try (Documents documents = open()) {
      KEYS.reversed().forEach(key -> documents.put("things", key, ""));
      documents.put("other_things", "a", "");

      assertThat(documents.keys("things", "", 100, false)).isEqualTo(KEYS);
      assertThat(documents.keys("things", "", 100, true)).isEqualTo(KEYS.reversed());
      assertThat(documents.keys("things", "", 2, true)).isEqualTo(KEYS.reversed().subList(0, 2));
      assertThat(documents.keys("things", "", 0, false)).isEmpty();
      assertThat(documents.keys("things", "a", Integer.MAX_VALUE, false))
          .containsExactly("a", "a/", "a/b", "a\\b", "a_b", "ab");
      assertThat(documents.keys("things", "a/", 1, true)).containsExactly("a/b");
      assertThat(documents.keys("things", "%", 10, false)).containsExactly("%41");
      assertThat(documents.keys("things", "a_", 10, false)).containsExactly("a_b");
      assertThat(documents.keys("nothing", "", 10, false)).isEmpty();
    }
  }

  @Test
  default void aDocumentIsMadeOnlyIfThereIsNone() {
    try (Documents documents = open();
        Documents elsewhere = open()) {
      assertThat(documents.putNew("things", "key", "first")).isTrue();
      assertThat(elsewhere.putNew("things", "key", "second")).isFalse();
      assertThat(elsewhere.get("things", "key")).contains("first");
      documents.delete("things", "key");
      documents.delete("things", "key");
      assertThat(elsewhere.get("things", "key")).isEmpty();
      assertThat(elsewhere.keys("things", "", 1, false)).isEmpty();
      assertThat(elsewhere.putNew("things", "key", "third")).isTrue();
    }
  }

  @Test
  default void onlyOneOfManyMakesADocument() throws Exception {
    try (Documents documents = open();
        Documents elsewhere = open();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> makers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Documents store = i % 2 == 0 ? documents : elsewhere;
        String text = "of " + i;
        makers.add(() -> store.putNew("things", "key", text));
      }
      int made = 0;
      for (Future<Boolean> each : threads.invokeAll(makers)) {
        made += each.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
  }

  @Test
  default void documentsAreNeverSeenInPart() throws Exception {
    String one = "1".repeat(50_000);
    String two = "2".repeat(100_000);
    try (Documents documents = open();
        Documents elsewhere = open();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      documents.put("things", "key", one);
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 0; i < 20; i++) {
                  documents.put("things", "key", i % 2 == 0 ? two : one);
                }
              });
      while (!writer.isDone()) {
        assertThat(elsewhere.get("things", "key").orElseThrow()).isIn(one, two);
      }
      writer.get();
    }
  }
}
