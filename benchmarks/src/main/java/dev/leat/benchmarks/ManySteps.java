package dev.leat.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Flows whose steps have next to nothing to do, so that what is measured is Leat. */
final class ManySteps {
  private static final int SOMETHING_TO_DO = 4;

  private ManySteps() {}

  private record Step(String table, String sql) {}

  /** Steps in ten layers, each reading two tables of the layer before. */
  private static List<Step> steps(int count) {
    int layer = count / 10;
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String sql =
          i < layer
              ? "SELECT id, customer, amount FROM bronze.orders WHERE customer %% %d = 0"
                  .formatted(2 + i)
              : "SELECT a.id, a.customer, COALESCE(b.amount, a.amount) AS amount FROM gold.t%d a LEFT JOIN gold.t%d b ON a.id = b.id"
                  .formatted(i - layer, (i / layer - 1) * layer + (i + 1) % layer);
      steps.add(new Step("gold.t" + i, sql));
    }
    return steps;
  }

  private static void prepare(FlowPrograms programs, List<Step> steps)
      throws IOException, SQLException {
    programs.prepare(
        "CREATE SCHEMA bronze",
        "CREATE SCHEMA gold",
        "CREATE TABLE bronze.orders AS SELECT i AS id, i % 1000 AS customer, CAST(i / 7.0 AS"
            + " DECIMAL(12, 2)) AS amount FROM range(10000) AS r (i)");
    programs.flow(
        steps.stream()
            .map(
                step ->
                    "[step.\"%s\"]\nkind = \"sql\"\ninto = \"%s\"\nsql = \"\"\"\n%s\"\"\"\n"
                        .formatted(step.table.replace('.', '_'), step.table, step.sql))
            .collect(Collectors.joining("\n")));
  }

  /** By how much a run takes longer than the same statements by hand. */
  static Bar run(FlowPrograms programs, int count)
      throws IOException, InterruptedException, SQLException {
    List<Step> steps = steps(count);
    prepare(programs, steps);
    List<String> byHand =
        steps.stream().map(step -> "CREATE TABLE " + step.table + " AS " + step.sql).toList();
    double[] seconds = new double[FlowPrograms.ROUNDS];
    for (int round = 0; round < seconds.length; round++) {
      double hand = programs.runByHand(byHand).seconds();
      seconds[round] = programs.runFlow().seconds() - hand;
    }
    return new Bar(
        "run of %d small steps, beyond SQL by hand".formatted(count),
        Measured.median(seconds),
        "s",
        2.0,
        1.0);
  }

  static Bar plan(FlowPrograms programs, int count)
      throws IOException, InterruptedException, SQLException {
    prepare(programs, steps(count));
    programs.prepare("CHECKPOINT");
    java.nio.file.Files.copy(programs.data(), programs.folder().resolve("leat.duckdb"));
    double[] seconds = new double[FlowPrograms.ROUNDS];
    for (int round = 0; round < seconds.length; round++) {
      seconds[round] = programs.leat("plan", SOMETHING_TO_DO).seconds();
    }
    return new Bar(
        "`leat plan` of %,d steps, start included".formatted(count),
        Measured.median(seconds),
        "s",
        2.0,
        1.5);
  }
}
