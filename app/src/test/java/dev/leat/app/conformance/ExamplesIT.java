package dev.leat.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.command.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The flows in {@code examples/kinds}, run as a person runs them, before and after a change. */
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("..", "examples", "kinds");

  @TempDir private Path folder;

  static Stream<KindExample> examples() {
    return KindExample.all().stream();
  }

  /** What reads nothing of the shop is for {@code leat test}. */
  private static boolean readsTheShop(Path file) {
    try {
      return file.toString().endsWith(".toml") && Files.readString(file).contains("[source.shop]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyExampleIsHere() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(KindExample.all())
          .extracting(example -> example.kind() + ".toml")
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(ExamplesIT::readsTheShop)
                  .map(file -> file.getFileName().toString())
                  .toList());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void makesItsRows(KindExample example) throws Exception {
    String shop = SuiteServer.create("shop");
    SuiteServer.execute(shop, Files.readString(EXAMPLES.resolve("tables.sql")));
    String file = example.kind() + ".toml";
    Files.copy(EXAMPLES.resolve(file), folder.resolve(file));
    run(file, shop);
    require(example, example.first());
    SuiteServer.execute(shop, KindExample.CHANGE);
    run(file, shop);
    require(example, example.then());
  }

  private void run(String file, String shop) {
    Cli.Result result = new Cli(folder, Map.of("SHOP_PG", SuiteServer.url(shop))).run("run", file);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private void require(KindExample example, List<KindExample.Rows> rows) throws Exception {
    SoftAssertions all = new SoftAssertions();
    for (KindExample.Rows each : rows) {
      all.assertThat(query(example, each.query().replace("FOLDER", folder.toString())))
          .as(each.query())
          .isEqualTo(each.expected());
    }
    all.assertAll();
  }

  /** Rows, with bars between their values. */
  private List<String> query(KindExample example, String sql) throws Exception {
    Path file = folder.resolve("kinds_" + example.kind() + ".duckdb");
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join(" | ", row));
      }
    }
    return rows;
  }
}
