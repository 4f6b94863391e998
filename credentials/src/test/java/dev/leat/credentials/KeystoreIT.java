package dev.leat.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.credential.EncryptedCredentialStore;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import dev.leat.testkit.contract.CredentialStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeystoreIT implements CredentialStoreContract {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("leat/credentials");
  }

  @Override
  public CredentialStore open() {
    return Stores.keystore(file(), Stores.KEY);
  }

  @Test
  void theFileIsItsOwnersAloneAndShowsNoValue() throws IOException {
    place("shop", "hunter2");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("leat"))))
        .isEqualTo("rwx------");
    assertThat(Files.readString(file()))
        .contains("\"version\" : 1", "argon2id", "\"shop\"")
        .doesNotContain("hunter2", Stores.KEY);
    try (var files = Files.list(folder.resolve("leat"))) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("credentials", ".credentials.lock");
    }
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    place("shop", "hunter2");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

    for (Runnable use : uses()) {
      assertThatThrownBy(use::run)
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.code().name()).isEqualTo("CREDENTIALS_OPEN_TO_OTHERS");
                assertThat(e.fix()).isEqualTo("chmod 600 " + file());
              });
    }
  }

  @Test
  void aWrongKeyIsToldFromAChangedFile() {
    place("shop", "hunter2");

    try (CredentialStore store = Stores.keystore(file(), "wrong horse battery")) {
      assertThat(store.list()).hasSize(1);
      assertFails(() -> store.get("shop"), Credentials.KEY_WRONG.name());
      assertFails(() -> store.put("shop", new Secret("x")), Credentials.KEY_WRONG.name());
      assertFails(() -> store.delete("shop"), Credentials.KEY_WRONG.name());
    }
    try (CredentialStore store = open()) {
      assertThat(store.get("shop").map(Secret::reveal)).contains("hunter2");
    }
  }

  @Test
  void whateverIsChangedInTheFileIsNoticed() throws IOException {
    place("a", "one");
    place("b", "two");
    String whole = Files.readString(file());
    Matcher entries =
        Pattern.compile("\"a\" : (\\{[^}]*}),\\s*\"b\" : (\\{[^}]*})", Pattern.DOTALL)
            .matcher(whole);
    assertThat(entries.find()).isTrue();
    String one = entries.group(1);
    String two = entries.group(2);
    String value = one.replaceAll("(?s).*\"value\" : \"([^\"]*)\".*", "$1");
    for (String changed :
        List.of(
            whole.replace(one, "#").replace(two, one).replace("#", two),
            whole.replace(two, one),
            whole.replaceFirst("\"a\" : ", "\"c\" : "),
            whole.replaceFirst("\"changed\" : \"2", "\"changed\" : \"1"),
            whole.replace(entries.group(), "\"a\" : " + one),
            whole.replace(value, flipped(value)),
            whole.replaceFirst("\"seal\" : \"[^\"]*\"", "\"seal\" : \"\""),
            whole.substring(0, whole.length() / 2),
            "",
            "{}",
            whole.replace("\"version\" : 1", "\"version\" : 2"),
            whole.replaceFirst("\"memory_kib\" : \\d+", "\"memory_kib\" : 2000000000"))) {
      assertThat(changed).isNotEqualTo(whole);
      Files.writeString(file(), changed);
      try (CredentialStore store = open()) {
        assertFails(() -> store.get("a"), Credentials.DAMAGED.name());
        assertFails(() -> store.put("c", new Secret("x")), Credentials.DAMAGED.name());
      }
    }
  }

  private static String flipped(String base64) {
    return base64.substring(0, 30) + (base64.charAt(30) == 'A' ? 'B' : 'A') + base64.substring(31);
  }

  @Test
  void rotatesToAnotherKeyAndSalt() throws IOException {
    place("a", "one");
    place("b", "two");
    String before = Files.readString(file());
    List<CredentialStore.Entry> entries;
    try (EncryptedCredentialStore store = Stores.keystore(file(), Stores.KEY)) {
      entries = store.list();
      assertThat(store.rotate(() -> new Secret("another horse"))).isEqualTo(2);
      assertThat(store.get("a").map(Secret::reveal)).contains("one");
    }

    for (Matcher text = Pattern.compile("\"[A-Za-z0-9+/=]{20,}\"").matcher(before); text.find(); ) {
      assertThat(Files.readString(file())).doesNotContain(text.group());
    }
    try (CredentialStore store = Stores.keystore(file(), "another horse")) {
      assertThat(store.list()).isEqualTo(entries);
      assertThat(store.get("b").map(Secret::reveal)).contains("two");
    }
    try (CredentialStore store = open()) {
      assertFails(() -> store.get("a"), Credentials.KEY_WRONG.name());
    }
  }

  @Test
  void rotatesNothingWithAWrongOrShortKey() throws IOException {
    place("a", "one");
    String before = Files.readString(file());

    try (EncryptedCredentialStore store = Stores.keystore(file(), "wrong horse battery")) {
      assertFails(
          () -> store.rotate(() -> new Secret("another horse")), Credentials.KEY_WRONG.name());
    }
    try (EncryptedCredentialStore store = Stores.keystore(file(), Stores.KEY)) {
      assertFails(() -> store.rotate(() -> new Secret("short")), "CREDENTIALS_KEY_SHORT");
    }
    assertThat(file()).hasContent(before);
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = folder.resolve("elsewhere");
    try (CredentialStore store = Stores.keystore(real, Stores.KEY)) {
      store.put("a", new Secret("one"));
    }
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    try (CredentialStore store = Stores.keystore(link, Stores.KEY)) {
      store.put("b", new Secret("two"));
      assertThat(store.list()).hasSize(2);
    }
    assertThat(link).isSymbolicLink();
  }

  private List<Runnable> uses() {
    CredentialStore store = open();
    return List.of(store::list, () -> store.get("shop"), () -> store.put("shop", new Secret("x")));
  }

  private static void assertFails(Runnable use, String code) {
    assertThatThrownBy(use::run)
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> {
              assertThat(e.code().name()).as(e.toString()).isEqualTo(code);
              assertThat(e.fix()).isNotEmpty();
              assertThat(e.toString() + e.fix()).doesNotContain(Stores.KEY, "hunter2", "horse");
            });
  }
}
