package dev.leat.duckdb;

import dev.leat.spi.engine.FileInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names of what files have. */
final class DuckDbFields {
  private static final String OBJECTS = "_leat_objects";

  /** More than an object has. */
  private static final int KEYS = 10_000_000;

  private final Session session;
  private final FileInput input;

  DuckDbFields(Session session, FileInput input) {
    this.session = session;
    this.input = input;
  }

  List<List<String>> names(int depth) {
    return switch (input.layout()) {
      case CSV, LISTED -> input.present().stream().map(List::of).toList();
      case PARQUET ->
          DuckDbFileReader.types(session, input).keySet().stream()
              .filter(name -> !name.equals("_leat_path") && !name.equals("file_row_number"))
              .map(List::of)
              .toList();
      case JSON_LINES, JSON_ARRAY, LISTED_JSON -> json(depth);
    };
  }

  private List<List<String>> json(int depth) {
    String files =
        input.files().stream()
            .map(file -> DuckDbSql.literal(file.path().toString()))
            .collect(Collectors.joining(", ", "[", "]"));
    session.execute(
        "CREATE OR REPLACE TEMP VIEW %s AS SELECT json AS j FROM read_json_objects(%s, format = '%s', ignore_errors = true, maximum_object_size = %d)"
            .formatted(
                OBJECTS,
                files,
                input.layout() == FileInput.Layout.JSON_ARRAY ? "array" : "newline_delimited",
                DuckDbFileSql.LEAST_OBJECT));
    List<List<String>> all = new ArrayList<>();
    below(List.of(), depth, all);
    session.execute("DROP VIEW " + OBJECTS);
    return all;
  }

  /** Objects are taken apart where every value is one. */
  private void below(List<String> path, int depth, List<List<String>> all) {
    String at = DuckDbSql.literal(jsonPath(path));
    List<List<@Nullable String>> keys =
        session.rows(
            "SELECT k, min(n) FROM (SELECT unnest(ks) AS k, n * %d + unnest(range(len(ks))) AS n FROM (SELECT json_keys(j, %s) AS ks, row_number() OVER () AS n FROM %s WHERE json_type(j, %s) = 'OBJECT')) GROUP BY k ORDER BY min(n)"
                .formatted(KEYS, at, OBJECTS, at));
    for (List<@Nullable String> key : keys) {
      List<String> name = new ArrayList<>(path);
      name.add(String.valueOf(key.getFirst()));
      if (depth > 1 && areObjects(name)) {
        below(name, depth - 1, all);
      } else {
        all.add(name);
      }
    }
  }

  private boolean areObjects(List<String> path) {
    String type = "json_type(j, " + DuckDbSql.literal(jsonPath(path)) + ")";
    return session.number(
            "SELECT CASE WHEN count(*) FILTER (WHERE %s = 'OBJECT') > 0 AND count(*) FILTER (WHERE %s NOT IN ('OBJECT', 'NULL')) = 0 THEN 1 ELSE 0 END FROM %s"
                .formatted(type, type, OBJECTS))
        > 0;
  }

  /** A path of names within JSON. */
  static String jsonPath(List<String> names) {
    return names.stream()
        .map(name -> ".\"" + name.replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining("", "$", ""));
  }
}
