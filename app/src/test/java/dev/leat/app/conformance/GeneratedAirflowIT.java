package dev.leat.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.app.command.Cli;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DAGs that are generated from flows, run by Airflow. */
class GeneratedAirflowIT {
  private static final String FLOW =
      """
      flow = "shop"
      owner = "data team"

      [run]
      retry = { times = 0 }

      [source.shop]
      from       = "postgres"
      connection = "env:SHOP_PG"
      tables     = ["public.customers", "public.orders"]
      into       = "bronze"

      [destination.file]
      to   = "duckdb"
      path = "shop.duckdb"

      [step.there_are_orders]
      kind      = "task"
      condition = "SELECT COUNT(*) > %d AS go_on FROM bronze.orders"

      [step.spent]
      kind  = "sql"
      into  = "silver.spent"
      after = ["there_are_orders"]
      sql   = "SELECT customer_id, SUM(amount) AS amount FROM bronze.orders GROUP BY customer_id"

      [step.names]
      kind        = "sql"
      into        = "gold.names"
      description = "Who spent \\"how much\\""
      timeout     = "5m"
      retry       = { times = 1, wait = "1s" }
      sql         = \"""
      SELECT c.name, s.amount FROM silver.spent s JOIN bronze.customers c ON c.customer_id = s.customer_id\"""

      [check."gold.names"]
      range = { amount = { min = %d } }
      """;

  @TempDir private Path folder;
  private Path programs;
  private String shop;

  @BeforeEach
  void begin() throws Exception {
    programs = PythonTools.programs("airflow");
    shop = SuiteServer.create("shop");
    SuiteServer.execute(shop, Files.readString(Path.of("..", "examples", "kinds", "tables.sql")));
    Path leat = folder.resolve("leat");
    String flags =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("--") || flag.startsWith("-Darrow."))
            .collect(Collectors.joining(" "));
    Files.writeString(
        leat,
        """
        #!/bin/sh
        exec '%s/bin/java' -XX:TieredStopAtLevel=1 %s -cp '%s' %s "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                flags,
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Files.setPosixFilePermissions(leat, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private PythonTools.Result test(int fewest, int least) throws Exception {
    Path dags = Files.createDirectories(folder.resolve("dags"));
    Files.writeString(dags.resolve("shop.toml"), FLOW.formatted(fewest, least));
    Cli.Result generated =
        new Cli(dags, Map.of("SHOP_PG", SuiteServer.url(shop)))
            .run("generate", "airflow", "shop.toml", "--out", ".");
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    Path home = folder.resolve("home");
    Map<String, String> environment = new HashMap<>();
    environment.put("AIRFLOW_HOME", home.toString());
    environment.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
    environment.put("AIRFLOW__CORE__DAGS_FOLDER", dags.toString());
    environment.put(
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "sqlite:///" + home.resolve("airflow.db"));
    environment.put("SHOP_PG", SuiteServer.url(shop));
    environment.put("LEAT_COMMAND", folder.resolve("leat").toString());
    environment.put("LEAT_ALERT_COMMAND", "tee " + folder.resolve("alert.json"));
    String airflow = programs.resolve("airflow").toString();
    if (!Files.exists(home)) {
      String unused = PythonTools.run(folder, environment, List.of(airflow, "db", "migrate"));
    }
    return PythonTools.attempt(
        folder, environment, List.of(airflow, "dags", "test", "shop", "-f", dags + "/shop.py"));
  }

  @Test
  void runsASourceAndStepsAndTellsOfChecksThatFail() throws Exception {
    PythonTools.Result skipped = test(100, 0);
    assertThat(skipped.exitCode()).as(skipped.output()).isZero();
    assertThat(GeneratedTables.made(folder.resolve("dags/shop.duckdb")))
        .as("what depends on a condition that does not hold\n" + skipped.output())
        .isEmpty();

    PythonTools.Result done = test(0, 0);
    assertThat(done.exitCode()).as(done.output()).isZero();
    assertThat(GeneratedTables.made(folder.resolve("dags/shop.duckdb")).get("gold.names"))
        .as(done.output())
        .containsExactly(
            "name VARCHAR, amount DECIMAL(38,2), ", " Ada  | 20.00 | ", "Grace | 35.50 | ");
    assertThat(folder.resolve("alert.json")).doesNotExist();

    // A step that is up to date is not checked again.
    SuiteServer.execute(shop, "UPDATE orders SET amount = amount + 0");
    PythonTools.Result refused = test(0, 30);
    assertThat(refused.output()).contains("checks failed; leat run ended with 3");
    assertThat(folder.resolve("alert.json"))
        .content()
        .contains("\"flow\": \"shop\"", "\"task\": \"names\"", "checks failed");
  }
}
