package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.app.output.Json;
import dev.leat.app.output.Terminal;
import dev.leat.flow.repository.DocumentRunRepository;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.StepRecord;
import dev.leat.library.FlowStore;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.StateStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a flow without a source, in DuckDB alone, as they are remembered. */
final class RunsCommandIT {
  private static final String FLOW =
      """
      flow = "shop"

      [engine.main]
      type = "duckdb"
      path = "shop.duckdb"

      [run]
      retry = { times = 0 }

      [step.customers]
      kind = "sql"
      into = "silver.customers"
      sql  = \"""
      SELECT id, UPPER(name) AS name, country
      FROM (VALUES (1, 'ann', 'NZ'), (2, 'bob', NULL)) AS t(id, name, country)\"""

      [step.names]
      kind = "sql"
      into = "gold.names"
      sql  = "SELECT id AS customer, name FROM silver.customers"

      [step.numbers]
      kind    = "sql"
      dialect = "duckdb"
      into    = "gold.numbers"
      sql     = "SELECT CAST(name AS INTEGER) AS number FROM silver.customers"

      [step.countries]
      kind = "sql"
      into = "gold.countries"
      sql  = "SELECT country, COUNT(*) AS customers FROM silver.customers GROUP BY country"

      [step.last]
      kind = "sql"
      into = "gold.last"
      sql  = "SELECT country FROM gold.countries"

      [check."gold.countries"]
      not_null = ["country"]

      [env.dev]
      """;

  @TempDir private Path folder;
  private Cli leat;

  @BeforeEach
  void prepare() throws IOException {
    leat = new Cli(folder, Map.of());
    Files.writeString(folder.resolve("flow.toml"), FLOW);
  }

  @Test
  void saysThatThereAreNoRunsAndMakesNothing() {
    var none = leat.run("runs");

    assertThat(none.err()).isEqualTo("no runs yet\nnext: leat run flow.toml\n");
    assertThat(none.exitCode()).isZero();
    assertThat(leat.run("runs", "show").err())
        .startsWith("error[RUN_UNKNOWN]: flow shop was not run yet\n");
    assertThat(folder.resolve(".leat")).doesNotExist();
  }

  @Test
  void remembersWhatEachStepOfARunCameTo() throws IOException {
    var run = leat.run("run", "--json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    String id = Json.read(run.out()).path("run").asText();

    var list = leat.run("runs");
    assertThat(list.out().lines().toList().getFirst())
        .startsWith("RUN")
        .contains("STATE", "DONE", "FAILED", "ROWS");
    assertThat(list.out().lines().skip(1).toList())
        .singleElement()
        .asString()
        .startsWith(id)
        .contains("command", "failed");

    var show = leat.run("runs", "show", "last");
    assertThat(show.out())
        .startsWith("run " + id + ": failed\n")
        .containsPattern("customers +silver.customers +done +2 +1 ")
        .containsPattern("countries +gold.countries +checks failed +2 +1 .*1 failed")
        .containsPattern("last +gold.last +skipped")
        .containsPattern("numbers +gold.numbers +failed")
        .contains("error[CHECK_FAILED]: ", "check: not_null.country", "leat sql flow.toml '")
        .contains("error[DUCKDB_", "step: numbers", "fix: ");
    assertThat(leat.run("runs", "show", "flow.toml", id).out()).isEqualTo(show.out());
    assertThat(leat.run("runs", "show", "--sql").out())
        .contains("-- customers → silver.customers\n", "UPPER(", "-- numbers → gold.numbers\n")
        .contains("CAST(name AS INTEGER)");

    JsonNode step = step(id, "names");
    assertThat(step.path("upstream").path(0).asText()).isEqualTo("customers");
    assertThat(step.path("inputs").path(0).path("dataset").asText()).isEqualTo("silver.customers");
    assertThat(step.path("lineage").path(0).toString())
        .isEqualTo(
            "{\"column\":\"customer\",\"origins\":[{\"dataset\":\"silver.customers\",\"column\":\"id\"}]}");
    assertThat(step.path("tries")).hasSize(1);
    JsonNode failed = step(id, "numbers");
    assertThat(failed.path("tries").path(0).path("error").path("code").asText())
        .startsWith("DUCKDB_");
    assertThat(failed.path("sql").asText()).contains("CAST");
  }

  @Test
  void writesAReportThatStandsAlone() throws IOException {
    leat.run("run");

    var report = leat.run("runs", "report", "--out", "run.html");

    assertThat(report.err()).startsWith("wrote run ").endsWith(" to run.html\n");
    assertThat(report.exitCode()).isZero();
    assertThat(folder.resolve("run.html"))
        .content()
        .startsWith("<!DOCTYPE html>")
        .contains(
            "silver.customers", "checks failed", "skipped", "class=\"dag\"", "class=\"gantt\"")
        .doesNotContain("<script", "http");
    assertThat(leat.run("runs", "report", "--out", "none/run.html").err())
        .startsWith("error[REPORT_NOT_WRITTEN]: none/run.html cannot be written");
  }

  @Test
  void listsRunsOfAnEnvironmentFromTheNewest() {
    leat.run("run", "--select", "customers");
    leat.run("run", "--select", "customers", "--env", "dev");
    leat.run("run", "--select", "customers");

    assertThat(leat.run("runs").out().lines()).hasSize(4);
    assertThat(leat.run("runs", "--limit", "2").out().lines()).hasSize(3);
    JsonNode dev = Json.read(leat.run("runs", "flow.toml", "--env", "dev", "--json").out());
    assertThat(dev.path("runs")).hasSize(1);
    assertThat(dev.path("runs").path(0).path("state").asText()).isEqualTo("succeeded");
    assertThat(dev.path("runs").path(0).path("steps_done").asInt()).isEqualTo(1);
    assertThat(leat.run("runs", "show", "--env", "dev").out()).contains(" in environment dev: ");
  }

  @Test
  void aRunWhoseProcessIsGoneIsInterrupted() {
    LoadedFlow flow =
        new CommandContext(
                () ->
                    Terminal.plain(
                        OutputStream.nullOutputStream(), OutputStream.nullOutputStream()),
                folder,
                Map.of())
            .load(Path.of("flow.toml"));
    RunHead head;
    try (Documents documents = flow.documents(true)) {
      DocumentRunRepository runs = new DocumentRunRepository(documents);
      head = runs.begin("shop", "", "command", Instant.now());
      runs.save(
          head,
          StepRecord.pending("customers", "", new TableId("silver", "customers"))
              .started(Instant.now()));
    }
    try (StateStore store = FlowStore.open(flow.stateFolder(), "shop", true)) {
      try (Lease _ =
          store.acquire(
              "shop",
              new LeaseHolder("localhost", ProcessHandle.current().pid(), Instant.now(), ""))) {
        assertThat(leat.run("runs").out()).contains(" running ");
      }
    }

    assertThat(leat.run("runs").out()).contains(" interrupted ").doesNotContain(" running ");
    assertThat(leat.run("runs", "show").out())
        .startsWith("run " + head.id() + ": interrupted\n")
        .containsPattern("customers +silver.customers +interrupted");
    assertThat(Json.read(leat.run("runs", "--json").out()).at("/runs/0/state").asText())
        .isEqualTo("interrupted");
  }

  @Test
  void saysWhatANameOfARunLooksLike() {
    assertThat(leat.run("runs", "show", "flow.toml", "20260101-000000-abcd").err())
        .isEqualTo(
            """
            error[RUN_UNKNOWN]: flow shop has no run 20260101-000000-abcd
              fix: `leat runs` lists those that are remembered
            """);
    assertThat(leat.run("runs", "show", "flow.toml", "newest").err())
        .startsWith("error[RUN_NAME]: newest is no name of a run");
  }

  private JsonNode step(String run, String name) {
    for (JsonNode step : Json.read(leat.run("runs", "show", run, "--json").out()).path("steps")) {
      if (step.path("step").asText().equals(name)) {
        return step;
      }
    }
    throw new AssertionError("no step " + name);
  }
}
