package dev.leat.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionSpoolTest {
  private static void add(TransactionSpool spool, int transaction, int part, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    spool.add(transaction, part, (byte) 'I', bytes, 0, bytes.length);
  }

  private static List<String> replay(TransactionSpool spool, int transaction) {
    List<String> messages = new ArrayList<>();
    try (TransactionSpool.Reader reader = spool.replay(transaction)) {
      while (reader.next()) {
        messages.add(new String(reader.buffer(), 0, reader.length(), StandardCharsets.US_ASCII));
      }
    }
    return messages;
  }

  @Test
  void givesBackEachTransactionInOrder() {
    try (TransactionSpool spool = new TransactionSpool(1 << 20)) {
      add(spool, 1, 1, "a");
      add(spool, 2, 2, "x");
      add(spool, 1, 5, "b");
      assertThat(replay(spool, 1)).containsExactly("Ia", "Ib");
      assertThat(replay(spool, 2)).containsExactly("Ix");
      assertThat(replay(spool, 1)).isEmpty();
    }
  }

  @Test
  void leavesOutWhatWasTakenBack() {
    try (TransactionSpool spool = new TransactionSpool(1 << 20)) {
      add(spool, 1, 1, "a");
      add(spool, 1, 5, "b");
      spool.abort(1, 5);
      add(spool, 1, 6, "c");
      add(spool, 2, 2, "x");
      spool.abort(2, 2);
      spool.abort(3, 3);
      assertThat(replay(spool, 1)).containsExactly("Ia", "Ic");
      assertThat(replay(spool, 2)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20, 1 << 30})
  void keepsAnyAmountInOrder(long memory) {
    try (TransactionSpool spool = new TransactionSpool(memory)) {
      String filler = "x".repeat(1000);
      for (int i = 0; i < 5000; i++) {
        add(spool, 1, i % 3, filler + i);
      }
      spool.abort(1, 2);
      List<String> messages = replay(spool, 1);
      assertThat(messages)
          .hasSize(3334)
          .startsWith("I" + filler + "0")
          .endsWith("I" + filler + 4999);
    }
  }
}
