package dev.leat.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.flow.check.CheckModel.Tolerance;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Instant NOW = Instant.parse("2024-05-02T12:00:00Z");
  private static final List<Map<String, Double>> NONE = List.of();

  @Test
  void toleratesANumberOfRowsOrAShareOfThem() {
    assertThat(nulls(3, 1000, Tolerance.NONE))
        .isEqualTo("false: 3 of 1,000 rows (0.3 %) have NULL in id");
    assertThat(nulls(1, 1000, new Tolerance(1, 0)))
        .isEqualTo("true: 1 of 1,000 rows (0.1 %) has NULL in id, within the tolerated 1 row");
    assertThat(nulls(3, 1000, new Tolerance(0, 0.001)))
        .isEqualTo("false: 3 of 1,000 rows (0.3 %) have NULL in id, more than the tolerated 0.1 %");
    assertThat(nulls(0, 1000, new Tolerance(0, 0.001)))
        .isEqualTo("true: none of 1,000 rows has NULL in id");
    assertThat(nulls(0, 0, Tolerance.NONE)).isEqualTo("true: there are no rows");
  }

  @Test
  void comparesTheNumberOfRowsWithTheLastRun() {
    Rule rule = new Rule.RowCount(null, null, 0.5);
    assertThat(judge(rule, 100, Map.of(), NONE))
        .isEqualTo("true: there are 100 rows, and there is no earlier run to compare with");
    assertThat(judge(rule, 100, Map.of(), List.of(Map.of("rows", 80.0), Map.of("rows", 1.0))))
        .isEqualTo("true: 100 rows are 25 % more than the 80 of the last run");
    assertThat(judge(rule, 100, Map.of(), List.of(Map.of("rows", 400.0))))
        .isEqualTo(
            "false: 100 rows are 75 % fewer than the 400 of the last run, where 50 % are allowed");
    assertThat(judge(rule, 100, Map.of(), List.of(Map.of("rows", 0.0)))).startsWith("true: ");
    assertThat(judge(rule, 0, Map.of(), List.of(Map.of("rows", 0.0)))).startsWith("true: ");
    assertThat(judge(rule, 0, Map.of(), List.of(Map.of("rows", 1.0)))).startsWith("false: ");
  }

  @Test
  void boundsTheNumberOfRows() {
    Rule rule = new Rule.RowCount(1L, 10L, null);
    assertThat(judge(rule, 0, Map.of(), NONE))
        .isEqualTo("false: 0 rows are fewer than the 1 required");
    assertThat(judge(rule, 11, Map.of(), NONE))
        .isEqualTo("false: 11 rows are more than the 10 allowed");
    assertThat(judge(rule, 10, Map.of(), NONE)).isEqualTo("true: there are 10 rows");
  }

  @Test
  void tellsHowOldTheNewestRowIs() {
    Rule rule = new Rule.Freshness("at", Duration.ofDays(1));
    long now = NOW.getEpochSecond();
    assertThat(judge(rule, 5, Map.of("newest", now - 3600), NONE))
        .isEqualTo("true: the newest at is 1h old");
    assertThat(judge(rule, 5, Map.of("newest", now - 86_400), NONE)).startsWith("true: ");
    assertThat(judge(rule, 5, Map.of("newest", now - 90_000), NONE))
        .isEqualTo("false: the newest at is 1d 1h old, where 1d are allowed");
    assertThat(judge(rule, 5, Map.of("newest", now + 60), NONE)).startsWith("true: ");
    assertThat(judge(rule, 5, Map.of(), NONE)).isEqualTo("false: none of 5 rows has a value in at");
    assertThat(judge(rule, 0, Map.of(), NONE)).startsWith("false: there are no rows");
  }

  @Test
  void comparesTheMeanWithThatOfEarlierRuns() {
    Rule rule = new Rule.Distribution("amount", null, null, null, null, 0.2);
    List<Map<String, Double>> earlier = List.of(Map.of("mean", 9.0), Map.of("mean", 11.0));
    assertThat(judge(rule, 4, Map.of("values", 4, "mean", 12.0), earlier)).startsWith("true: ");
    assertThat(judge(rule, 4, Map.of("values", 4, "mean", 12.5), earlier))
        .isEqualTo(
            "false: the mean of amount is 12.5, against 10 in earlier runs, where a change of 20 %"
                + " is allowed");
    assertThat(judge(rule, 4, Map.of("values", 4, "mean", 12.5), NONE))
        .endsWith("there is no earlier run to compare with");
    assertThat(judge(rule, 4, Map.of("values", 4, "mean", 1.0), List.of(Map.of("mean", 0.0))))
        .startsWith("true: ");
    assertThat(judge(rule, 4, Map.of("values", 0), earlier))
        .isEqualTo("true: 100 % of amount are NULL, and there is no value to take the mean of");
    assertThat(judge(rule, 0, Map.of("values", 0), earlier)).startsWith("true: ");
    assertThat(judge(rule, 1, Map.of("values", 1, "mean", Double.NaN), earlier))
        .startsWith("false: ");
  }

  @Test
  void comparesTheShareOfNullsWithThatOfEarlierRuns() {
    Rule rule = new Rule.Distribution("amount", 0.5, 0.1, null, null, null);
    List<Map<String, Double>> earlier = List.of(Map.of("nulls", 0.1));
    assertThat(judge(rule, 10, Map.of("values", 8), earlier)).startsWith("true: ");
    assertThat(judge(rule, 10, Map.of("values", 7), earlier))
        .isEqualTo(
            "false: 30 % of amount are NULL, against 10 % in earlier runs, where a difference of"
                + " 10 % is allowed");
    assertThat(judge(rule, 10, Map.of("values", 4), NONE))
        .isEqualTo("false: 60 % of amount are NULL, where 50 % are allowed");
  }

  @Test
  void reconcilesWithinATolerance() {
    assertThat(reconcile(0, 100L, 100L)).isEqualTo("true: total is 100 here and 100 in bronze.o");
    assertThat(reconcile(0, 100L, 101L)).isEqualTo("false: total is 100 here and 101 in bronze.o");
    assertThat(reconcile(0.01, 100L, 101L)).startsWith("true: ");
    assertThat(reconcile(0.001, 100L, 101L)).endsWith("where a difference of 0.1 % is allowed");
    assertThat(reconcile(0, 0.1 + 0.2, 0.3)).startsWith("true: ");
    assertThat(reconcile(0.01, 1L, 0L)).startsWith("false: ");
    assertThat(judge(reconcile(0), 0, Map.of(), NONE)).startsWith("true: ");
    assertThat(judge(reconcile(0), 0, Map.of("own.total", 0L), NONE))
        .isEqualTo("false: total is 0 here and NULL in bronze.o");
  }

  @Test
  void comparesColumnsWithAContract() {
    assertThat(judge(new Rule.Contract(Map.of("id", "bigint"), false), 0, Map.of(), NONE))
        .startsWith("true: ");
    assertThat(judge(new Rule.Contract(Map.of("id", "INTEGER"), false), 0, Map.of(), NONE))
        .isEqualTo("false: column id is BIGINT instead of INTEGER");
    assertThat(judge(new Rule.Contract(Map.of("x", "TEXT"), true), 0, Map.of(), NONE))
        .isEqualTo("false: column x is missing, and column id is not in the contract");
  }

  private static String nulls(long failed, long total, Tolerance tolerance) {
    return text(
        new Judge(Map.of(), total, NOW)
            .judge(
                Checks.check("c", new Rule.NotNull("id"), tolerance, 0),
                new Figures(Map.of("failed", failed)),
                NONE));
  }

  private static Rule reconcile(double tolerance) {
    return new Rule.Reconcile(
        new TableId("bronze", "o"), null, Map.of("total", "SUM(x)"), tolerance);
  }

  private static String reconcile(double tolerance, Number here, Number there) {
    return judge(reconcile(tolerance), 1, Map.of("own.total", here, "other.total", there), NONE);
  }

  private static String judge(
      Rule rule, long total, Map<String, Number> figures, List<Map<String, Double>> earlier) {
    Map<String, LogicalType> types = Map.of("id", Primitive.INT64);
    return text(
        new Judge(types, total, NOW).judge(Checks.check("c", rule), new Figures(figures), earlier));
  }

  private static String text(Verdict verdict) {
    return verdict.passed() + ": " + verdict.message();
  }
}
