package dev.leat.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.plugin.Secret;
import dev.leat.testkit.contract.CredentialStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesStoreIT implements CredentialStoreContract {
  @TempDir private Path folder;

  @Override
  public CredentialStore open() {
    return new FilesStore(folder.resolve("secrets"));
  }

  @Test
  void readsWhatContainersAreGiven() throws IOException {
    Path data = Files.createDirectories(folder.resolve("secrets/..2026_11_25/"));
    Files.writeString(data.resolve("shop"), "hunter2\r\n\n");
    Files.createSymbolicLink(folder.resolve("secrets/..data"), data);
    Files.createSymbolicLink(folder.resolve("secrets/shop"), Path.of("..data/shop"));

    try (CredentialStore store = open()) {
      assertThat(store.get("shop").map(Secret::reveal)).contains("hunter2");
      assertThat(store.list().stream().map(CredentialStore.Entry::name)).containsExactly("shop");
    }
  }

  @Test
  void whatItWritesIsItsOwnersAlone() throws IOException {
    place("prod/shop", "hunter2");

    Path file = folder.resolve("secrets/prod/shop");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file).hasContent("hunter2");
  }
}
