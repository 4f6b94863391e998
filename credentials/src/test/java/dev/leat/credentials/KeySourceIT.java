package dev.leat.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.credential.KeyPrompt;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeySourceIT {
  @TempDir private Path folder;

  private Path keyFile(String name, String mode) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "key of a file\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private KeySource source(
      Map<String, String> environment, KeyPrompt prompt, Optional<Path> keyFile) {
    return new KeySource(
        new CredentialContext(Optional.of(folder.resolve("flow")), environment, prompt), keyFile);
  }

  private static String key(KeySource source) {
    return source.key("the keystore", true).value().reveal();
  }

  @Test
  void theFlowsFileComesBeforeTheEnvironmentAndThatBeforeAPerson() throws IOException {
    Path file = keyFile("keys/key", "rw-------");
    KeyPrompt prompt = (_, _) -> Optional.of(new Secret("key that is typed"));
    Map<String, String> variable = Map.of(KeySource.KEY, "key of a variable");
    Map<String, String> named = Map.of(KeySource.KEY_FILE, file.toString());

    assertThat(key(source(variable, prompt, Optional.of(file)))).isEqualTo("key of a file");
    assertThat(key(source(variable, prompt, Optional.empty()))).isEqualTo("key of a variable");
    assertThat(key(source(named, prompt, Optional.empty()))).isEqualTo("key of a file");
    assertThat(key(source(Map.of(), prompt, Optional.empty()))).isEqualTo("key that is typed");
    assertThatThrownBy(() -> key(source(Map.of(), KeyPrompt.NONE, Optional.empty())))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("no terminal to ask at");
  }

  @Test
  void asksOnce() {
    AtomicInteger asked = new AtomicInteger();
    KeySource source =
        source(
            Map.of(),
            (_, _) -> Optional.of(new Secret("key number " + asked.incrementAndGet())),
            Optional.empty());

    assertThat(key(source)).isEqualTo("key number 1");
    assertThat(key(source)).isEqualTo("key number 1");
  }

  @Test
  void aKeyBesideTheFlowIsRefused() throws IOException {
    Path beside = keyFile("flow/keys/key", "rw-------");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, beside);

    for (Path file : new Path[] {beside, link, folder.resolve("flow/../flow/keys/key")}) {
      assertThatThrownBy(() -> key(source(Map.of(), KeyPrompt.NONE, Optional.of(file))))
          .isInstanceOf(LeatException.class)
          .hasMessageContaining("in the folder of the flow");
    }
  }

  @Test
  void aKeyFileOfOthersOrWithoutAKeyIsRefused() throws IOException {
    Path open = keyFile("keys/open", "rw-r--r--");
    assertThatThrownBy(() -> key(source(Map.of(), KeyPrompt.NONE, Optional.of(open))))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.fix()).isEqualTo("chmod 600 " + open));
    Path empty = keyFile("keys/empty", "rw-------");
    Files.writeString(empty, "\n");
    assertThatThrownBy(() -> key(source(Map.of(), KeyPrompt.NONE, Optional.of(empty))))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("is empty");
    Path none = folder.resolve("keys/none");
    assertThatThrownBy(() -> key(source(Map.of(), KeyPrompt.NONE, Optional.of(none))))
        .isInstanceOf(LeatException.class)
        .hasMessageStartingWith("there is no key file " + none);
  }

  @Test
  void aNewKeyHasToBeLong() {
    KeySource source = source(Map.of(KeySource.KEY, "1234567"), KeyPrompt.NONE, Optional.empty());

    assertThatThrownBy(() -> source.key("the keystore", true))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("fewer than 8");
    assertThat(source.key("the keystore", false).value().reveal()).isEqualTo("1234567");
  }
}
