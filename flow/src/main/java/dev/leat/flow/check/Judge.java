package dev.leat.flow.check;

import dev.leat.flow.check.CheckModel.Tolerance;
import dev.leat.flow.check.Rule.Accepted;
import dev.leat.flow.check.Rule.Contract;
import dev.leat.flow.check.Rule.Custom;
import dev.leat.flow.check.Rule.Distribution;
import dev.leat.flow.check.Rule.Freshness;
import dev.leat.flow.check.Rule.NotNull;
import dev.leat.flow.check.Rule.Pattern;
import dev.leat.flow.check.Rule.Range;
import dev.leat.flow.check.Rule.Reconcile;
import dev.leat.flow.check.Rule.Reference;
import dev.leat.flow.check.Rule.RowCount;
import dev.leat.flow.check.Rule.Unique;
import dev.leat.spi.schema.LogicalType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides from figures whether rules hold.
 *
 * @param types of the dataset's columns
 * @param total how many rows it has
 * @param now the time of the run
 */
record Judge(Map<String, LogicalType> types, long total, Instant now) {
  /** How far two sums of the same numbers may be apart that were added in another order. */
  private static final BigDecimal ROUNDING = new BigDecimal("1e-9");

  private static final String NO_EARLIER_RUN = "there is no earlier run to compare with";

  /**
   * @param figures of the check
   * @param earlier its metrics in earlier runs, the last one first
   */
  Verdict judge(CheckModel check, Figures figures, List<Map<String, Double>> earlier) {
    Tolerance tolerance = check.tolerance();
    return switch (check.rule()) {
      case NotNull(String column) -> rows("NULL in " + column, figures, tolerance);
      case Unique(List<String> columns) ->
          rows("the " + names(columns) + " of another row", figures, tolerance);
      case Accepted(String column, List<String> _) ->
          rows("a value in " + column + " that is not accepted", figures, tolerance);
      case Range(String column, String min, String max) ->
          rows("a value in " + column + " that is " + outside(min, max), figures, tolerance);
      case Pattern(String column, String _) ->
          rows("a text in " + column + " that does not match", figures, tolerance);
      case Reference reference ->
          rows(
              "a %s that is not in %s".formatted(names(reference.columns()), reference.table()),
              figures,
              tolerance);
      case Custom _ -> custom(figures, tolerance);
      case RowCount rule -> rowCount(rule, earlier);
      case Freshness rule -> freshness(rule, figures);
      case Contract rule -> contract(rule);
      case Distribution rule -> distribution(rule, figures, earlier);
      case Reconcile rule -> reconcile(rule, figures);
    };
  }

  private Verdict rows(String what, Figures figures, Tolerance tolerance) {
    long failed = figures.count(CheckCompiler.FAILED);
    String message =
        failed == 0
            ? total == 0 ? "there are no rows" : "none of " + Shown.rows(total) + " has " + what
            : "%s of %s (%s) %s %s%s"
                .formatted(
                    Shown.count(failed),
                    Shown.rows(total),
                    Shown.share((double) failed / total),
                    failed == 1 ? "has" : "have",
                    what,
                    tolerated(failed, tolerance));
    return new Verdict(tolerance.allows(failed, total), failed, message, counted(failed));
  }

  private Verdict custom(Figures figures, Tolerance tolerance) {
    long failed = figures.count(CheckCompiler.FAILED);
    String message =
        failed == 0
            ? "the query gives no rows"
            : "the query gives %s, where the dataset has %s%s"
                .formatted(Shown.rows(failed), Shown.count(total), tolerated(failed, tolerance));
    return new Verdict(tolerance.allows(failed, total), failed, message, counted(failed));
  }

  private String tolerated(long failed, Tolerance tolerance) {
    if (tolerance.equals(Tolerance.NONE)) {
      return "";
    }
    String most =
        tolerance.rows() > 0 ? Shown.rows(tolerance.rows()) : Shown.share(tolerance.share());
    return (tolerance.allows(failed, total)
            ? ", within the tolerated "
            : ", more than the tolerated ")
        + most;
  }

  private Map<String, Double> counted(long failed) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("rows", (double) total);
    metrics.put("failed", (double) failed);
    return metrics;
  }

  private Verdict rowCount(RowCount rule, List<Map<String, Double>> earlier) {
    List<String> complaints = new ArrayList<>();
    List<String> facts = new ArrayList<>(List.of("there are " + Shown.rows(total)));
    if (rule.min() != null && total < rule.min()) {
      complaints.add(
          Shown.rows(total) + " are fewer than the " + Shown.count(rule.min()) + " required");
    }
    if (rule.max() != null && total > rule.max()) {
      complaints.add(
          Shown.rows(total) + " are more than the " + Shown.count(rule.max()) + " allowed");
    }
    if (rule.changeMax() != null) {
      Optional<Double> last = Verdict.last(earlier, "rows");
      if (last.isEmpty()) {
        facts.add(NO_EARLIER_RUN);
      } else if (last.get() == 0) {
        facts.add("the last run had none, so that a change cannot be told as a share");
      } else {
        double change = (total - last.get()) / last.get();
        String changed =
            "%s are %s %s than the %s of the last run"
                .formatted(
                    Shown.rows(total),
                    Shown.share(Math.abs(change)),
                    change < 0 ? "fewer" : "more",
                    Shown.count(last.get().longValue()));
        if (Math.abs(change) > rule.changeMax()) {
          complaints.add(changed + ", where " + Shown.share(rule.changeMax()) + " are allowed");
        } else {
          facts.set(0, changed);
        }
      }
    }
    return Verdict.of(complaints, facts, Map.of("rows", (double) total));
  }

  private Verdict freshness(Freshness rule, Figures figures) {
    Optional<Double> newest = figures.number(CheckCompiler.NEWEST);
    if (newest.isEmpty()) {
      return Verdict.of(
          List.of(
              total == 0
                  ? "there are no rows, so that nothing is fresh"
                  : "none of " + Shown.rows(total) + " has a value in " + rule.column()),
          List.of(),
          Map.of());
    }
    Duration age = Duration.between(Instant.ofEpochSecond(newest.get().longValue()), now);
    String fact = "the newest " + rule.column() + " is " + Shown.duration(age) + " old";
    return Verdict.of(
        age.compareTo(rule.maxAge()) > 0
            ? List.of(fact + ", where " + Shown.duration(rule.maxAge()) + " are allowed")
            : List.of(),
        List.of(fact),
        Map.of("age_seconds", (double) age.toSeconds()));
  }

  private Verdict contract(Contract rule) {
    List<String> complaints = new ArrayList<>();
    rule.columns()
        .forEach(
            (column, name) -> {
              LogicalType is = types.get(column);
              LogicalType wanted = ColumnTypeNames.parse(name).orElse(null);
              if (is == null) {
                complaints.add("column " + column + " is missing");
              } else if (!is.equals(wanted)) {
                complaints.add(
                    "column %s is %s instead of %s"
                        .formatted(column, ColumnTypeNames.of(is), name));
              }
            });
    if (rule.exact()) {
      types.keySet().stream()
          .filter(column -> !rule.columns().containsKey(column))
          .forEach(column -> complaints.add("column " + column + " is not in the contract"));
    }
    return Verdict.of(
        complaints, List.of(rule.columns().size() + " columns are as the contract says"), Map.of());
  }

  private Verdict distribution(
      Distribution rule, Figures figures, List<Map<String, Double>> earlier) {
    List<String> complaints = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("rows", (double) total);
    nulls(rule, figures, Verdict.mean(earlier, "nulls"), complaints, facts)
        .ifPresent(nulls -> metrics.put("nulls", nulls));
    Optional<Double> mean = figures.number(CheckCompiler.MEAN);
    if (mean.isPresent()) {
      metrics.put("mean", mean.get());
      mean(rule, mean.get(), Verdict.mean(earlier, "mean"), complaints, facts);
    } else if (rule.meanMin() != null || rule.meanMax() != null || rule.meanChangeMax() != null) {
      facts.add("there is no value to take the mean of");
    }
    return Verdict.of(complaints, facts, metrics);
  }

  private Optional<Double> nulls(
      Distribution rule,
      Figures figures,
      Optional<Double> before,
      List<String> complaints,
      List<String> facts) {
    if (total == 0) {
      facts.add("there are no rows");
      return Optional.empty();
    }
    double nulls = 1 - (double) figures.count(CheckCompiler.VALUES) / total;
    String fact = Shown.share(nulls) + " of " + rule.column() + " are NULL";
    facts.add(fact);
    if (rule.nullsMax() != null && nulls > rule.nullsMax()) {
      complaints.add(fact + ", where " + Shown.share(rule.nullsMax()) + " are allowed");
    }
    if (rule.nullsChangeMax() != null) {
      if (before.isEmpty()) {
        facts.add(NO_EARLIER_RUN);
      } else if (Math.abs(nulls - before.get()) > rule.nullsChangeMax()) {
        complaints.add(
            "%s, against %s in earlier runs, where a difference of %s is allowed"
                .formatted(fact, Shown.share(before.get()), Shown.share(rule.nullsChangeMax())));
      }
    }
    return Optional.of(nulls);
  }

  private static void mean(
      Distribution rule,
      double mean,
      Optional<Double> before,
      List<String> complaints,
      List<String> facts) {
    String fact = "the mean of " + rule.column() + " is " + Shown.number(mean);
    facts.add(fact);
    if (rule.meanMin() != null && !(mean >= rule.meanMin())) {
      complaints.add(fact + ", below " + Shown.number(rule.meanMin()));
    }
    if (rule.meanMax() != null && !(mean <= rule.meanMax())) {
      complaints.add(fact + ", above " + Shown.number(rule.meanMax()));
    }
    if (rule.meanChangeMax() != null) {
      if (before.isEmpty()) {
        facts.add(NO_EARLIER_RUN);
      } else if (before.get() == 0) {
        facts.add("earlier runs had a mean of 0, so that a change cannot be told as a share");
      } else if (!(Math.abs((mean - before.get()) / before.get()) <= rule.meanChangeMax())) {
        complaints.add(
            "%s, against %s in earlier runs, where a change of %s is allowed"
                .formatted(fact, Shown.number(before.get()), Shown.share(rule.meanChangeMax())));
      }
    }
  }

  private static Verdict reconcile(Reconcile rule, Figures figures) {
    List<String> complaints = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String measure : rule.measures().keySet()) {
      String own = CheckCompiler.OWN + measure;
      String other = CheckCompiler.OTHER + measure;
      BigDecimal here = figures.exact(own).orElse(null);
      BigDecimal there = figures.exact(other).orElse(null);
      figures.number(own).ifPresent(value -> metrics.put(measure, value));
      figures.number(other).ifPresent(value -> metrics.put(measure + " of the other", value));
      boolean approximate = figures.isApproximate(own) || figures.isApproximate(other);
      String fact =
          "%s is %s here and %s in %s".formatted(measure, shown(here), shown(there), rule.with());
      facts.add(fact);
      if (!agree(here, there, rule.tolerance(), approximate)) {
        complaints.add(
            rule.tolerance() == 0
                ? fact
                : fact
                    + ", where a difference of "
                    + Shown.share(rule.tolerance())
                    + " is allowed");
      }
    }
    return Verdict.of(complaints, facts, metrics);
  }

  /** Whether two aggregates are the same; those over no values are NULL, and agree. */
  private static boolean agree(
      @Nullable BigDecimal here,
      @Nullable BigDecimal there,
      double tolerance,
      boolean approximate) {
    if (here == null || there == null) {
      return here == null && there == null;
    }
    BigDecimal allowed = there.abs().multiply(BigDecimal.valueOf(tolerance));
    if (approximate) {
      allowed = allowed.max(there.abs().multiply(ROUNDING));
    }
    return here.subtract(there).abs().compareTo(allowed) <= 0;
  }

  private static String shown(@Nullable BigDecimal value) {
    return value == null ? "NULL" : Shown.number(value);
  }

  private static String names(List<String> columns) {
    return String.join(" and ", columns);
  }

  private static String outside(@Nullable String min, @Nullable String max) {
    return min == null
        ? "above " + max
        : max == null ? "below " + min : "not from " + min + " to " + max;
  }
}
