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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what columns files have, by trying what their values fit. */
final class DuckDbFileLook {
  /** One value in a hundred may be wrong, and is then parked, where there are enough to tell. */
  private static final double MISFITS = 0.01;

  private static final String LOOKED_AT = "_leat_looked_at";

  /** Characters of an example. */
  private static final int EXAMPLE = 40;

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
    List<FoundColumn> found = new ArrayList<>();
    for (String name : input.present()) {
      found.add(tried(name));
    }
    session.execute("DROP TABLE " + LOOKED_AT);
    return found;
  }

  private FoundColumn tried(String name) {
    String text = DuckDbSql.quote(name);
    Map<LogicalType, String> fits = new LinkedHashMap<>();
    fits.put(Primitive.BOOLEAN, "lower(" + text + ") IN ('true', 'false')");
    // A zero in front belongs to a code, not to a number.
    fits.put(
        Primitive.INT64,
        "regexp_full_match(%s, '[+-]?(0|[1-9][0-9]*)') AND TRY_CAST(%s AS BIGINT) IS NOT NULL"
            .formatted(text, text));
    fits.put(
        Primitive.FLOAT64,
        input.dialect().decimal() == '.'
            ? "regexp_full_match(%s, '[+-]?(0|[1-9][0-9]*)?([.][0-9]*)?([eE][+-]?[0-9]+)?') AND %s <> ''"
                .formatted(text, text)
            : "regexp_full_match(%s, '[+-]?(0|[1-9][0-9]*)?(%c[0-9]*)?([eE][+-]?[0-9]+)?')"
                .formatted(text, input.dialect().decimal()));
    fits.put(
        Primitive.DATE,
        "regexp_full_match(%s, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}') AND ".formatted(text)
            + can(text, name, Primitive.DATE));
    String time = "regexp_full_match(%s, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9:.]+%s') AND ";
    fits.put(Primitive.TIMESTAMP, time.formatted(text, "") + can(text, name, Primitive.TIMESTAMP));
    fits.put(
        Primitive.TIMESTAMP_TZ,
        time.formatted(text, "( ?([+-][0-9:]+|Z))?") + can(text, name, Primitive.TIMESTAMP_TZ));
    fits.put(
        Primitive.UUID, "length(%s) = 36 AND ".formatted(text) + can(text, name, Primitive.UUID));
    if (isJson()) {
      fits.put(
          Primitive.JSON, "left(%s, 1) IN ('{', '[') AND json_valid(%s)".formatted(text, text));
    }
    if (input.formats().containsKey(name)) {
      fits.clear();
      fits.put(Primitive.DATE, can(text, name, Primitive.DATE));
    }
    String counts =
        fits.values().stream()
            .map(condition -> "count(*) FILTER (WHERE " + condition + ")")
            .collect(Collectors.joining(", "));
    List<@Nullable String> row =
        session
            .rows(
                "SELECT count(*), count(%s), approx_count_distinct(%s), left(arg_min(%s, rowid), %d), %s FROM %s"
                    .formatted(text, text, text, EXAMPLE, counts, LOOKED_AT))
            .getFirst();
    long all = number(row.get(0));
    long values = number(row.get(1));
    LogicalType type = Primitive.TEXT;
    long misfits = 0;
    int index = 4;
    for (LogicalType candidate : fits.keySet()) {
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
    return DuckDbFileSql.converted(
            text, type, input.formats().get(name), input.dialect().decimal(), false)
        + " IS NOT NULL";
  }

  private static long number(@Nullable String text) {
    return Long.parseLong(Objects.requireNonNull(text));
  }
}
