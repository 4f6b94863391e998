package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.app.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files are found to have, and its freezing in the flow file. */
final class InferCommandIT {
  private static final String FLOW =
      """
      # The shop.
      flow = "steps"

      [source.other]
      from = "files"
      path = "other/*"
      into = "bronze.other"

        [source.customers]   # daily
        from       = "files"
        path       = "drops/*.csv"
        into       = "bronze.customers"   # as they are
        on_bad_row = "park"

      [check."bronze.customers"]
      not_null = ["id"]
      """;

  @TempDir private Path folder;
  private Flows flow;

  @BeforeEach
  void setUp() throws Exception {
    flow = new Flows(folder);
    Files.createDirectories(folder.resolve("drops"));
    Files.writeString(
        folder.resolve("drops/a.csv"),
        "id,first name,since\n,,\n1,ann,2026-05-01\n2,\"b\tob\",2026-05-02\n");
  }

  private Cli.Result infer(int exitCode, String... arguments) {
    Cli.Result result = flow.leat("infer", arguments);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    return result;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void writesTheColumnsIntoTheSectionAndNothingElse(String end) throws Exception {
    String before = FLOW.replace("\n", end);
    Files.writeString(flow.file(), before);
    Files.setPosixFilePermissions(flow.file(), PosixFilePermissions.fromString("rw-r-----"));
    Cli.Result result = infer(ExitCode.DONE, "flow.toml:customers", "--write");
    assertThat(result.err()).contains("wrote 3 columns into flow.toml");
    String into = "  into       = \"bronze.customers\"   # as they are" + end;
    assertThat(Files.readString(flow.file()))
        .isEqualTo(
            before.replace(
                into,
                into
                    + "  columns    = { id = \"bigint\", \"first name\" = \"text\", since = \"date\" }"
                    + end));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(flow.file())))
        .isEqualTo("rw-r-----");
    String written = Files.readString(flow.file());
    assertThat(infer(ExitCode.USAGE, "flow.toml:customers", "--write").err())
        .contains("source.customers says its columns already");
    assertThat(Files.readString(flow.file())).isEqualTo(written);
    Cli.Result run = flow.run("--select", "source.customers");
    assertThat(run.err()).contains("not_null");
  }

  @Test
  void writesManyColumnsOnLinesOfTheirOwn() throws Exception {
    String names =
        IntStream.range(0, 12).mapToObj(i -> "column_" + i).collect(Collectors.joining(","));
    Files.writeString(
        folder.resolve("drops/a.csv"), names + "\n" + names.replaceAll("[a-z_]", "") + "\n");
    Files.writeString(
        flow.file(),
        "flow = \"steps\"\n[source.customers]\nfrom = \"files\"\npath = \"drops/*\"\ninto = \"bronze.customers\"");
    infer(ExitCode.DONE, "flow.toml:customers", "--write");
    assertThat(Files.readString(flow.file()))
        .contains("into = \"bronze.customers\"\ncolumns.column_0  = \"bigint\"\n")
        .endsWith("columns.column_11 = \"bigint\"\n");
    assertThat(flow.run().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(flow.query("SELECT column_11 FROM bronze.customers")).containsExactly("11");
  }

  @Test
  void showsAnExampleOfEachColumn() throws Exception {
    Files.writeString(flow.file(), FLOW);
    assertThat(infer(ExitCode.DONE, "drops/a.csv").out())
        .containsPattern("first name +TEXT .*ann\n")
        .containsPattern("since +DATE .*2026-05-01\n");
    JsonNode columns =
        new ObjectMapper()
            .readTree(infer(ExitCode.DONE, "flow.toml:customers", "--json").out())
            .path("columns");
    assertThat(columns.path(0).path("example").asText()).isEqualTo("1");
    flow.execute(
        "COPY (SELECT * FROM (VALUES (NULL, {'x': 1}), (CAST(1.5 AS DECIMAL(4, 2)), NULL)) t(amount, doc)) TO '"
            + folder.resolve("drops/b.parquet")
            + "'");
    assertThat(infer(ExitCode.DONE, "drops/b.parquet").out())
        .containsPattern("amount +DECIMAL\\(4,2\\) .*1.50\n")
        .containsPattern("doc +JSON .*\\{\"x\":1}\n");
  }

  @Test
  void findsFieldsOfJsonInTheOrderInWhichTheyStand() throws Exception {
    Files.writeString(
        folder.resolve("drops/a.jsonl"),
        "{\"z\": 1, \"b\": 2, \"y\": 3, \"a\": 4}\n{\"c\": 5, \"a\": 6, \"x\": 7}\n");
    assertThat(infer(ExitCode.DONE, "drops/a.jsonl").out())
        .contains(
            "columns = { z = \"bigint\", b = \"bigint\", y = \"bigint\", a = \"bigint\","
                + " c = \"bigint\", x = \"bigint\" }");
  }

  @Test
  void refusesToWriteWhereItCannot() throws Exception {
    assertThat(infer(ExitCode.USAGE, "drops/a.csv", "--write").err())
        .contains("--write needs a source of a flow file");
    String inline =
        "flow = \"steps\"\nsource.customers = { from = \"files\", path = \"drops/*\", into = \"bronze.c\" }\n";
    Files.writeString(flow.file(), inline);
    assertThat(infer(ExitCode.USAGE, "flow.toml:customers", "--write").err())
        .contains("the place for columns in the section of source.customers is not found");
    assertThat(Files.readString(flow.file())).isEqualTo(inline);
  }
}
