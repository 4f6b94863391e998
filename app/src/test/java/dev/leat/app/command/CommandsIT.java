package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that need a folder and no database. */
final class CommandsIT {
  private static final String GOOD =
      """
      flow = "shop"

      [source.main]
      from       = "postgres"
      connection = "env:SHOP_URL"
      tables     = ["public.*"]

      [destination.main]
      to = "nowhere"
      """;

  @TempDir private Path folder;
  private Cli leat;

  @BeforeEach
  void prepare() {
    leat = new Cli(folder, Map.of("SHOP_URL", "postgres://nobody@127.0.0.1:1/shop"));
  }

  @Test
  void findsNothingWrongWithAGoodFile() throws IOException {
    write(GOOD);

    var result = leat.run("check", "--offline");

    assertThat(result.err()).isEqualTo("flow.toml has no problems\nnext: leat check flow.toml\n");
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void reportsAllProblemsOfAFileWithTheirPlaces() throws IOException {
    write(
        """
        flow = "shop"
        shedule = "daily"

        [source.main]
        from       = "postgres"
        connection = "env:UNSET"
        tabels     = ["public.*"]

        [destination.main]
        to   = "nowhere"
        wait = 30
        """);

    var result = leat.run("check", "--offline");

    assertThat(result.err())
        .contains(
            "error[CONFIG_UNKNOWN_KEY]: a flow has no shedule\n  --> flow.toml:2:1\n",
            "error[CONFIG_MISSING_KEY]: [source.main] needs tables\n  --> flow.toml:4:",
            "error[CONFIG_VARIABLE_UNSET]: connection refers to the environment variable UNSET,"
                + " which is not set\n  --> flow.toml:6:1\n  fix: export UNSET=…\n",
            """
            error[CONFIG_UNKNOWN_KEY]: [source.main] has no key tabels
              --> flow.toml:7:1
              fix: did you mean tables?
            """,
            """
            error[CONFIG_WRONG_TYPE]: wait is not a duration such as "30s"
              --> flow.toml:11:1
              fix: write for example wait = "30s"
            """);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesAPasswordInTheFile() throws IOException {
    write(GOOD.replace("env:SHOP_URL", "postgres://me:secret@db.example.org/shop"));

    var result = leat.run("run");

    assertThat(result.err())
        .isEqualTo(
            "error[CONFIG_SECRET_IN_FILE]: connection has a password in it\n"
                + "  --> flow.toml:5:1\n"
                + "  fix: store the whole address with leat credentials set NAME and write"
                + " connection = \"secret:NAME\"\n");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(folder.resolve(".leat")).doesNotExist();
  }

  @Test
  void saysWhereAFileIsNoToml() throws IOException {
    write("flow = \"shop\"\n[source\n");

    var result = leat.run("check");

    assertThat(result.err()).startsWith("error[CONFIG_SYNTAX]: ").contains("--> flow.toml:2:8");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void saysThatThereIsNoFile() {
    var result = leat.run("status", "none.toml");

    assertThat(result.err()).startsWith("error[CONFIG_FILE_UNREADABLE]: there is no flow file ");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void saysThatAFlowHasNotRunYet() throws IOException {
    write(GOOD);

    var result = leat.run("status");

    assertThat(result.out())
        .isEqualTo("shop  not running\nnot run yet\nnext: leat run flow.toml\n");
    assertThat(result.exitCode()).isZero();
    assertThat(leat.run("status", "--json").out())
        .isEqualTo("{\"flow\":\"shop\",\"running\":false,\"tables\":[]}\n");
  }

  @Test
  void saysThatThereIsNothingToPreview() throws IOException {
    write(GOOD);

    var result = leat.run("preview", "orders");

    assertThat(result.err())
        .isEqualTo(
            """
            error[TABLE_UNKNOWN]: the flow has no table orders
              fix: no table was replicated yet; start with `leat run`
            """);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void givesProblemsAsJsonToo() throws IOException {
    write(GOOD.replace("public.*", "orders"));

    var result = leat.run("check", "--json");

    var problem = Json.read(result.out()).path("problems").path(0);
    assertThat(problem.path("code").asText()).isEqualTo("CONFIG_TABLE_NAME");
    assertThat(problem.path("place").asText()).isEqualTo("flow.toml:6:1");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void writesMessagesAsJsonWhenAskedTo() throws IOException {
    write(GOOD.replace("public.*", "orders"));

    Cli byVariable =
        new Cli(
            folder,
            Map.of("SHOP_URL", "postgres://nobody@127.0.0.1:1/shop", "LEAT_LOG_FORMAT", "json"));
    for (var result : List.of(leat.run("check", "--log-format", "json"), byVariable.run("check"))) {

      assertThat(result.err().lines()).hasSize(1);
      var message = Json.read(result.err());
      assertThat(message.path("level").asText()).isEqualTo("ERROR");
      assertThat(message.path("code").asText()).isEqualTo("CONFIG_TABLE_NAME");
      assertThat(message.path("fix").asText()).isNotEmpty();
      assertThat(Instant.parse(message.path("time").asText())).isNotNull();
    }
  }

  @Test
  void suggestsACommand() {
    var result = leat.run("statsu");

    assertThat(result.err()).startsWith("error[USAGE]: ").contains("did you mean", "status");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void writesAFirstFileAndNeverOverwritesOne() throws IOException {
    assertThat(leat.run("init", "my-shop").exitCode()).isZero();
    String written = Files.readString(folder.resolve("my-shop/flow.toml"));
    assertThat(written).contains("flow = \"my_shop\"", "connection = \"env:LEAT_SOURCE_URL\"");

    var again = leat.run("init", "my-shop");

    assertThat(again.err())
        .isEqualTo(
            """
            error[FILE_EXISTS]: my-shop/flow.toml exists already
              fix: edit it, or name another folder: leat init DIR
            """);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("my-shop/flow.toml")).hasContent(written);
  }

  @Test
  void writesNoPasswordIntoAFile() {
    var result = leat.run("init", "--from", "postgres://leat:hunter2@db/shop");

    assertThat(result.err()).startsWith("error[URL_INVALID]: ").doesNotContain("hunter2");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("flow.toml")).doesNotExist();
  }

  @Test
  void saysThatTheServerIsDownAndLeavesNothingBehind() throws IOException {
    write(GOOD);

    var result = leat.run("run");

    assertThat(result.err()).startsWith("error[PG_").contains("127.0.0.1", "fix: ");
    assertThat(result.err()).doesNotContain("\tat ");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(folder.resolve(".leat")).doesNotExist();
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("flow.toml"), text);
  }
}
