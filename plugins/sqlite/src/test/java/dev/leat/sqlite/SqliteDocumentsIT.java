package dev.leat.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.state.StateStore;
import dev.leat.testkit.contract.DocumentsContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDocumentsIT implements DocumentsContract {
  @TempDir Path folder;

  @Override
  public Documents open() {
    return SqliteDocuments.open(folder, "shop", true);
  }

  private Documents look() {
    return SqliteDocuments.open(folder, "shop", false);
  }

  private Path file() {
    return folder.resolve("shop.db");
  }

  @Test
  void keepsTextsAndKeysWithAnyCharacter() {
    try (Documents documents = open()) {
      documents.put("things", "it's \"x\u0000y\"", "a\u0000b");
      documents.put("things", "it's", "");
      assertThat(documents.get("things", "it's \"x\u0000y\"")).contains("a\u0000b");
      assertThat(documents.keys("things", "it's \"", 9, false))
          .containsExactly("it's \"x\u0000y\"");
      assertThatThrownBy(() -> documents.put("things", "\ud83d", ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatDoesNotExistIsEmptyToWhoOnlyLooks() {
    try (Documents documents = look()) {
      assertThat(documents.get("things", "key")).isEmpty();
      assertThat(documents.keys("things", "", 9, false)).isEmpty();
      assertThat(file()).doesNotExist();
      open().close();
      try (Documents writer = open()) {
        writer.put("things", "key", "x");
        assertThat(documents.get("things", "key")).contains("x");
      }
      assertThatThrownBy(() -> documents.put("things", "key", "y"))
          .isInstanceOf(LeatException.class);
    }
  }

  @Test
  void sharesTheFileWithTheState() {
    try (StateStore store = SqliteStateStore.open(folder, "shop", true);
        Documents documents = open()) {
      documents.put("things", "key", "x");
      assertThat(store.replications()).isEmpty();
      assertThat(documents.describe()).contains(file().toString());
    }
  }

  @Test
  void aFileOfALeatWithoutDocumentsGetsThemWhenItIsWritten() throws SQLException {
    open().close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE document");
      statement.execute("PRAGMA user_version = 1");
    }
    try (Documents documents = look()) {
      assertThat(documents.get("things", "key")).isEmpty();
      assertThat(documents.keys("things", "", 9, true)).isEmpty();
    }
    SqliteStateStore.open(folder, "shop", false).close();
    try (Documents documents = open()) {
      documents.put("things", "key", "x");
    }
    try (Documents documents = look();
        StateStore store = SqliteStateStore.open(folder, "shop", true)) {
      assertThat(documents.get("things", "key")).contains("x");
      assertThat(store.replications()).isEmpty();
    }
  }

  @Test
  void neverTakesABrokenFileForAnEmptyOne() throws IOException {
    try (Documents documents = open()) {
      documents.put("things", "key", "x".repeat(20_000));
    }
    byte[] whole = Files.readAllBytes(file());
    for (byte[] broken :
        new byte[][] {
          new byte[0],
          "something else entirely, and long enough for a header"
              .getBytes(java.nio.charset.StandardCharsets.UTF_8),
          Arrays.copyOf(whole, whole.length / 2)
        }) {
      Files.write(file(), broken);
      assertRefused(this::open);
      assertRefused(this::look);
    }
  }

  private static void assertRefused(Runnable opening) {
    assertThatThrownBy(opening::run)
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFIG))
        .hasMessageContaining("is damaged");
  }
}
