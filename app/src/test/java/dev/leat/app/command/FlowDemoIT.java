package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.app.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlowDemoIT {
  @TempDir private Path folder;

  @Test
  void carriesAShopToAWarehouseThatAgreesWithIt() throws Exception {
    Cli.Result result = new Cli(folder, Map.of()).run("demo", "flow", "--rows", "3000", "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("bronze.orders", "silver.orders_parked", "gold.dim_customer")
        .contains("dwh.fact_order_line")
        .contains("negative total", "unknown status")
        .contains("warning: ", "up to date", "the warehouse agrees with the source")
        .contains("files agree with what was sent")
        .contains("left out: only a half of it", "sent again: ", "not read again")
        .contains("column amount: not a decimal(12,2)", "8 values instead of 7", "not JSON");
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.path("ok").asBoolean()).isTrue();
    assertThat(json.path("problems")).isEmpty();
    assertThat(json.path("files")).hasSize(9);
    assertThat(json.path("files").get(1).path("file").asText())
        .isEqualTo("payments_2026-07-01.csv");
    assertThat(json.path("files").get(1).path("first").path("parked").asInt()).isEqualTo(4);
    assertThat(json.path("files").get(1).path("parked").asInt()).isZero();
    assertThat(json.path("parked_rows")).hasSize(10);
    assertThat(json.path("published").findValuesAsText("parquet_rows"))
        .isEqualTo(json.path("published").findValuesAsText("warehouse_rows"))
        .doesNotContain("0");
    assertThat(folder.resolve("demo-flow.toml")).exists();
    assertThat(folder.resolve(".leat/demo-flow-s3")).doesNotExist();
    Cli.Result parked =
        new Cli(folder, Map.of()).run("parked", "demo-flow.toml", "bronze.payments", "--show");
    assertThat(parked.out()).as(parked.err()).contains("first half; rest follows");
    // What is left can be asked, and gives way to the next demo.
    Cli.Result sql =
        new Cli(folder, Map.of())
            .run(
                "sql",
                "demo-flow.toml",
                "SELECT count(*) AS n FROM gold.dim_customer WHERE customer_id = 1",
                "--csv");
    assertThat(sql.out().lines()).as(sql.err()).containsExactly("n", "2");
    Cli.Result preview =
        new Cli(folder, Map.of()).run("preview", "demo-flow.toml", "silver.orders_parked");
    assertThat(preview.out()).as(preview.err()).contains("_leat_reason");
  }

  @Test
  void leavesAnothersFileAlone() throws Exception {
    Path file = folder.resolve("demo-flow.toml");
    Files.writeString(file, "flow = \"mine\"\n");
    Cli.Result result = new Cli(folder, Map.of()).run("demo", "flow");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.USAGE);
    assertThat(file).hasContent("flow = \"mine\"\n");
  }

  @Test
  void leavesAnothersFilesAmongPublishedOnesAlone() throws Exception {
    Files.writeString(
        folder.resolve("demo-flow.toml"),
        "# Written by leat demo flow; replaced by the next one.\n");
    Path ours = folder.resolve("demo-flow-lake/gold/fact_payment/_manifest.json");
    Path file = folder.resolve("demo-flow-lake/mine.parquet");
    Files.createDirectories(ours.getParent());
    Files.writeString(ours, "{}");
    Files.writeString(file, "mine");
    Cli.Result result = new Cli(folder, Map.of()).run("demo", "flow");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("mine.parquet");
    assertThat(file).hasContent("mine");
    assertThat(ours).hasContent("{}");
  }
}
