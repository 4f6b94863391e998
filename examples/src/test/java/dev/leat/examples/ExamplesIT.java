package dev.leat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.library.Leat;
import dev.leat.library.rows.RowDestination;
import dev.leat.testkit.compare.TableComparison;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples do what they say, run as a person would run them. */
final class ExamplesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private EmbeddedPostgresServer server;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedPostgresServer.builder().start();
    server.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, note text)",
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 1000) AS i");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void copiesAndFollows() throws Exception {
    Path file = folder.resolve("shop.duckdb");
    for (int run = 0; run < 2; run++) {
      try (ChildJvm example =
          ChildJvm.of(CopyAndFollow.class).arguments(server.url(), file.toString()).start()) {
        example.awaitLine((run == 0 ? 1000 : 0) + " rows copied.*", LIMIT);
        server.execute("INSERT INTO orders VALUES (" + (5000 + run) + ", 'followed')");
        example.writeLine("");
        assertThat(example.awaitExit(LIMIT)).as("%s", example.output()).isZero();
      }
    }
    server.execute("DELETE FROM orders WHERE id = 5001");
    try (ChildJvm example =
        ChildJvm.of(CopyAndFollow.class).arguments(server.url(), file.toString()).start()) {
      example.awaitLine("0 rows copied.*", LIMIT);
      example.writeLine("");
      assertThat(example.awaitExit(LIMIT)).isZero();
    }
    try (Connection source = server.connection();
        Connection copy = DriverManager.getConnection("jdbc:duckdb:" + file)) {
      TableComparison.between(source, "SELECT * FROM orders", copy, "SELECT * FROM public.orders")
          .key("id")
          .requireEqual();
    }
  }

  @Test
  void followsIntoADestinationOfOnesOwn() throws Exception {
    Path file = folder.resolve("shop.sqlite");
    for (int run = 0; run < 2; run++) {
      SqliteTables tables = new SqliteTables(file);
      try (Leat leat =
          Leat.replication("shop")
              .fromPostgres(server.url())
              .into(_ -> new RowDestination(tables))
              .stateIn(folder.resolve("state"))
              .start()) {
        leat.awaitCaughtUp(LIMIT);
        server.execute(
            "INSERT INTO orders VALUES (" + (5000 + run) + ", 'followed')",
            "UPDATE orders SET id = -id WHERE id = " + (run + 1),
            "DELETE FROM orders WHERE id = " + (run + 100));
        leat.awaitCaughtUp(LIMIT);
      }
    }
    try (Connection source = server.connection();
        Connection copy = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      TableComparison.between(
              source, "SELECT * FROM orders", copy, "SELECT * FROM \"public.orders\"")
          .key("id")
          .requireEqual();
    }
  }

  /** From the braces of main to its end. */
  @Test
  void isShort() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("src/main/java/dev/leat/examples/CopyAndFollow.java"));
    int first = lines.indexOf("  public static void main(String[] arguments) throws Exception {");
    assertThat(lines.size() - 1 - first).isLessThanOrEqualTo(15);
  }

  static Stream<Path> flows() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("."), 2)) {
      // Others have tests of their own.
      return files
          .filter(file -> file.endsWith("flow.toml") && file.toString().startsWith("./postgres-"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("flows")
  void runsEachFlow(Path example) throws Exception {
    String text = Files.readString(example);
    Path flow = Files.writeString(folder.resolve("flow.toml"), text);
    String variable = text.replaceFirst("(?s).*\"env:([A-Z_]+)\".*", "$1");
    try (ChildJvm leat =
        ChildJvm.of(Main.class)
            .environment(variable, server.url())
            .arguments("run", flow.toString(), "--until-caught-up")
            .start()) {
      assertThat(leat.awaitExit(LIMIT)).as("%s", leat.output()).isZero();
    }
  }
}
