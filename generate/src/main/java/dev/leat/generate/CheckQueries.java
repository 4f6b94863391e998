package dev.leat.generate;

import dev.leat.flow.check.CheckCompiler;
import dev.leat.flow.check.CheckModel;
import dev.leat.flow.check.CheckModel.Tolerance;
import dev.leat.flow.check.Rule;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.PortableSql;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.SqlCompiler;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The checks of a dataset as queries that give no rows if they hold. */
public final class CheckQueries {
  /** How far two sums of the same approximate numbers may be apart. */
  private static final double ROUNDING = 1e-9;

  private final TableId dataset;
  private final CheckCompiler checks;
  private final SqlCompiler compiler;

  /**
   * @param columns the dataset's
   * @param compiler writes queries for the engine that the dataset is in
   */
  public CheckQueries(TableId dataset, List<Column> columns, SqlCompiler compiler) {
    this.dataset = dataset;
    this.checks = new CheckCompiler(dataset, columns);
    this.compiler = compiler;
  }

  /** The query; empty if a query cannot tell, as {@link #leftOut} says. */
  public Optional<String> query(CheckModel check) {
    return switch (check.rule()) {
      case Rule.NotNull _,
          Rule.Unique _,
          Rule.Accepted _,
          Rule.Range _,
          Rule.Pattern _,
          Rule.Reference _,
          Rule.Custom _ ->
          Optional.of(tolerated(check));
      case Rule.RowCount(Long min, Long max, _) -> rowCount(min, max);
      case Rule.Freshness freshness ->
          Optional.of(
              compile(
                  "SELECT * FROM (SELECT EXTRACT(EPOCH FROM MAX(%s)) AS \"newest\", EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) AS \"now\" FROM %s) AS \"f\" WHERE \"newest\" IS NULL OR \"now\" - \"newest\" > %d"
                      .formatted(
                          PortableSql.name(freshness.column()),
                          PortableSql.name(dataset),
                          freshness.maxAge().toSeconds())));
      case Rule.Distribution distribution -> distribution(distribution);
      case Rule.Reconcile reconcile -> Optional.of(reconcile(reconcile));
      case Rule.Contract _ -> Optional.empty();
    };
  }

  /** What a query does not check, for people; empty if it checks everything. */
  public static Optional<String> leftOut(CheckModel check) {
    boolean earlier =
        switch (check.rule()) {
          case Rule.RowCount(_, _, Double changeMax) -> changeMax != null;
          case Rule.Distribution(_, _, Double nullsChangeMax, _, _, Double meanChangeMax) ->
              nullsChangeMax != null || meanChangeMax != null;
          case Rule.NotNull _,
              Rule.Unique _,
              Rule.Accepted _,
              Rule.Range _,
              Rule.Pattern _,
              Rule.Reference _,
              Rule.Custom _,
              Rule.Freshness _,
              Rule.Reconcile _,
              Rule.Contract _ ->
              false;
        };
    return earlier
        ? Optional.of(
            "check %s of %s compares with earlier runs, which only `leat run` remembers: that part is left out"
                .formatted(check.name(), check.dataset()))
        : Optional.empty();
  }

  private String compile(String portable) {
    return compiler.compile(new Relation.Sql(portable)).sql();
  }

  private String tolerated(CheckModel check) {
    String failing = compiler.compile(checks.failures(check).orElseThrow()).sql();
    Tolerance tolerance = check.tolerance();
    if (tolerance.equals(Tolerance.NONE)) {
      return failing;
    }
    String rows = compile("SELECT COUNT(*) AS \"rows\" FROM " + PortableSql.name(dataset));
    String count = "(SELECT COUNT(*) FROM (" + failing + ") AS c)";
    return "SELECT * FROM (\n"
        + failing
        + "\n) AS f WHERE "
        + count
        + " > "
        + tolerance.rows()
        + " AND "
        + count
        + " > "
        + decimal(tolerance.share())
        + " * ("
        + rows
        + ")";
  }

  private Optional<String> rowCount(@Nullable Long min, @Nullable Long max) {
    List<String> conditions = new ArrayList<>();
    if (min != null) {
      conditions.add("\"rows\" < " + min);
    }
    if (max != null) {
      conditions.add("\"rows\" > " + max);
    }
    return figures("COUNT(*) AS \"rows\"", conditions);
  }

  private Optional<String> distribution(Rule.Distribution rule) {
    String column = PortableSql.name(rule.column());
    List<String> conditions = new ArrayList<>();
    List<String> measures = new ArrayList<>(List.of("COUNT(*) AS \"rows\""));
    if (rule.nullsMax() != null) {
      measures.add("COUNT(" + column + ") AS \"values\"");
      conditions.add("\"rows\" - \"values\" > " + decimal(rule.nullsMax()) + " * \"rows\"");
    }
    if (rule.meanMin() != null || rule.meanMax() != null) {
      measures.add("AVG(CAST(" + column + " AS DOUBLE)) AS \"mean\"");
    }
    if (rule.meanMin() != null) {
      conditions.add("\"mean\" < " + decimal(rule.meanMin()));
    }
    if (rule.meanMax() != null) {
      conditions.add("\"mean\" > " + decimal(rule.meanMax()));
    }
    return figures(String.join(", ", measures), conditions);
  }

  private Optional<String> figures(String measures, List<String> conditions) {
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            compile(
                "SELECT * FROM (SELECT %s FROM %s) AS \"f\" WHERE %s"
                    .formatted(
                        measures, PortableSql.name(dataset), String.join(" OR ", conditions))));
  }

  private String reconcile(Rule.Reconcile rule) {
    String here =
        "SELECT " + measures(rule.measures(), "own") + " FROM " + PortableSql.name(dataset);
    String there =
        "SELECT "
            + measures(rule.measures(), "other")
            + " FROM "
            + PortableSql.name(rule.with())
            + (rule.where() == null ? "" : " WHERE (" + rule.where() + "\n)");
    CompiledQuery own = compiler.compile(new Relation.Sql(here));
    CompiledQuery other = compiler.compile(new Relation.Sql(there));
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < rule.measures().size(); i++) {
      boolean approximate =
          own.columns().get(i).type() == Primitive.FLOAT64
              || other.columns().get(i).type() == Primitive.FLOAT64;
      double tolerance = Math.max(rule.tolerance(), approximate ? ROUNDING : 0);
      String a = "\"own_" + i + "\"";
      String b = "\"other_" + i + "\"";
      differences.add(
          "(%1$s IS NULL) <> (%2$s IS NULL) OR ABS(%1$s - %2$s) > %3$s * ABS(%2$s)"
              .formatted(a, b, decimal(tolerance)));
    }
    return compile(
        "SELECT * FROM (%s) AS \"a\" CROSS JOIN (%s) AS \"b\" WHERE %s"
            .formatted(here, there, String.join(" OR ", differences)));
  }

  private static String measures(Map<String, String> measures, String side) {
    List<String> all = List.copyOf(measures.values());
    return IntStream.range(0, all.size())
        .mapToObj(i -> all.get(i) + " AS \"" + side + "_" + i + "\"")
        .collect(Collectors.joining(", "));
  }

  private static String decimal(double value) {
    return BigDecimal.valueOf(value).toPlainString();
  }
}
