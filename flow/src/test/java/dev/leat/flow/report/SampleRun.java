package dev.leat.flow.report;

import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.repository.AttemptRecord;
import dev.leat.flow.repository.CheckRecord;
import dev.leat.flow.repository.ColumnRecord;
import dev.leat.flow.repository.ErrorRecord;
import dev.leat.flow.repository.InputRecord;
import dev.leat.flow.repository.RunHead;
import dev.leat.flow.repository.RunRecord;
import dev.leat.flow.repository.RunState;
import dev.leat.flow.repository.StepRecord;
import dev.leat.flow.repository.StepState;
import dev.leat.spi.schema.TableId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A run in which much happens; {@link #main} writes its report, to be looked at. */
final class SampleRun {
  static final Instant BEGIN = Instant.parse("2026-05-31T10:15:30Z");

  private final List<StepRecord> steps = new ArrayList<>();

  private SampleRun() {}

  public static void main(String[] arguments) throws Exception {
    Files.writeString(Path.of(arguments[0]), RunReport.html(shop(), false, "shop.toml"));
  }

  static RunRecord shop() {
    SampleRun run = new SampleRun();
    run.add(
        run.step("check.bronze.customer", "bronze.customer", 0, 310)
            .withInputs(reads("bronze.customer"))
            .withChecks(
                List.of(check("unique.customer_id", Severity.ERROR, 0, 48_210, "no doubles"))));
    run.add(
        made(run.step("stg_customer", "silver.customer", 320, 1_450), 48_210)
            .withUpstream(List.of("check.bronze.customer"))
            .withInputs(reads("bronze.customer"))
            .withSql(
                "SELECT \"customer_id\", TRIM(\"name\") AS \"name\", LOWER(\"email\") AS \"email\","
                    + " \"country\"\nFROM \"bronze\".\"customer\"")
            .withLineage(
                columns(
                    "customer_id=bronze.customer.customer_id",
                    "name=bronze.customer.name",
                    "email=bronze.customer.email",
                    "country=bronze.customer.country"))
            .withChecks(
                List.of(
                    check("not_null.customer_id", Severity.ERROR, 0, 48_210, ""),
                    check(
                        "pattern.email",
                        Severity.WARN,
                        37,
                        48_210,
                        "37 of 48,210 rows have no e-mail address as it should be"))));
    run.add(
        made(run.step("stg_order", "silver.order", 15, 2_900), 1_204_338)
            .withInputs(reads("bronze.order", "bronze.order_item"))
            .withSql(
                "SELECT o.\"order_id\", o.\"customer_id\", o.\"placed_at\",\n  SUM(i.\"amount\") AS"
                    + " \"total\"\nFROM \"bronze\".\"order\" AS o\nJOIN \"bronze\".\"order_item\" AS"
                    + " i USING (\"order_id\")\nGROUP BY 1, 2, 3")
            .withLineage(
                columns(
                    "order_id=bronze.order.order_id",
                    "customer_id=bronze.order.customer_id",
                    "placed_at=bronze.order.placed_at",
                    "total=bronze.order_item.amount"))
            .withChecks(
                List.of(
                    check("unique.order_id", Severity.ERROR, 0, 1_204_338, ""),
                    check("range.total", Severity.ERROR, 0, 1_204_338, ""),
                    check("freshness.placed_at", Severity.WARN, 0, 0, "newest 4m 10s old"))));
    run.add(
        run.ended("stg_product", "silver.product", 20, 60, StepState.UP_TO_DATE)
            .withInputs(reads("bronze.product"))
            .withSql("SELECT * FROM \"bronze\".\"product\""));
    StepRecord rates = made(run.step("exchange_rates", "silver.exchange_rate", 25, 5_650), 168);
    run.add(
        new StepRecord(
            rates.step(),
            "",
            rates.dataset(),
            rates.state(),
            3,
            rates.startedAt(),
            rates.endedAt(),
            null,
            rates.rowsOut(),
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new AttemptRecord(
                    at(25), at(825), new ErrorRecord("TASK_EXIT", "the command ended with 7", "")),
                new AttemptRecord(
                    at(1_825),
                    at(2_480),
                    new ErrorRecord("TASK_EXIT", "the command ended with 7", "")),
                new AttemptRecord(at(4_480), at(5_650), null))));
    run.add(
        made(run.step("dim_customer", "gold.dim_customer", 1_460, 2_610), 51_877)
            .withUpstream(List.of("stg_customer"))
            .withInputs(reads("silver.customer"))
            .withSql("SELECT … -- slowly changing")
            .withLineage(
                columns(
                    "customer_key=silver.customer.customer_id",
                    "name=silver.customer.name",
                    "country=silver.customer.country",
                    "valid_from=",
                    "valid_to="))
            .withChecks(List.of(check("unique.customer_key", Severity.ERROR, 0, 51_877, ""))));
    run.add(
        run.ended("dim_product", "gold.dim_product", 65, 90, StepState.UP_TO_DATE)
            .withUpstream(List.of("stg_product"))
            .withInputs(reads("silver.product")));
    int begin = 2_910;
    for (int day = 25; day <= 31; day++) {
      int end = begin + 300 + 40 * (day % 4);
      run.add(
          made(
                  part(run.step("fact_order", "gold.fact_order", begin, end), "2026-05-" + day),
                  5_100 + 131L * day)
              .withUpstream(List.of("stg_order", "dim_customer", "dim_product"))
              .withInputs(reads("silver.order", "gold.dim_customer", "gold.dim_product"))
              .withSql(
                  "SELECT …\nFROM \"silver\".\"order\"\nWHERE \"day\" >= DATE '2026-05-"
                      + day
                      + "'")
              .withLineage(
                  columns(
                      "order_id=silver.order.order_id",
                      "customer_key=gold.dim_customer.customer_key",
                      "day=silver.order.placed_at",
                      "total=silver.order.total")));
      begin = end + 5;
    }
    run.add(
        made(
                run.ended(
                    "fact_order_eur",
                    "gold.fact_order_eur",
                    begin + 700,
                    begin + 1_900,
                    StepState.CHECKS_FAILED),
                1_204_338)
            .withUpstream(List.of("fact_order", "exchange_rates"))
            .withInputs(reads("gold.fact_order", "silver.exchange_rate"))
            .withSql("SELECT …")
            .withLineage(
                columns(
                    "order_id=gold.fact_order.order_id",
                    "total_eur=gold.fact_order.total silver.exchange_rate.rate"))
            .withChecks(
                List.of(
                    new CheckRecord(
                        "not_null.total_eur",
                        Severity.ERROR,
                        false,
                        1_892,
                        1_204_338,
                        "1,892 rows have no total_eur; none may be without",
                        new TableId("_leat_failed", "gold__fact_order_eur__not_null.total_eur")),
                    check("row_count", Severity.ERROR, 0, 1_204_338, ""))));
    run.add(
        run.ended(
                "orders_by_country",
                "gold.orders_by_country",
                begin + 10,
                begin + 420,
                StepState.FAILED)
            .withUpstream(List.of("fact_order", "dim_customer"))
            .withInputs(reads("gold.fact_order", "gold.dim_customer"))
            .withSql("SELECT c.\"country\", SUM(f.\"total\") / COUNT(*) AS \"mean\"\nFROM …")
            .ended(
                StepState.FAILED,
                at(begin + 420),
                new ErrorRecord(
                    "DUCKDB_QUERY",
                    "the query failed: Out of Range Error: Overflow in addition of DECIMAL(18)"
                        + " dataset=gold.orders_by_country",
                    "cast the column to a wider type in the step’s sql")));
    run.add(skipped("report_revenue", "gold.revenue", begin + 1_905, "fact_order_eur"));
    run.add(
        skipped("publish.crm", "gold.revenue", begin + 1_906, "report_revenue", "dim_customer"));
    run.add(
        made(run.step("export_orders", "gold.orders_parquet", begin + 12, begin + 980), 36_477)
            .withUpstream(List.of("fact_order"))
            .withInputs(reads("gold.fact_order")));
    RunHead head =
        new RunHead(
            "20260531-101530-7c1e",
            "shop",
            "",
            "schedule",
            RunState.FAILED,
            BEGIN,
            at(begin + 1_910),
            null);
    return new RunRecord(head, run.steps);
  }

  /** Every step needs one or two before it. */
  static RunRecord wide(int count, int width) {
    List<StepRecord> steps = new ArrayList<>();
    StepState[] states = StepState.values();
    for (int i = 0; i < count; i++) {
      List<String> before = new ArrayList<>();
      if (i >= width) {
        before.add("step_" + (i - width));
        before.add("step_" + (i * 7 % (i - width + 1)));
      }
      steps.add(
          StepRecord.pending("step_" + i, "", new TableId("gold", "t" + i))
              .started(at(i * 10L))
              .ended(states[i % states.length], at(i * 10L + 40), null)
              .withUpstream(before.stream().distinct().toList()));
    }
    return new RunRecord(
        new RunHead(
            "20260531-101530-0000", "wide", "", "command", RunState.RUNNING, BEGIN, null, null),
        steps);
  }

  static Instant at(long millis) {
    return BEGIN.plusMillis(millis);
  }

  private void add(StepRecord step) {
    steps.add(step);
  }

  private StepRecord step(String name, String dataset, int from, int to) {
    return ended(name, dataset, from, to, StepState.SUCCEEDED);
  }

  private StepRecord ended(String name, String dataset, int from, int to, StepState state) {
    return StepRecord.pending(name, "", TableId.parse(dataset))
        .started(at(from))
        .ended(state, at(to), null)
        .withTries(List.of(new AttemptRecord(at(from), at(to), null)));
  }

  private static StepRecord part(StepRecord step, String unit) {
    return new StepRecord(
        step.step(),
        unit,
        step.dataset(),
        step.state(),
        step.attempts(),
        step.startedAt(),
        step.endedAt(),
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        step.tries());
  }

  private static StepRecord made(StepRecord step, long rows) {
    return step.withRows(null, rows);
  }

  private static StepRecord skipped(String name, String dataset, int at, String... before) {
    return new StepRecord(
        name,
        "",
        TableId.parse(dataset),
        StepState.SKIPPED,
        0,
        at(at),
        at(at),
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(before),
        List.of(),
        List.of());
  }

  private static List<InputRecord> reads(String... datasets) {
    return Stream.of(datasets).map(d -> new InputRecord(TableId.parse(d), null, null)).toList();
  }

  private static CheckRecord check(
      String name, Severity severity, long failures, long total, String message) {
    return new CheckRecord(name, severity, failures == 0, failures, total, message, null);
  }

  /** Each as {@code column=schema.table.column …}. */
  private static List<ColumnRecord> columns(String... columns) {
    return Stream.of(columns)
        .map(
            text ->
                new ColumnRecord(
                    text.substring(0, text.indexOf('=')),
                    Arrays.stream(text.substring(text.indexOf('=') + 1).split(" "))
                        .filter(origin -> !origin.isEmpty())
                        .map(
                            origin ->
                                new ColumnRecord.Origin(
                                    TableId.parse(origin.substring(0, origin.lastIndexOf('.'))),
                                    origin.substring(origin.lastIndexOf('.') + 1)))
                        .toList()))
        .toList();
  }
}
