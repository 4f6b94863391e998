package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.output.Input;
import dev.leat.app.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person types to keep secrets. */
final class CredentialsCommandIT {
  private static final String KEY = "correct horse";

  @TempDir private Path folder;

  private Cli leat(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LEAT_CREDENTIALS_FILE", keystore().toString());
    return new Cli(folder, environment);
  }

  private Cli leat() {
    return leat(Map.of("LEAT_CREDENTIALS_KEY", KEY));
  }

  private Path keystore() {
    return folder.resolve("home/credentials");
  }

  /** Another program hands text over. */
  private static Input piped(String text) {
    return new Typed(false, text, List.of());
  }

  /** A person types lines at a terminal. */
  private static Input typed(String... lines) {
    return new Typed(true, "", List.of(lines));
  }

  private static final class Typed implements Input {
    private final boolean terminal;
    private final String text;
    private final Deque<String> lines;

    Typed(boolean terminal, String text, List<String> lines) {
      this.terminal = terminal;
      this.text = text;
      this.lines = new ArrayDeque<>(lines);
    }

    @Override
    public boolean isTerminal() {
      return terminal;
    }

    @Override
    public String rest() {
      return text;
    }

    @Override
    public Optional<String> hidden(String prompt) {
      return Optional.ofNullable(lines.poll());
    }
  }

  @Test
  void keepsASecretAndShowsItOnlyWhenAsked() {
    var set = leat().run(piped("hunter2\n"), "credentials", "set", "shop");
    assertThat(set.err())
        .isEqualTo(
            "stored shop in the keystore %s\na flow refers to it as \"secret:shop\"\n"
                .formatted(keystore()));
    assertThat(set.exitCode()).isZero();

    var get = leat(Map.of()).run("credentials", "get", "shop");
    assertThat(get.err()).startsWith("shop is in the keystore ").contains(", changed 20");
    assertThat(get.out()).isEmpty();
    assertThat(leat().run("credentials", "get", "shop", "--reveal").out()).isEqualTo("hunter2\n");
    assertThat(
            Json.read(leat().run("credentials", "get", "shop", "--reveal", "--json").out())
                .path("value")
                .asText())
        .isEqualTo("hunter2");
    assertThat(leat(Map.of()).run("credentials", "list").out())
        .containsPattern("NAME +CHANGED\nshop +20");
    assertThat(leat(Map.of()).run("credentials", "list", "--json").out())
        .contains("\"name\":\"shop\"", "\"changed\":\"20")
        .doesNotContain("hunter2");

    assertThat(leat().run("credentials", "delete", "shop").exitCode()).isZero();
    var gone = leat().run("credentials", "get", "shop", "--reveal");
    assertThat(gone.err())
        .startsWith("error[CREDENTIALS_MISSING]: there is no secret shop in the keystore ")
        .contains("fix: leat credentials set shop");
    assertThat(gone.exitCode()).isEqualTo(2);
    assertThat(leat().run("credentials", "delete", "shop").exitCode()).isEqualTo(2);
  }

  @Test
  void asksForValueAndKeyAndForANewKeyTwice() {
    Cli leat = leat(Map.of());
    assertThat(leat.run(typed("hunter2", KEY, "another"), "credentials", "set", "shop").err())
        .startsWith("error[CREDENTIALS_KEY_NOT_REPEATED]");
    assertThat(keystore()).doesNotExist();
    assertThat(leat.run(typed("hunter2", KEY, KEY), "credentials", "set", "shop").exitCode())
        .isZero();
    assertThat(leat.run(typed("wrong horse"), "credentials", "get", "shop", "--reveal").err())
        .startsWith("error[CREDENTIALS_KEY_WRONG]: the key that was typed is not the one");
    assertThat(leat.run(typed(KEY), "credentials", "get", "shop", "--reveal").out())
        .isEqualTo("hunter2\n");
    assertThat(leat.run("credentials", "get", "shop", "--reveal").err())
        .startsWith("error[CREDENTIALS_KEY_MISSING]");
    assertThat(
            leat.run(typed(KEY, "another horse", "another horse"), "credentials", "rotate").err())
        .startsWith("encrypted 1 secret in the keystore ");
    assertThat(leat.run(typed("another horse"), "credentials", "get", "shop", "--reveal").out())
        .isEqualTo("hunter2\n");
  }

  @Test
  void neverRepeatsAValueThatWasTypedInTheWrongPlace() {
    for (String[] wrong :
        new String[][] {
          {"credentials", "set", "shop", "hunter2"},
          {"credentials", "set", "shop", "--value=hunter2"},
          {"credentials", "set", "shop", "--value", "hunter2"},
          {"credentials", "set", "my hunter2"}
        }) {
      var result = leat().run(piped("x"), wrong);
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).startsWith("error[").doesNotContain("hunter2");
    }
    assertThat(keystore()).doesNotExist();
    assertThat(leat().run(piped(""), "credentials", "set", "shop").err())
        .startsWith("error[CREDENTIALS_VALUE]: standard input is empty");
    assertThat(leat().run("credentials").exitCode()).isEqualTo(2);
  }

  @Test
  void usesTheStoreOfTheFlow() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(
        folder.resolve("flows/shop.toml"),
        """
        flow = "shop"

        [credentials]
        type = "sqlite"
        name = "prod"

        [source.main]
        from       = "postgres"
        connection = "env:UNSET"
        """);
    String[] flow = {"--flow", "flows/shop.toml"};

    assertThat(leat().run(piped("hunter2"), "credentials", "set", "shop", flow[0], flow[1]).err())
        .startsWith("stored shop in the secrets prod in sqlite\n");
    assertThat(leat().run("credentials", "get", "shop", "--reveal", flow[0], flow[1]).out())
        .isEqualTo("hunter2\n");
    assertThat(folder.resolve("flows/.leat/prod.db")).exists();
    assertThat(keystore()).doesNotExist();
    assertThat(leat().run("credentials", "list").err()).startsWith("there are no secrets in ");
  }

  @Test
  void aFlowFindsItsSecretsWhenItNeedsThem() throws IOException {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"

        [source.main]
        from       = "postgres"
        connection = "postgres://leat@127.0.0.1:1/shop"
        password   = "secret:shop"
        tables     = ["public.*"]

        [destination.main]
        to   = "duckdb"
        path = "shop.duckdb"
        """);

    assertThat(leat(Map.of()).run("check", "--offline").exitCode()).isZero();
    var missing = leat().run("check");
    assertThat(missing.err())
        .startsWith(
            "error[CREDENTIALS_MISSING]: password of [source.main] refers to the secret shop,"
                + " which is not in the keystore ")
        .contains("fix: leat credentials set shop");
    assertThat(missing.exitCode()).isEqualTo(2);

    leat().run(piped("hunter2"), "credentials", "set", "shop");
    assertThat(leat(Map.of()).run("check").err())
        .startsWith("error[CREDENTIALS_KEY_MISSING]")
        .contains("needed_by: password of [source.main]");
    // There is no such server, but the secret is.
    assertThat(leat().run("check").err()).startsWith("error[PG_").doesNotContain("hunter2");
  }

  @Test
  void saysWhatIsWrongWithWhereSecretsAre() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), KEY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        folder.resolve("flow.toml"),
        "flow = \"shop\"\n[credentials]\ntype = \"keystore\"\nkey_file = \"key\"\n");
    assertThat(leat().run(piped("x"), "credentials", "set", "shop").err())
        .startsWith("error[CREDENTIALS_KEY_BESIDE_FLOW]");

    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"
        [credentials]
        type = "keystroke"

        [source.main]
        from = "postgres"
        """);
    assertThat(leat().run("credentials", "list").err())
        .isEqualTo(
            """
            error[CONFIG_UNKNOWN_SYSTEM]: there is no system keystroke for type
              --> flow.toml:3:1
              fix: did you mean keystore?
            """);
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow = "shop"
        [credentials]
        type = "postgres"
        connection = "secret:shop"
        """);
    assertThat(leat().run("credentials", "list").err())
        .startsWith("error[CONFIG_SECRET_IN_CREDENTIALS]");
    Files.writeString(
        folder.resolve("flow.toml"), "flow = \"shop\"\n[credentials]\ntype = \"environment\"\n");
    assertThat(leat().run("credentials", "rotate").err())
        .startsWith("error[CREDENTIALS_NOT_ENCRYPTED]");
    assertThat(leat().run(piped("x"), "credentials", "set", "shop").err())
        .startsWith("error[CREDENTIALS_READ_ONLY]")
        .contains("export LEAT_SECRET_SHOP=");
  }
}
