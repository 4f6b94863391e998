package dev.leat.flow.check;

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
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns the checks of one dataset into queries in portable SQL, over the dataset's name. What can
 * be counted while reading all rows once is one query for all checks together.
 *
 * <p>The checks have to be such that {@link #verify} finds nothing wrong with them.
 */
public final class CheckCompiler {
  /** The name that the number of rows has in {@link #scan}. */
  static final String ROWS = "rows";

  /** The figure of a check about rows: how many fail. */
  static final String FAILED = "failed";

  static final String VALUES = "values";
  static final String MEAN = "mean";
  static final String NEWEST = "newest";

  /** What a measure of a reconciliation begins with, on this side and on the other. */
  static final String OWN = "own.";

  static final String OTHER = "other.";

  private final TableId dataset;
  private final RuleColumns columns;

  /**
   * @param columns the dataset's, as it will be once published
   */
  public CheckCompiler(TableId dataset, List<Column> columns) {
    this.dataset = dataset;
    this.columns = new RuleColumns(dataset, columns);
  }

  /**
   * What is wrong with checks, before any is run: columns that are not there, values and rules that
   * do not go with a column's type, queries that cannot be read.
   *
   * @param columns the dataset's, as it will be once published
   * @param compiler knows the datasets that checks refer to
   * @return errors of category CONFIG; facts name the check and, where it is known, its place
   */
  public static List<LeatException> verify(
      List<CheckModel> checks, TableId dataset, List<Column> columns, SqlCompiler compiler) {
    CheckVerifier verifier = new CheckVerifier(dataset, columns, compiler);
    List<LeatException> problems = new ArrayList<>();
    for (CheckModel check : checks) {
      verifier.problem(check).ifPresent(problems::add);
    }
    return problems;
  }

  /**
   * A query for one row with the number of rows, {@code rows}, and what each check needs of the
   * dataset's rows, under the check's place in the list, a point and the figure's name; empty if no
   * check needs any row.
   */
  public Optional<Relation> scan(List<CheckModel> checks) {
    if (checks.stream().allMatch(check -> check.rule() instanceof Contract)) {
      return Optional.empty();
    }
    Map<String, String> measures = new LinkedHashMap<>();
    measures.put(ROWS, "COUNT(*)");
    for (int i = 0; i < checks.size(); i++) {
      String prefix = i + ".";
      inScan(checks.get(i).rule()).forEach((name, sql) -> measures.put(prefix + name, sql));
    }
    return Optional.of(new Relation.Sql(select(measures) + " FROM " + PortableText.name(dataset)));
  }

  /** A query for one row with figures that {@link #scan} does not give; empty if there are none. */
  public Optional<Relation> measure(CheckModel check) {
    return switch (check.rule()) {
      case Unique(List<String> key) ->
          Optional.of(
              new Relation.Sql(
                  "SELECT SUM(\"_leat_rows\") AS \"failed\" FROM (SELECT COUNT(*) AS \"_leat_rows\""
                      + repeated(key)
                      + ") AS \"_leat_keys\""));
      case Reference reference ->
          Optional.of(new Relation.Sql("SELECT COUNT(*) AS \"failed\"" + orphans(reference)));
      case Custom(String query) ->
          Optional.of(new Relation.Sql("SELECT COUNT(*) AS \"failed\" FROM " + inner(query)));
      case Reconcile(TableId with, String where, Map<String, String> measures, double _) ->
          Optional.of(
              new Relation.Sql(
                  select(prefixed(OTHER, measures))
                      + " FROM "
                      + PortableText.name(with)
                      + (where == null ? "" : " WHERE (" + where + "\n)")));
      case NotNull _,
          Accepted _,
          Range _,
          Pattern _,
          RowCount _,
          Freshness _,
          Contract _,
          Distribution _ ->
          Optional.empty();
    };
  }

  /**
   * A query for rows that fail; empty for rules that are not about rows.
   *
   * @param limit the most rows to give
   */
  public Optional<Relation> failures(CheckModel check, int limit) {
    return failingRows(check).map(rows -> new Relation.Sql(rows + " LIMIT " + limit));
  }

  /** A query for all rows that fail; empty for rules that are not about rows. */
  public Optional<Relation> failures(CheckModel check) {
    return failingRows(check).map(Relation.Sql::new);
  }

  private Optional<String> failingRows(CheckModel check) {
    String rows =
        switch (check.rule()) {
          case NotNull _, Accepted _, Range _, Pattern _ ->
              "SELECT "
                  + columns.all("")
                  + " FROM "
                  + PortableText.name(dataset)
                  + " WHERE "
                  + failing(check.rule()).orElseThrow();
          case Unique(List<String> key) ->
              "SELECT "
                  + columns.all("\"l\".")
                  + " FROM "
                  + PortableText.name(dataset)
                  + " AS \"l\" JOIN (SELECT "
                  + PortableText.names(key)
                  + repeated(key)
                  + ") AS \"r\" ON "
                  + equal(key, key);
          case Reference reference -> "SELECT " + columns.all("\"l\".") + orphans(reference);
          case Custom(String query) -> "SELECT * FROM " + inner(query);
          case RowCount _, Freshness _, Contract _, Distribution _, Reconcile _ -> "";
        };
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows);
  }

  /** Aggregates over all rows of the dataset, by name. */
  private Map<String, String> inScan(Rule rule) {
    return switch (rule) {
      case NotNull _, Accepted _, Range _, Pattern _ ->
          Map.of(FAILED, "COUNT(CASE WHEN " + failing(rule).orElseThrow() + " THEN 1 END)");
      case Freshness(String column, var _) ->
          Map.of(NEWEST, "EXTRACT(EPOCH FROM MAX(" + PortableText.name(column) + "))");
      case Distribution distribution -> {
        String name = PortableText.name(distribution.column());
        Map<String, String> measures = new LinkedHashMap<>();
        measures.put(VALUES, "COUNT(" + name + ")");
        if (columns.isNumber(distribution.column())) {
          measures.put(MEAN, "AVG(" + name + ")");
        }
        yield measures;
      }
      case Reconcile reconcile -> prefixed(OWN, reconcile.measures());
      case Unique _, Reference _, RowCount _, Contract _, Custom _ -> Map.of();
    };
  }

  /** A condition that is true for a row that fails, where one row is enough to say so. */
  private Optional<String> failing(Rule rule) {
    return switch (rule) {
      case NotNull(String column) -> Optional.of(PortableText.name(column) + " IS NULL");
      case Accepted(String column, List<String> values) ->
          Optional.of(
              values.stream()
                  .map(value -> columns.literal(column, value))
                  .collect(Collectors.joining(", ", PortableText.name(column) + " NOT IN (", ")")));
      case Range(String column, String min, String max) -> {
        List<String> conditions = new ArrayList<>();
        if (min != null) {
          conditions.add(PortableText.name(column) + " < " + columns.literal(column, min));
        }
        if (max != null) {
          conditions.add(PortableText.name(column) + " > " + columns.literal(column, max));
        }
        yield Optional.of(String.join(" OR ", conditions));
      }
      case Pattern(String column, String regex) ->
          Optional.of(
              "NOT REGEXP_LIKE("
                  + PortableText.name(column)
                  + ", "
                  + PortableText.text(regex)
                  + ")");
      case Unique _,
          Reference _,
          RowCount _,
          Freshness _,
          Contract _,
          Distribution _,
          Custom _,
          Reconcile _ ->
          Optional.empty();
    };
  }

  private String repeated(List<String> key) {
    return " FROM "
        + PortableText.name(dataset)
        + " WHERE "
        + present(key, "")
        + " GROUP BY "
        + PortableText.names(key)
        + " HAVING COUNT(*) > 1";
  }

  private String orphans(Reference reference) {
    return " FROM "
        + PortableText.name(dataset)
        + " AS \"l\" WHERE "
        + present(reference.columns(), "\"l\".")
        + " AND NOT EXISTS (SELECT 1 FROM "
        + PortableText.name(reference.table())
        + " AS \"r\" WHERE "
        + equal(reference.columns(), reference.key())
        + ")";
  }

  private static String present(List<String> columns, String prefix) {
    return columns.stream()
        .map(column -> prefix + PortableText.name(column) + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  private static String equal(List<String> left, List<String> right) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      conditions.add(
          "\"l\"."
              + PortableText.name(left.get(i))
              + " = \"r\"."
              + PortableText.name(right.get(i)));
    }
    return String.join(" AND ", conditions);
  }

  /** On lines of its own, as its last one may end with a comment. */
  private static String inner(String query) {
    return "(\n" + query.strip().replaceFirst(";$", "") + "\n) AS \"_leat_rows\"";
  }

  private static Map<String, String> prefixed(String prefix, Map<String, String> measures) {
    Map<String, String> result = new LinkedHashMap<>();
    measures.forEach((name, sql) -> result.put(prefix + name, sql));
    return result;
  }

  private static String select(Map<String, String> measures) {
    return measures.entrySet().stream()
        .map(measure -> measure.getValue() + " AS " + PortableText.name(measure.getKey()))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }
}
