package dev.leat.flow.check;

import static dev.leat.flow.check.Checks.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.check.CheckModel.Tolerance;
import dev.leat.flow.documents.MemoryDocuments;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunnerIT {
  private static final String GOOD =
      "(1, 1, 'new', 10, 1.5, DATE '2024-05-01', TIMESTAMPTZ '2024-05-02 11:00:00+00')";
  private static final String OTHER =
      "(2, 2, 'paid', 20, 2.5, DATE '2024-05-02', TIMESTAMPTZ '2024-05-02 10:00:00+00')";
  private static final String NULLS = "(NULL, NULL, NULL, NULL, NULL, NULL, NULL)";
  private static final String BAD =
      "(1, 9, 'lost', -5, -1.0, DATE '2020-01-01', TIMESTAMPTZ '2020-01-01 00:00:00+00')";

  @TempDir Path folder;
  private CheckedEngine engine;

  @BeforeEach
  void open() {
    engine = new CheckedEngine(folder);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void findsRowsThatFailAndLetsNullsBe() {
    Rule unique = new Rule.Unique(List.of("id"));
    Rule accepted = new Rule.Accepted("status", List.of("new", "paid"));
    Rule range = new Rule.Range("amount", "0", "99.5");
    Rule days = new Rule.Range("day", "2024-05-01", null);
    Rule times = new Rule.Range("at", "2024-05-01T00:00:00+02:00", null);
    Rule pattern = new Rule.Pattern("status", "^(new|pa.d)$");
    Rule reference = new Rule.Reference(List.of("customer"), Checks.CUSTOMERS, List.of("sk"));
    Rule custom = new Rule.Custom("SELECT id, amount FROM gold.orders WHERE amount < 0 -- none");
    for (Rule rule : List.of(unique, accepted, range, days, times, pattern, reference, custom)) {
      engine.orders();
      assertThat(failed(rule)).as("%s without rows", rule).isZero();
      engine.orders(GOOD, OTHER, NULLS, NULLS);
      assertThat(failed(rule)).as("%s with good rows", rule).isZero();
      engine.orders(GOOD, OTHER, NULLS, BAD);
      assertThat(failed(rule)).as("%s", rule).isEqualTo(rule.equals(unique) ? 2 : 1);
    }
  }

  @Test
  void findsNulls() {
    engine.orders(GOOD, OTHER);
    assertThat(engine.check(new Rule.NotNull("amount")).passed()).isTrue();
    engine.orders(GOOD, NULLS);
    CheckResult result = engine.check(new Rule.NotNull("amount"));
    assertThat(result.passed()).isFalse();
    assertThat(result.message()).isEqualTo("1 of 2 rows (50 %) has NULL in amount");
    assertThat(result.metrics()).containsEntry("failed", 1.0).containsEntry("rows", 2.0);
  }

  @Test
  void comparesKeysOfSeveralColumnsAsAWhole() {
    engine.orders(GOOD, BAD);
    assertThat(failed(new Rule.Unique(List.of("id", "status")))).isZero();
    engine.orders(GOOD, GOOD, GOOD, OTHER);
    assertThat(failed(new Rule.Unique(List.of("id", "status")))).isEqualTo(3);
    engine.run(
        "CREATE TABLE gold.pairs (a BIGINT, b VARCHAR)",
        "INSERT INTO gold.pairs VALUES (1, 'new')");
    engine.orders(GOOD, OTHER, NULLS);
    assertThat(
            failed(
                new Rule.Reference(
                    List.of("customer", "status"),
                    new TableId("gold", "pairs"),
                    List.of("a", "b"))))
        .isEqualTo(1);
  }

  @Test
  void toleratesAsManyRowsAsItIsTold() {
    engine.orders(GOOD, OTHER, NULLS, BAD);
    Rule rule = new Rule.NotNull("id");
    assertThat(
            engine.check(
                CheckHistory.none(),
                check("rows", rule, new Tolerance(1, 0), 0),
                check("share", rule, new Tolerance(0, 0.25), 0),
                check("less", rule, new Tolerance(0, 0.2), 0)))
        .extracting(CheckResult::passed)
        .containsExactly(true, true, false);
  }

  @Test
  void keepsSomeOfTheRowsThatFailUntilNoneDoes() {
    engine.orders(GOOD, GOOD, GOOD, BAD, NULLS);
    CheckModel unique = check("unique.id", new Rule.Unique(List.of("id")), Tolerance.NONE, 2);
    CheckModel range = check("range.amount", new Rule.Range("amount", "0", null));
    CheckModel reference =
        check("ref", new Rule.Reference(List.of("customer"), Checks.CUSTOMERS, List.of("sk")));
    CheckModel custom =
        check("sql.q", new Rule.Custom("SELECT status FROM gold.orders WHERE id = 1"));
    CheckModel none = check("none", new Rule.NotNull("id"), Tolerance.NONE, 0);
    List<CheckResult> results =
        engine.check(CheckHistory.none(), unique, range, reference, custom, none);
    assertThat(engine.samples())
        .containsExactlyInAnyOrderElementsOf(
            results.stream().flatMap(result -> result.sample().stream()).toList())
        .hasSize(4);
    assertThat(engine.rows("SELECT * FROM _leat_failed.\"gold__orders__unique.id\"")).hasSize(2);
    assertThat(engine.rows("SELECT id, status FROM _leat_failed.\"gold__orders__range.amount\""))
        .containsExactly(List.of("1", "lost"));
    assertThat(engine.rows("SELECT customer FROM _leat_failed.gold__orders__ref"))
        .containsExactly(List.of("9"));
    assertThat(engine.rows("SELECT * FROM _leat_failed.\"gold__orders__sql.q\"")).hasSize(4);

    engine.orders(GOOD, OTHER);
    assertThat(engine.check(CheckHistory.none(), unique, range, reference, none))
        .allMatch(result -> result.passed() && result.sample().isEmpty());
    assertThat(engine.samples()).containsExactly(FailedRows.table(Checks.ORDERS, "sql.q"));
  }

  @Test
  void looksAtTheDatasetAsItWillBe() {
    engine.orders(GOOD);
    engine.run(
        "CREATE SCHEMA _leat_staging",
        "CREATE VIEW _leat_staging.next AS SELECT * REPLACE (NULL::BIGINT AS id) FROM gold.orders");
    TableId next = new TableId("_leat_staging", "next");
    CheckModel check = check("not_null.id", new Rule.NotNull("id"));
    CheckModel custom = check("sql.q", new Rule.Custom("SELECT * FROM gold.orders WHERE id = 1"));
    assertThat(engine.checkAt(next, check, custom))
        .extracting(CheckResult::passed)
        .containsExactly(false, true);
    assertThat(engine.check(CheckHistory.none(), check, custom))
        .extracting(CheckResult::passed)
        .containsExactly(true, false);
  }

  @Test
  void measuresFreshnessInDatesAndTimestamps() {
    engine.orders(GOOD, OTHER, NULLS);
    assertThat(engine.check(new Rule.Freshness("at", Duration.ofHours(2))).message())
        .isEqualTo("the newest at is 1h old");
    assertThat(engine.check(new Rule.Freshness("at", Duration.ofMinutes(59))).passed()).isFalse();
    assertThat(engine.check(new Rule.Freshness("day", Duration.ofHours(12))).passed()).isTrue();
    assertThat(engine.check(new Rule.Freshness("day", Duration.ofHours(11))).passed()).isFalse();
    engine.orders(NULLS);
    assertThat(engine.check(new Rule.Freshness("at", Duration.ofDays(1))).passed()).isFalse();
    engine.orders();
    assertThat(engine.check(new Rule.Freshness("at", Duration.ofDays(1))).passed()).isFalse();
  }

  @Test
  void measuresMeansAndNulls() {
    engine.orders(GOOD, OTHER, NULLS, NULLS);
    Rule decimals = new Rule.Distribution("amount", 0.5, null, 15.0, 15.0, null);
    Rule doubles = new Rule.Distribution("weight", 0.4, null, null, null, null);
    Rule texts = new Rule.Distribution("status", 0.5, null, null, null, null);
    CheckResult result = engine.check(decimals);
    assertThat(result.passed()).as(result.message()).isTrue();
    assertThat(result.metrics()).containsEntry("mean", 15.0).containsEntry("nulls", 0.5);
    assertThat(engine.check(doubles).passed()).isFalse();
    assertThat(engine.check(texts).passed()).isTrue();
    engine.orders();
    assertThat(engine.check(decimals).passed()).isTrue();
    engine.orders("(1, 1, 'x', 1, 'nan', NULL, NULL)");
    assertThat(engine.check(new Rule.Distribution("weight", null, null, 0.0, null, null)).passed())
        .isFalse();
  }

  @Test
  void comparesWithPublishedRuns() {
    CheckModel rows = check("rows", new Rule.RowCount(null, null, 0.5));
    CheckModel mean = check("mean", new Rule.Distribution("amount", null, 0.1, null, null, 0.2));
    CheckHistory history = new DocumentCheckHistory(new MemoryDocuments());
    engine.orders(GOOD, OTHER);
    List<CheckResult> first = engine.check(history, rows, mean);
    assertThat(first).allMatch(CheckResult::passed);
    assertThat(first.getFirst().message()).contains("no earlier run");

    engine.orders(GOOD);
    assertThat(engine.check(history, mean)).allMatch(CheckResult::passed);
    history.save(Checks.ORDERS, "first", Instant.EPOCH, first);
    assertThat(engine.check(history, rows, mean))
        .extracting(CheckResult::passed)
        .containsExactly(true, false);
    engine.orders();
    assertThat(engine.check(history, rows, mean))
        .extracting(CheckResult::passed)
        .containsExactly(false, true);
  }

  @Test
  void reconcilesWithAnotherDataset() {
    engine.run(
        "CREATE TABLE gold.raw AS SELECT * FROM (VALUES (10.0, 'x'), (20.5, 'x'), (7, 'y')) r(amount, kind)");
    TableId raw = new TableId("gold", "raw");
    engine.orders(GOOD, OTHER);
    Map<String, String> measures = Map.of("total", "SUM(amount)", "rows", "COUNT(*)");
    assertThat(engine.check(new Rule.Reconcile(raw, null, measures, 0)).passed()).isFalse();
    CheckResult result = engine.check(new Rule.Reconcile(raw, "kind = 'x'", measures, 0.02));
    assertThat(result.passed()).as(result.message()).isTrue();
    assertThat(result.message()).contains("total is 30 here and 30.5 in gold.raw");
    assertThat(engine.check(new Rule.Reconcile(raw, "kind = 'x'", measures, 0)).passed()).isFalse();
    engine.orders();
    assertThat(engine.check(new Rule.Reconcile(raw, "kind = 'z'", measures, 0)).passed()).isTrue();
  }

  @Test
  void holdsColumnsAgainstAContract() {
    assertThat(engine.check(new Rule.Contract(Map.of("id", "BIGINT"), false)).passed()).isTrue();
    CheckResult result = engine.check(new Rule.Contract(Map.of("id", "INT"), true));
    assertThat(result.passed()).isFalse();
    assertThat(result.message()).contains("column id is BIGINT instead of INT");
  }

  @Test
  void saysBeforeARunWhatCannotBeChecked() {
    assertThat(
            engine.verify(
                check("a", new Rule.NotNull("idd")),
                check("b", new Rule.Pattern("amount", "x")),
                check("c", new Rule.Freshness("status", Duration.ofDays(1))),
                check("d", new Rule.Range("day", "soon", null)),
                check("e", new Rule.Custom("SELECT nothing FROM gold.orders")),
                check("f", new Rule.Custom("SELECT id, id FROM gold.orders")),
                check("g", new Rule.Reference(List.of("id"), Checks.CUSTOMERS, List.of("nope"))),
                check("h", new Rule.Reference(List.of("id"), Checks.CUSTOMERS, List.of("name"))),
                check("i", new Rule.Reference(List.of("id"), new TableId("x", "y"), List.of("z"))),
                check("j", new Rule.Contract(Map.of("id", "NUMBER"), false)),
                check("k", new Rule.Reconcile(Checks.CUSTOMERS, null, Map.of("m", "MIN(name)"), 0)),
                check("l", new Rule.Distribution("status", null, null, 1.0, null, null)),
                check("good", new Rule.Unique(List.of("id", "day")))))
        .allMatch(problem -> problem.category() == ErrorCategory.CONFIG)
        .allMatch(problem -> "7:3".equals(problem.context().get("place")))
        .extracting(LeatException::context)
        .extracting(context -> context.get("check"))
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
  }

  @Test
  void onlyErrorsBlock() {
    engine.orders(NULLS);
    CheckModel error = check("e", new Rule.NotNull("id"));
    CheckModel warning =
        new CheckModel(
            "w", Checks.ORDERS, error.rule(), Severity.WARN, Tolerance.NONE, 1, error.place());
    assertThat(engine.check(CheckHistory.none(), error, warning))
        .extracting(CheckResult::blocks)
        .containsExactly(true, false);
  }

  private long failed(Rule rule) {
    CheckResult result = engine.check(rule);
    assertThat(result.passed()).as(result.message()).isEqualTo(result.failedRows() == 0);
    return result.failedRows();
  }
}
