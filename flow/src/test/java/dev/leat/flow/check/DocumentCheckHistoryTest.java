package dev.leat.flow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.flow.documents.MemoryDocuments;
import dev.leat.spi.error.LeatException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentCheckHistoryTest {
  private final MemoryDocuments documents = new MemoryDocuments();
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
}
