package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;

/** The schema for editors says the same as the check of flow files. */
final class FlowSchemaTest {
  private static final Path ROOT = Path.of("..");
  private static final String GOOD =
      """
      flow = "shop"
      [source.main]
      from = "postgres"
      connection = "env:SHOP_URL"
      tables = ["public.*"]
      [destination.main]
      to = "duckdb"
      path = "shop.duckdb"
      """;

  private static String printed(String... arguments) {
    Cli.Result result = new Cli(ROOT.toAbsolutePath(), Map.of()).run(arguments);
    assertThat(result.exitCode()).isZero();
    return result.out();
  }

  @Test
  void listsTheFunctionsOfPortableSqlThatEnginesHave() throws IOException {
    List<String> page = Files.readAllLines(ROOT.resolve("docs/sql.md"));
    assertThat(page.stream().filter(line -> line.startsWith("|")))
        .containsExactlyElementsOf(printed("schema", "--functions").lines().toList());
  }

  private static List<String> problems(String toml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(printed("schema"));
    return schema.validate(new ObjectMapper().readTree(Toml.parse(toml).toJson())).stream()
        .map(Object::toString)
        .toList();
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples"), 3)) {
      // The kind of that one comes with its own jar.
      return files
          .filter(file -> file.endsWith("flow.toml") && !file.toString().contains("own-kind"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void takesTheExamples(Path file) throws IOException {
    assertThat(problems(Files.readString(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flow = \"shop\" -> flow = \"My Shop\"",
        "tables = -> tabels =",
        "tables = [\"public.*\"] -> tables = 5",
        "path = \"shop.duckdb\" -> pfad = \"shop.duckdb\"",
        "to = \"duckdb\" -> to = \"oracle\"",
        "tables = -> mode = \"mirrored\"\ntables =",
        "tables = -> connect_timeout = \"soon\"\ntables =",
        "tables = -> copy_connections = \"four\"\ntables =",
        "path = -> memory_limit = \"much\"\npath ="
      })
  void refusesWhatTheCheckRefuses(String change) throws IOException {
    String[] parts = change.split(" -> ", 2);
    String bad = GOOD.replace(parts[0], parts[1]);
    assertThat(bad).isNotEqualTo(GOOD);

    assertThat(problems(GOOD)).isEmpty();
    assertThat(problems(bad)).isNotEmpty();
  }

  /** {@code leat schema --markdown > docs/flow-reference.md} brings it up to date. */
  @Test
  void isThePageInTheDocs() throws IOException {
    String page = printed("schema", "--markdown");
    // Without the plugin that only tests have.
    assertThat(page.replaceFirst("(?s)\n### With `to = \"nowhere\"`.*?(?=\n## )", ""))
        .isEqualTo(Files.readString(ROOT.resolve("docs/flow-reference.md")));
  }
}
