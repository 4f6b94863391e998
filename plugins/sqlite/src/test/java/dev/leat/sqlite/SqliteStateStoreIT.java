package dev.leat.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.state.StateStore;
import dev.leat.testkit.contract.StateStoreContract;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateStoreIT implements StateStoreContract {
  @TempDir Path folder;

  @Override
  public StateStore openStore() {
    return SqliteStateStore.open(folder.resolve(".leat"), "shop", true);
  }

  private Path file() {
    return folder.resolve(".leat/shop.db");
  }

  @Test
  void neverTakesABrokenFileForAnEmptyState() throws IOException {
    openStore().close();
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), new byte[0]);
    assertThatThrownBy(this::openStore).hasMessageContaining("is damaged");
    Files.writeString(
        file(), "something else entirely, and long enough to be looked at as a header");
    assertThatThrownBy(this::openStore).hasMessageContaining("is damaged");
    Files.write(file(), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(this::openStore).hasMessageContaining("is damaged");
    Files.write(file(), whole);
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.seek(60); // user_version
      raw.writeInt(99);
    }
    assertThatThrownBy(this::openStore).hasMessageContaining("newer Leat");
    assertThat(Files.size(file())).isEqualTo(whole.length);
  }

  @Test
  void doesNotMakeAStateOnlyToLook() {
    assertThatThrownBy(() -> SqliteStateStore.open(folder.resolve(".leat"), "shop", false))
        .hasMessageContaining("never ran here");
    assertThat(folder.resolve(".leat")).doesNotExist();
  }
}
