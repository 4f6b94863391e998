package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that the program writes, anywhere, has a secret in it, or the key that it is kept with.
 */
final class SecretsIT {
  private static final String PASSWORD = "hUnter2OfTheSource";
  private static final String OTHER = "Wr0ngOfTheWarehouse";
  private static final String KEY = "correct horse battery staple";

  private static final String FLOW =
      """
      flow = "shop"

      [source.main]
      from       = "postgres"
      connection = "secret:shop/url"
      tables     = ["public.*"]
      into       = "bronze"

      [destination.main]
      to   = "duckdb"
      path = "shop.duckdb"

      [run]
      retry = { times = 0 }

      [step.orders]
      kind = "sql"
      into = "silver.orders"
      sql  = "SELECT id, note FROM bronze.orders"

      [step.numbers]
      kind    = "sql"
      dialect = "duckdb"
      into    = "silver.numbers"
      sql     = "SELECT CAST(note AS INTEGER) AS number FROM silver.orders"

      [engine.warehouse]
      type       = "postgres"
      connection = "ADDRESS"
      password   = "secret:warehouse"

      [step.elsewhere]
      kind   = "sql"
      engine = "warehouse"
      into   = "gold.orders"
      sql    = "SELECT id FROM silver.orders"

      [publish.dwh]
      to         = "postgres"
      connection = "secret:warehouse/url"
      tables     = { "silver.orders" = "dwh.orders" }
      """;

  @TempDir private Path folder;
  private final List<String> written = new ArrayList<>();

  @Test
  void nothingThatIsLeftBehindHasASecret() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.builder().password(PASSWORD).start()) {
      server.execute(
          "CREATE TABLE orders (id int PRIMARY KEY, note text)",
          "INSERT INTO orders VALUES (1, 'one'), (2, 'two')");
      assertThat(server.url()).contains(PASSWORD);
      String address = server.url().replace(":" + PASSWORD, "");
      Files.writeString(project.resolve("flow.toml"), FLOW.replace("ADDRESS", address));

      store("shop/url", server.url());
      store("warehouse", OTHER);
      store("warehouse/url", address.replace("@", ":" + OTHER + "@"));

      leat(null, "check", "--offline", "--json");
      leat(null, "check", "--verbose");
      leat(null, "plan", "--verbose");
      leat(null, "plan", "--json");
      assertThat(leat(1, "run", "--verbose", "--json")).contains("PG_AUTH");
      leat(null, "run", "--resume", "--log-format", "json");
      leat(null, "runs", "--json");
      leat(null, "runs", "show", "last", "--json");
      leat(null, "runs", "show", "last", "--sql");
      leat(null, "runs", "report", "last", "--out", "run.html");
      leat(null, "datasets", "--json");
      leat(null, "status", "--json");
      leat(null, "state", "export");
      leat(null, "doctor", "--verbose");
      leat(null, "diff", "--verbose");
      leat(0, "credentials", "list", "--json");
      leat(0, "credentials", "get", "shop/url");
      leat(null, "generate", "sql", "--out", "generated/sql");
      leat(null, "generate", "dbt", "--out", "generated/dbt");
      leat(null, "generate", "airflow", "--out", "generated/airflow");
      leat(0, "schema");
      assertThat(leat(0, "sql", "SELECT count(*) AS n FROM bronze.orders", "--csv"))
          .contains("n", "2");

      // A server that is gone, and one that refuses the login.
      server.stop();
      leat(null, "check", "--verbose");
      leat(null, "run", "--until-caught-up", "--verbose");
      leat(null, "doctor", "--verbose");
    }
    assertNothingHas(project);
    assertNothingHas(folder.resolve("home"));
  }

  /** Whatever is in a folder, in files whose bytes can be looked through. */
  private void assertNothingHas(Path tree) throws IOException {
    List<String> secrets = new ArrayList<>();
    for (String secret : List.of(PASSWORD, OTHER, KEY)) {
      secrets.add(secret);
      secrets.add(
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(written).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
    try (Stream<Path> files = Files.walk(tree)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(secrets).as(file.toString()).noneMatch(text::contains);
      }
    }
  }

  private void store(String name, String value) {
    try (ChildJvm child = start("credentials", "set", name)) {
      child.writeLine(value);
      child.closeInput();
      assertThat(child.awaitExit(Duration.ofMinutes(2))).as(child.output().toString()).isZero();
      written.add(String.join("\n", child.output()));
    }
  }

  /** Runs the program to its end; what it writes is kept. */
  private String leat(@Nullable Integer exitCode, String... arguments) {
    try (ChildJvm child = start(arguments)) {
      int ended = child.awaitExit(Duration.ofMinutes(2));
      String output = String.join("\n", child.output());
      written.add(output);
      if (exitCode != null) {
        assertThat(ended).as(List.of(arguments) + "\n" + output).isEqualTo(exitCode);
      }
      return output;
    }
  }

  private ChildJvm start(String... arguments) {
    return ChildJvm.of(Main.class)
        .arguments(arguments)
        .directory(folder.resolve("project"))
        .jvmFlags("-XX:TieredStopAtLevel=1")
        .environment("HOME", folder.resolve("home").toString())
        .environment("XDG_CONFIG_HOME", "")
        .environment("LEAT_CREDENTIALS_KEY", KEY)
        .start();
  }
}
