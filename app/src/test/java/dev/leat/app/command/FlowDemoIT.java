package dev.leat.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlowDemoIT {
  @TempDir private Path folder;

  @Test
  void carriesAShopToAWarehouseThatAgreesWithIt() {
    Cli.Result result = new Cli(folder, Map.of()).run("demo", "flow", "--rows", "3000", "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("bronze.orders", "silver.orders_parked", "gold.dim_customer")
        .contains("dwh.fact_order_line")
        .contains("negative total", "unknown status")
        .contains("warning: ", "up to date", "the warehouse agrees with the source");
    assertThat(result.out()).contains("\"ok\"");
    assertThat(folder.resolve("demo-flow.toml")).exists();
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
}
