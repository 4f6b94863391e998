package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.app.output.Terminal;
import dev.leat.flow.repository.DocumentFlowRepository;
import dev.leat.flow.repository.FlowDefinition;
import dev.leat.spi.repository.Documents;
import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of datasets that are there change, and change back, at every engine. */
final class MigrateIT {
  private static final String OLD =
      "SELECT id, name, segment FROM (VALUES (1, 'ann', 'a'), (2, 'bob', 'b')) AS t(id, name,"
          + " segment)";
  private static final String NEW =
      "SELECT id, full_name, note FROM (VALUES (2, 'Bobby', 'x')) AS t(id, full_name, note)";
  private static final String RENAMED =
      "[migrate]\nrenamed.\"silver.customers\" = { name = \"full_name\" }\n";

  private static EmbeddedPostgresServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = EmbeddedPostgresServer.builder().start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Cli.Result leat(String... arguments) {
    return new Cli(folder, Map.of("PG", server.url())).run(arguments);
  }

  private void write(String engine, String more, String query) throws Exception {
    Files.writeString(
        folder.resolve("flow.toml"),
        """
        flow  = "moves_%s"
        owner = "data-eng@example.org"
        %s
        [run]
        engine = "main"
        retry  = { times = 0 }
        [engine.main]
        %s
        [step.customers]
        kind        = "sql"
        into        = "silver.customers"
        description = "One row per customer"
        write       = { mode = "merge", key = ["id"] }
        sql         = "%s"
        """
            .formatted(engine, more, engine(engine), query));
  }

  private static String engine(String engine) {
    return engine.equals("postgres")
        ? "type = \"postgres\"\nconnection = \"env:PG\""
        : "type = \"%s\"\npath = \"shop.%s\"".formatted(engine, engine);
  }

  private JsonNode json(String... arguments) throws Exception {
    return new ObjectMapper().readTree(leat(arguments).out());
  }

  private String rows() throws Exception {
    return leat("preview", "silver.customers", "--json").out();
  }

  @ParameterizedTest
  @CsvSource({"duckdb", "sqlite", "postgres"})
  void whatARunRefusesIsMadeByAMigrationAndTakenBack(String engine) throws Exception {
    write(engine, "", OLD);
    var first = leat("run");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(leat("migrate", "plan").exitCode()).isZero();

    write(engine, RENAMED, NEW);
    var refused = leat("run");
    assertThat(refused.err()).contains("STEP_COLUMN_MISSING").contains("`leat migrate plan`");
    assertThat(refused.exitCode()).isEqualTo(2);

    var plan = leat("migrate", "plan");
    assertThat(plan.out())
        .contains("silver.customers at main\n")
        .contains("  column name is called full_name\n")
        .contains("  column note (TEXT")
        .contains("  column segment is gone\n")
        .contains("  loses the values of segment\n")
        .contains("    ALTER TABLE ");
    assertThat(plan.exitCode()).as(plan.err()).isEqualTo(4);
    assertThat(leat("migrate", "apply").err())
        .startsWith("error[MIGRATION_LOSES]: values would be lost: the values of segment\n");

    var applied = leat("migrate", "apply", "--accept-loss");
    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(rows()).contains("\"ann\"", "full_name", "note").doesNotContain("segment");
    assertThat(leat("migrate", "plan").exitCode()).isZero();
    var next = leat("run");
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(rows()).contains("\"ann\"", "\"Bobby\"");
    JsonNode dataset = json("datasets", "--show", "customers", "--json");
    assertThat(dataset.path("owner").asText()).isEqualTo("data-eng@example.org");
    assertThat(dataset.path("key").toString()).isEqualTo("[\"id\"]");
    assertThat(dataset.path("history")).hasSize(2);
    assertThat(dataset.at("/history/1/changes").toString())
        .contains("name is called full_name", "segment is gone", "note is new");

    assertThat(leat("migrate", "rollback", "--dry-run").out())
        .contains("loses the values of note\n")
        .contains("loses the values of segment (they do not come back)\n");
    assertThat(leat("migrate", "rollback").err()).startsWith("error[MIGRATION_LOSES]");
    var back = leat("migrate", "rollback", "--accept-loss");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(rows()).contains("\"Bobby\"", "segment").doesNotContain("full_name", "note");
    assertThat(leat("migrate").out()).containsPattern("silver.customers +main +rolled_back");
    assertThat(json("datasets", "--show", "customers", "--json").path("history")).hasSize(3);
    assertThat(leat("migrate", "rollback").err()).contains("0 migrations taken back");
  }

  @Test
  void refusesChangesThatAreNotCompatible() throws Exception {
    write("duckdb", "", OLD);
    assertThat(leat("run").exitCode()).isZero();
    write(
        "duckdb",
        "[migrate]\ncompatibility = \"full\"\n",
        OLD.replace("SELECT id,", "SELECT CAST(id AS VARCHAR) AS id,"));

    var refused = leat("migrate", "apply", "--accept-loss");
    assertThat(refused.err()).startsWith("error[SCHEMA_INCOMPATIBLE]: silver.customers: column id");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(leat("migrate", "plan", "--compatibility", "none").exitCode()).isEqualTo(4);
  }

  @Test
  void aManualFlowLeavesColumnsAlone() throws Exception {
    write("duckdb", "", OLD);
    assertThat(leat("run").exitCode()).isZero();
    String wider = OLD.replace("segment FROM", "segment, 1 AS level FROM");
    write("duckdb", "", wider);
    assertThat(leat("migrate", "plan").out()).contains(", which a run does by itself\n");

    write("duckdb", "[migrate]\nmode = \"manual\"\n", wider);
    var refused = leat("run");
    assertThat(refused.err())
        .contains("STEP_MIGRATION")
        .contains("runs do not change columns here: level is new");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(leat("plan").err()).contains("STEP_MIGRATION");
    assertThat(leat("migrate", "apply").exitCode()).isZero();
    assertThat(leat("run").exitCode()).isZero();
    assertThat(rows()).contains("level");
  }

  @Test
  void remembersDatasetsAndFlows() throws Exception {
    write("duckdb", "", OLD);
    assertThat(leat("datasets").err()).startsWith("no datasets yet\n");
    assertThat(leat("run").exitCode()).isZero();
    assertThat(leat("run", "--full-refresh").exitCode()).isZero();
    write("duckdb", "# the same with a remark", OLD);
    assertThat(leat("run").exitCode()).isZero();
    CommandContext context =
        new CommandContext(() -> Terminal.plain(System.out, System.err), folder, Map.of());
    try (Documents documents = context.load(Path.of("flow.toml")).documents(false)) {
      List<FlowDefinition> versions =
          new DocumentFlowRepository(documents).history("moves_duckdb", 10);
      assertThat(versions).extracting(FlowDefinition::version).containsExactly(2L, 1L);
      assertThat(versions)
          .extracting(FlowDefinition::fingerprint)
          .containsOnly(versions.getFirst().fingerprint());
      assertThat(versions.getFirst().instructions()).containsOnlyKeys("silver.customers");
    }
    assertThat(leat("datasets").out())
        .containsPattern("silver.customers +silver +customers +main +3 +id ");
    assertThat(leat("datasets", "--show", "customers").out())
        .containsPattern("id +INTEGER +never NULL +key\n")
        .containsPattern("name +VARCHAR|TEXT")
        .containsPattern("1  .* 3 columns\n$");
    assertThat(leat("datasets", "--show", "orders").err()).startsWith("error[DATASET_UNKNOWN]");
  }
}
