package dev.leat.duckdb;

import dev.leat.spi.engine.FileInput;
import dev.leat.spi.engine.FileReader.FoundColumn;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what columns files have, by trying what their values fit. */
final class DuckDbFileLook {
  /** One value in a hundred may be wrong, and is then parked, where there are enough to tell. */
  private static final double MISFITS = 0.01;

  private static final String LOOKED_AT = "_leat_looked_at";

  /** Characters of an example. */
  private static final int EXAMPLE = 40;

  /** Begins with a sign, a digit or what stands before a fraction. */
  private static final String NUMERIC = "x > '*' AND x < ':'";

  /** The most types that a column is tried for. */
  private static final int TESTS = 8;

  private final Session session;
  private final FileInput input;
  private final long rows;

  DuckDbFileLook(Session session, FileInput input, long rows) {
    this.session = session;
    this.input = input;
    this.rows = rows;
  }

  List<FoundColumn> columns() {
    return switch (input.layout()) {
      case CSV, LISTED, LISTED_JSON, JSON_LINES, JSON_ARRAY -> tried();
      case PARQUET -> typed();
    };
  }

  private List<FoundColumn> typed() {
    Map<String, String> types = new LinkedHashMap<>();
    session
        .rows("DESCRIBE SELECT * FROM " + new DuckDbFileSql(input, Map.of()).source())
        .forEach(row -> types.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
    List<FoundColumn> found = new ArrayList<>();
    String source = new DuckDbFileSql(input, types).source();
    for (Map.Entry<String, String> type : types.entrySet()) {
      if (type.getKey().equals("_leat_path") || type.getKey().equals("file_row_number")) {
        continue;
      }
      String name = DuckDbSql.quote(type.getKey());
      boolean nested = logical(type.getValue()) == Primitive.JSON;
      String example = (nested ? "to_json(any_value(%s))" : "any_value(%s)").formatted(name);
      List<@Nullable String> counts =
          session
              .rows(
                  "SELECT count(*), count(%s), approx_count_distinct(%s), left(CAST(%s AS VARCHAR), %d) FROM (SELECT %s FROM %s LIMIT %d)"
                      .formatted(name, name, example, EXAMPLE, name, source, rows))
              .getFirst();
      found.add(
          new FoundColumn(
              new Column(type.getKey(), logical(type.getValue()), true, type.getValue()),
              number(counts.get(0)),
              number(counts.get(0)) - number(counts.get(1)),
              0,
              number(counts.get(2)),
              Objects.requireNonNullElse(counts.get(3), "")));
    }
    return found;
  }

  private static LogicalType logical(String type) {
    boolean nested = type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("]");
    return nested ? Primitive.JSON : DuckDbTypes.logical(type);
  }

  private List<FoundColumn> tried() {
    if (input.present().isEmpty()) {
      return List.of();
    }
    session.execute(
        "CREATE OR REPLACE TEMP TABLE "
            + LOOKED_AT
            + " AS "
            + new DuckDbFileSql(input, Map.of()).texts(rows));
    List<Map<LogicalType, String>> tests = input.present().stream().map(this::tests).toList();
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      queries.add(counts(i, input.present().get(i), tests.get(i)));
    }
    // One statement, so that columns are looked at in parallel.
    List<List<@Nullable String>> counted =
        session.rows(String.join(" UNION ALL ", queries) + " ORDER BY 1");
    session.execute("DROP TABLE " + LOOKED_AT);
    List<FoundColumn> found = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      List<@Nullable String> row = counted.get(i);
      found.add(judged(input.present().get(i), tests.get(i).keySet(), row.subList(1, row.size())));
    }
    return found;
  }

  /**
   * What the values of a column may be, with the condition for it. Cheap conditions stand before
   * those that read every character; {@code x} is the value, {@code whole} whether it is a whole
   * number.
   */
  private Map<LogicalType, String> tests(String name) {
    String text = "x";
    Map<LogicalType, String> fits = new LinkedHashMap<>();
    if (input.formats().containsKey(name)) {
      fits.put(Primitive.DATE, can(text, name, Primitive.DATE));
      return fits;
    }
    fits.put(Primitive.BOOLEAN, when("strlen(x) IN (4, 5)", "lower(x) IN ('true', 'false')"));
    fits.put(Primitive.INT64, "whole");
    String number = "[+-]?(0|[1-9][0-9]*)?(%s[0-9]*)?([eE][+-]?[0-9]+)?";
    fits.put(
        Primitive.FLOAT64,
        "CASE WHEN whole THEN TRUE WHEN %s THEN regexp_full_match(x, '%s') END"
            .formatted(NUMERIC, number.formatted(input.dialect().decimal() == '.' ? "[.]" : ",")));
    String day = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}";
    fits.put(
        Primitive.DATE,
        when(
            NUMERIC + " AND strlen(x) <= 10", when(matches(day), can(text, name, Primitive.DATE))));
    String longer = NUMERIC + " AND strlen(x) > 8";
    fits.put(
        Primitive.TIMESTAMP,
        when(longer, when(matches(day + "[T ][0-9:.]+"), can(text, name, Primitive.TIMESTAMP))));
    fits.put(
        Primitive.TIMESTAMP_TZ,
        when(
            longer,
            when(
                matches(day + "[T ][0-9:.]+( ?([+-][0-9:]+|Z))?"),
                can(text, name, Primitive.TIMESTAMP_TZ))));
    fits.put(Primitive.UUID, when("strlen(x) = 36", can(text, name, Primitive.UUID)));
    if (isJson()) {
      fits.put(Primitive.JSON, when("left(x, 1) IN ('{', '[')", "json_valid(x)"));
    }
    return fits;
  }

  /**
   * A condition that is only tried where a cheaper one holds. AND tries both: failing costs most.
   */
  private static String when(String cheap, String condition) {
    return "CASE WHEN " + cheap + " THEN " + condition + " ELSE FALSE END";
  }

  private static String matches(String pattern) {
    return "regexp_full_match(x, '" + pattern + "')";
  }

  private static String counts(int number, String name, Map<LogicalType, String> tests) {
    // A zero in front belongs to a code, not to a number.
    String whole =
        when(NUMERIC, when(matches("[+-]?(0|[1-9][0-9]*)"), "TRY_CAST(x AS BIGINT) IS NOT NULL"));
    return "SELECT %d, count(*), count(x), approx_count_distinct(x), left(arg_min(x, r), %d), %s FROM (SELECT x, r, %s AS whole FROM (SELECT %s AS x, rowid AS r FROM %s))"
        .formatted(
            number,
            EXAMPLE,
            padded(
                tests.values().stream()
                    .map(condition -> "count(*) FILTER (WHERE " + condition + ")")
                    .toList()),
            whole,
            DuckDbSql.quote(name),
            LOOKED_AT);
  }

  /** As many columns as the longest has, for what is put together. */
  private static String padded(List<String> counts) {
    List<String> all = new ArrayList<>(counts);
    while (all.size() < TESTS) {
      all.add("0");
    }
    return String.join(", ", all);
  }

  private static FoundColumn judged(
      String name, Set<LogicalType> candidates, List<@Nullable String> row) {
    long all = number(row.get(0));
    long values = number(row.get(1));
    LogicalType type = Primitive.TEXT;
    long misfits = 0;
    int index = 4;
    for (LogicalType candidate : candidates) {
      long missed = values - number(row.get(index++));
      if (values > 0
          && missed <= values * MISFITS
          && (type == Primitive.TEXT || missed < misfits)) {
        type = candidate;
        misfits = missed;
      }
    }
    return new FoundColumn(
        new Column(name, type, true, ""),
        all,
        all - values,
        misfits,
        number(row.get(2)),
        Objects.requireNonNullElse(row.get(3), ""));
  }

  private boolean isJson() {
    return switch (input.layout()) {
      case JSON_LINES, JSON_ARRAY, LISTED_JSON -> true;
      case CSV, LISTED, PARQUET -> false;
    };
  }

  private String can(String text, String name, LogicalType type) {
    return DuckDbTexts.converted(text, type, input.formats().get(name), input.dialect().decimal())
        + " IS NOT NULL";
  }

  private static long number(@Nullable String text) {
    return Long.parseLong(Objects.requireNonNull(text));
  }
}
