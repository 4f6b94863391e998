package dev.leat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.storage.StorageAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowFileReaderTest {
  private static final Systems SYSTEMS =
      new Systems(
          Map.of(
              "postgres",
              List.of(
                  Option.required(
                      "connection", OptionType.CONNECTION, "Where", "\"env:SHOP_PG\""))),
          Map.of(
              "duckdb",
              List.of(Option.required("path", OptionType.PATH, "The file", "\"shop.duckdb\""))),
          Map.of(),
          Map.of(
              "s3", List.of(Option.optional("region", OptionType.STRING, "", "Where", "\"eu\""))),
          Map.of(),
          Map.of());
  private static final String GOOD =
      """
      flow = "shop"

      [source.shop]
      from       = "postgres"
      connection = "env:SHOP_PG"
      tables     = ["public.*"]

      [destination.warehouse]
      to   = "duckdb"
      path = "shop.duckdb"
      """;

  @TempDir Path folder;

  @Test
  void readsAFlow() throws IOException {
    FlowFile flow = read(GOOD);
    assertThat(flow.flow()).isEqualTo("shop");
  }

  @Test
  void reportsEverythingThatIsWrongAtOnceAndInOrder() {
    List<FlowProblem> problems =
        problems(
            GOOD.replace("tables     =", "tabels     =")
                .replace("path =", "paht =")
                .replace("flow = \"shop\"", "flow = \"My Shop\""));
    assertThat(problems).extracting(FlowProblem::line).isSorted();
    assertThat(problems)
        .extracting(FlowProblem::code)
        .contains("CONFIG_FLOW_NAME", "CONFIG_UNKNOWN_KEY", "CONFIG_MISSING_KEY");
    assertThat(problems)
        .filteredOn(problem -> problem.code().equals("CONFIG_UNKNOWN_KEY"))
        .extracting(FlowProblem::fix)
        .anyMatch(fix -> fix.contains("tables"))
        .anyMatch(fix -> fix.contains("path"));
  }

  @Test
  void namesThePlaceOfAWrongType() {
    assertThat(problems(GOOD.replace("\"shop.duckdb\"", "7")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(10))
        .satisfies(problem -> assertThat(problem.column()).isPositive());
  }

  @Test
  void refusesAPasswordInTheFileAndDoesNotRepeatIt() {
    assertThat(problems(GOOD.replace("env:SHOP_PG", "postgres://me:hunter2@localhost/shop")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).doesNotContain("hunter2"))
        .satisfies(problem -> assertThat(problem.fix()).contains("secret:"));
  }

  @Test
  void saysWhichVariableIsNotSet() {
    assertThat(problems(GOOD.replace("env:SHOP_PG", "env:NOT_THERE")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.sentence()).contains("NOT_THERE"));
  }

  @Test
  void saysWhereTheSyntaxIsBroken() {
    assertThat(problems(GOOD.replace("[source.shop]", "[source.shop")))
        .first()
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(3));
  }

  @Test
  void readsNoFileThatIsTooLargeToBeAFlow() {
    assertThat(problems(GOOD + "# " + "x".repeat(16 << 20)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.sentence()).contains("more than 16 MB"));
  }

  @Test
  void showsOnlyTheBeginningOfALongName() {
    assertThat(
            problems(GOOD.replaceFirst("flow = \"[a-z_]+\"", "flow = \"" + "x".repeat(999) + "\"")))
        .first()
        .satisfies(problem -> assertThat(problem.sentence()).contains("x…").hasSizeLessThan(120));
  }

  @Test
  void readsHowFilesElsewhereAreReached() throws IOException {
    String storage = "\n[storage.lake]\ntype = \"s3\"\nregion = \"eu\"\nscope = \"%s\"\n";
    assertThat(read(GOOD + storage.formatted("s3://acme/")).model().storages())
        .singleElement()
        .satisfies(
            lake -> {
              assertThat(lake.scope()).isEqualTo("s3://acme");
              assertThat(lake.options().string("region")).isEqualTo("eu");
              assertThat(lake.has(new StorageAddress("s3", "acme/raw", ""))).isTrue();
              assertThat(lake.has(new StorageAddress("s3", "acme2", ""))).isFalse();
            });
    assertThat(problems(GOOD + storage.formatted("acme")))
        .extracting(FlowProblem::code)
        .containsExactly("CONFIG_SCOPE");
    assertThat(problems(GOOD + "\n[storage.lake]\ntype = \"s4\"\n"))
        .extracting(FlowProblem::code)
        .containsExactly("CONFIG_UNKNOWN_SYSTEM");
  }

  private FlowFile read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("flow.toml"), text);
    return FlowFileReader.read(file, SYSTEMS, Map.of("SHOP_PG", "postgres://localhost/shop"));
  }

  private List<FlowProblem> problems(String text) {
    return catchThrowableOfType(FlowProblems.class, () -> read(text)).problems();
  }
}
