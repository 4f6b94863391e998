package dev.leat.flow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentCheckHistoryTest {
  private final Stored documents = new Stored();
  private final CheckHistory history = new DocumentCheckHistory(documents);

  @Test
  void givesTheLastRunFirst() {
    save("a", 1);
    save("b", 2);
    assertThat(history.earlier(Checks.ORDERS))
        .containsOnlyKeys("rows")
        .containsEntry("rows", List.of(Map.of("rows", 2.0), Map.of("rows", 1.0)));
    assertThat(history.earlier(Checks.CUSTOMERS)).isEmpty();
  }

  @Test
  void keepsTheLastThirtyRuns() {
    for (int i = 0; i < 40; i++) {
      save("run" + i, i);
    }
    List<Map<String, Double>> earlier =
        history.earlier(Checks.ORDERS).getOrDefault("rows", List.of());
    assertThat(earlier).hasSize(30);
    assertThat(earlier.getFirst()).containsEntry("rows", 39.0);
  }

  @Test
  void replacesARunThatIsSavedAgain() {
    save("a", 1);
    save("a", 2);
    assertThat(history.earlier(Checks.ORDERS)).containsEntry("rows", List.of(Map.of("rows", 2.0)));
  }

  @Test
  void saysWhereFiguresCannotBeRead() {
    documents.put(DocumentCheckHistory.COLLECTION, Checks.ORDERS.toString(), "{");
    assertThatThrownBy(() -> history.earlier(Checks.ORDERS))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("gold.orders");
  }

  private void save(String run, double rows) {
    CheckModel check = Checks.check("rows", new Rule.RowCount(1L, null, null));
    CheckModel contract = Checks.check("columns", new Rule.Contract(Map.of(), false));
    history.save(
        Checks.ORDERS,
        run,
        Instant.EPOCH,
        List.of(
            new CheckResult(check, true, 0, 0, "", Map.of("rows", rows), Optional.empty()),
            new CheckResult(contract, true, 0, 0, "", Map.of(), Optional.empty())));
  }

  /** Documents for as long as a test runs. */
  private static final class Stored implements Documents {
    private final Map<String, String> texts = new TreeMap<>();

    @Override
    public String describe() {
      return "memory";
    }

    @Override
    public Optional<String> get(String collection, String key) {
      return Optional.ofNullable(texts.get(collection + "/" + key));
    }

    @Override
    public void put(String collection, String key, String text) {
      texts.put(collection + "/" + key, text);
    }

    @Override
    public boolean putNew(String collection, String key, String text) {
      return texts.putIfAbsent(collection + "/" + key, text) == null;
    }

    @Override
    public void delete(String collection, String key) {
      texts.remove(collection + "/" + key);
    }

    @Override
    public List<String> keys(String collection, String prefix, int limit, boolean descending) {
      String start = collection + "/" + prefix;
      Comparator<String> order = Comparator.naturalOrder();
      return texts.keySet().stream()
          .filter(key -> key.startsWith(start))
          .sorted(descending ? order.reversed() : order)
          .limit(limit)
          .map(key -> key.substring(collection.length() + 1))
          .toList();
    }

    @Override
    public void close() {
      texts.clear();
    }
  }
}
