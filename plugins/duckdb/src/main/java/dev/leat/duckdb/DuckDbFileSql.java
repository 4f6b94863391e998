package dev.leat.duckdb;

import dev.leat.spi.engine.FileInput;
import dev.leat.spi.engine.FileInput.CsvDialect;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Files as queries. Text becomes values as {@link DuckDbTexts} says. */
final class DuckDbFileSql {
  private static final String PATH = "_leat_path";
  private static final String RAW = "_leat_raw";
  private static final String LINE = "_leat_line";

  /** Up to here a DOUBLE stands for one whole number only. */
  private static final long EXACT = (1L << 53) - 1;

  /** Within what JSON's own limit of a value is, whatever a row may have. */
  static final long LEAST_OBJECT = 16L << 20;

  private final FileInput input;
  private final Map<String, String> types;

  /**
   * @param types of Parquet: DuckDB's types of the columns, by name
   */
  DuckDbFileSql(FileInput input, Map<String, String> types) {
    this.input = input;
    this.types = Map.copyOf(types);
  }

  /**
   * All rows; an error if there is one that does not fit. What a plain cast would round or cut is
   * looked for in one condition for all columns, which costs less than one for each.
   */
  String all() {
    return all(false);
  }

  /**
   * The same for CSV, faster, by a reader that gives whole numbers as DOUBLE, which shows whether
   * they are: an error also if there is one that a DOUBLE has not exactly. Empty if there are none.
   */
  Optional<String> quick() {
    return input.layout() == FileInput.Layout.CSV
            && input.columns().stream()
                .anyMatch(column -> isRead(column.name()) && DuckDbTexts.isWhole(column.type()))
        ? Optional.of(all(true))
        : Optional.empty();
  }

  private String all(boolean quick) {
    List<String> selected = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    for (Column column : input.columns()) {
      boolean read = isRead(column.name());
      selected.add((read ? cast(column) : value(column)) + " AS " + DuckDbSql.quote(column.name()));
      if (read) {
        doubts.addAll(doubts(column, quick));
      }
    }
    String statement =
        "SELECT "
            + String.join(", ", selected)
            + " FROM "
            + from(quick ? source(columns(this::quickType), false) : texts());
    return doubts.isEmpty()
        ? statement
        : statement
            + " WHERE CASE WHEN "
            + String.join(" OR ", doubts)
            + " THEN error('a value that does not fit') ELSE TRUE END";
  }

  /** Rows whose columns are texts, or what Parquet has as it is wanted, named by their numbers. */
  private String texts() {
    if (input.layout() == FileInput.Layout.CSV || input.layout() == FileInput.Layout.LISTED) {
      return source();
    }
    Set<String> same =
        input.columns().stream().filter(this::isSame).map(Column::name).collect(Collectors.toSet());
    List<String> selected = new ArrayList<>();
    for (String name : input.present()) {
      selected.add(
          (same.contains(name) ? DuckDbSql.quote(name) : text(name)) + " AS " + numbered(name));
    }
    selected.add(PATH);
    return "(SELECT " + String.join(", ", selected) + " FROM " + source() + ")";
  }

  private String numbered(String name) {
    return "c" + input.present().indexOf(name);
  }

  /** Whether a column's values are in the rows of the files. */
  private boolean isRead(String name) {
    return input.present().contains(name)
        && !name.equals(FileInput.FILE)
        && !name.equals(FileInput.LOADED_AT)
        && !input.files().getFirst().values().containsKey(name);
  }

  private String cast(Column column) {
    String text = numbered(column.name());
    return isSame(column)
        ? text
        : DuckDbTexts.cast(
            text, column.type(), input.formats().get(column.name()), input.dialect().decimal());
  }

  private String quickType(String name) {
    return input.columns().stream()
            .anyMatch(column -> column.name().equals(name) && DuckDbTexts.isWhole(column.type()))
        ? "DOUBLE"
        : "VARCHAR";
  }

  private List<String> doubts(Column column, boolean quick) {
    String text = numbered(column.name());
    if (quick && DuckDbTexts.isWhole(column.type())) {
      return List.of(
          "%s <> trunc(%s)".formatted(text, text), "abs(%s) > %d".formatted(text, EXACT));
    }
    if (isSame(column)) {
      return List.of();
    }
    if (column.type() == Primitive.TEXT) {
      return List.of("contains(%s, chr(0))".formatted(text));
    }
    if (column.type() == Primitive.DATE && !input.formats().containsKey(column.name())) {
      return List.of("contains(%s, ':')".formatted(text));
    }
    return switch (column.type()) {
      // A fraction has a point, or a negative exponent.
      case Primitive.INT16, Primitive.INT32, Primitive.INT64 ->
          List.of("contains(%s, '.')".formatted(text), "strpos(%s, '-') > 1".formatted(text));
      default -> List.of();
    };
  }

  /** All rows as they fit, behind the line, the raw text and why they do not fit (or NULL). */
  String judged() {
    List<String> selected = new ArrayList<>();
    selected.add(line() + " AS " + LINE);
    selected.add(raw() + " AS " + RAW);
    selected.add(reason() + " AS _leat_reason");
    for (Column column : input.columns()) {
      selected.add(value(column) + " AS " + DuckDbSql.quote(column.name()));
    }
    return "SELECT " + String.join(", ", selected) + " FROM " + from(source());
  }

  /** All rows of one file, as the columns file, line, reason and raw. */
  String refused(String reason) {
    return "SELECT %s, %s, %s, replace(%s, chr(0), '\\0') FROM %s"
        .formatted(
            DuckDbSql.literal(input.files().getFirst().name()),
            line(),
            DuckDbSql.literal(reason),
            raw(),
            from(source()));
  }

  /** What the files have, as text, for looking at it. */
  String texts(long rows) {
    List<String> selected = new ArrayList<>();
    for (String name : input.present()) {
      selected.add(text(name) + " AS " + DuckDbSql.quote(name));
    }
    return "SELECT " + String.join(", ", selected) + " FROM " + source(true) + " LIMIT " + rows;
  }

  /** What the rows come from. */
  String source() {
    return source(false);
  }

  /**
   * What the rows come from.
   *
   * @param tolerant whether rows that cannot be read are left out
   */
  private String source(boolean tolerant) {
    return source(columns(_ -> "VARCHAR"), tolerant);
  }

  /**
   * @param columns of CSV, with their types
   */
  private String source(String columns, boolean tolerant) {
    List<String> arguments = new ArrayList<>();
    arguments.add(
        input.files().stream()
            .map(file -> DuckDbSql.literal(file.path().toString()))
            .collect(Collectors.joining(", ", "[", "]")));
    switch (input.layout()) {
      case CSV -> csv(arguments, columns, input.dialect());
      case LISTED, LISTED_JSON -> csv(arguments, columns, listed());
      case JSON_LINES, JSON_ARRAY -> {
        arguments.add(
            "format = "
                + (input.layout() == FileInput.Layout.JSON_ARRAY
                    ? "'array'"
                    : "'newline_delimited'"));
        arguments.add("maximum_object_size = " + Math.max(LEAST_OBJECT, input.dialect().longest()));
        arguments.add("columns = " + keys());
      }
      case PARQUET -> arguments.add("union_by_name = true");
    }
    arguments.add("filename = '" + PATH + "'");
    if (tolerant && input.layout() != FileInput.Layout.PARQUET) {
      arguments.add("ignore_errors = true");
      if (input.layout() == FileInput.Layout.CSV) {
        arguments.add("strict_mode = false");
      }
    }
    String function =
        switch (input.layout()) {
          case CSV, LISTED, LISTED_JSON -> "read_csv";
          case JSON_LINES, JSON_ARRAY -> "read_json";
          case PARQUET -> "read_parquet";
        };
    if (input.layout() == FileInput.Layout.PARQUET) {
      arguments.add("file_row_number = true");
    }
    return function + "(" + String.join(", ", arguments) + ")";
  }

  private CsvDialect listed() {
    return new CsvDialect(
        ",", "\"", "\"", false, 0, "", input.dialect().nulls(), '.', 4 * input.dialect().longest());
  }

  private static void csv(List<String> arguments, String columns, CsvDialect dialect) {
    arguments.add("auto_detect = false");
    arguments.add("delim = " + DuckDbSql.literal(dialect.delimiter()));
    arguments.add("quote = " + DuckDbSql.literal(dialect.quote()));
    arguments.add("escape = " + DuckDbSql.literal(dialect.escape()));
    arguments.add("header = " + dialect.header());
    arguments.add("skip = " + dialect.skip());
    if (!dialect.comment().isEmpty()) {
      arguments.add("comment = " + DuckDbSql.literal(dialect.comment()));
    }
    List<String> nulls = new ArrayList<>(List.of(""));
    nulls.addAll(dialect.nulls());
    arguments.add(
        nulls.stream()
            .distinct()
            .map(DuckDbSql::literal)
            .collect(Collectors.joining(", ", "nullstr = [", "]")));
    arguments.add("maximum_line_size = " + dialect.longest());
    arguments.add("columns = " + columns);
  }

  private String columns(UnaryOperator<String> type) {
    List<String> columns = new ArrayList<>();
    if (input.layout() != FileInput.Layout.CSV) {
      columns.add("'" + LINE + "': 'BIGINT'");
      columns.add("'" + RAW + "': 'VARCHAR'");
    }
    if (input.layout() != FileInput.Layout.LISTED_JSON) {
      input
          .present()
          .forEach(name -> columns.add("'%s': '%s'".formatted(numbered(name), type.apply(name))));
    }
    return "{" + String.join(", ", columns) + "}";
  }

  private String keys() {
    return input.present().stream()
        .map(name -> path(name).getFirst())
        .distinct()
        .map(key -> DuckDbSql.literal(key) + ": 'JSON'")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private List<String> path(String name) {
    return input.paths().getOrDefault(name, List.of(name));
  }

  private String from(String relation) {
    if (input.files().size() == 1) {
      return relation;
    }
    List<String> names = own();
    String rows =
        input.files().stream()
            .map(
                file -> {
                  List<String> values = new ArrayList<>();
                  values.add(DuckDbSql.literal(file.path().toString()));
                  values.add(DuckDbSql.literal(file.name()));
                  names.forEach(
                      name -> values.add(DuckDbSql.literal(file.values().getOrDefault(name, ""))));
                  return "(" + String.join(", ", values) + ")";
                })
            .collect(Collectors.joining(", "));
    List<String> columns = new ArrayList<>(List.of("p", "n"));
    columns.addAll(DuckDbSql.streamColumns("v", names.size()));
    return "%s r JOIN (VALUES %s) f (%s) ON r.%s = f.p"
        .formatted(relation, rows, String.join(", ", columns), PATH);
  }

  /** The columns whose values the files have as a whole. */
  private List<String> own() {
    return input.files().getFirst().values().keySet().stream().sorted().toList();
  }

  private String line() {
    return switch (input.layout()) {
      case LISTED, LISTED_JSON -> LINE;
      case PARQUET -> "file_row_number + 1";
      case CSV, JSON_LINES, JSON_ARRAY -> "CAST(NULL AS BIGINT)";
    };
  }

  private String raw() {
    return switch (input.layout()) {
      case LISTED, LISTED_JSON -> RAW;
      case PARQUET ->
          input.present().stream()
              .map(name -> DuckDbSql.literal(name) + ", " + DuckDbSql.quote(name))
              .collect(Collectors.joining(", ", "CAST(json_object(", ") AS VARCHAR)"));
      case CSV, JSON_LINES, JSON_ARRAY -> "CAST(NULL AS VARCHAR)";
    };
  }

  private String reason() {
    StringBuilder reason = new StringBuilder("CASE");
    if (input.layout() == FileInput.Layout.LISTED_JSON) {
      reason
          .append(" WHEN NOT json_valid(" + RAW + ") THEN 'this is not JSON'")
          .append(" WHEN json_type(" + RAW + ") <> 'OBJECT' THEN 'this is not a JSON object'");
    }
    for (Column column : input.columns()) {
      if (input.present().contains(column.name()) && !isSame(column)) {
        String text = text(column.name());
        reason.append(
            " WHEN %s IS NOT NULL AND %s IS NULL THEN %s"
                .formatted(
                    text,
                    converted(text, column),
                    DuckDbSql.literal(
                        "column " + column.name() + ": " + DuckDbTexts.complaint(column.type()))));
      }
    }
    return reason.length() == 4 ? "CAST(NULL AS VARCHAR)" : reason.append(" END").toString();
  }

  private String value(Column column) {
    String name = column.name();
    FileInput.Source first = input.files().getFirst();
    boolean one = input.files().size() == 1;
    if (name.equals(FileInput.FILE)) {
      return one ? DuckDbSql.literal(first.name()) : "f.n";
    }
    if (name.equals(FileInput.LOADED_AT)) {
      return "CAST("
          + DuckDbSql.literal(input.loadedAt().truncatedTo(ChronoUnit.MICROS).toString())
          + " AS TIMESTAMPTZ)";
    }
    if (first.values().containsKey(name)) {
      String text =
          one
              ? DuckDbSql.literal(first.values().getOrDefault(name, ""))
              : "f.v" + own().indexOf(name);
      return "CAST(" + text + " AS " + DuckDbSql.type(column.type()) + ")";
    }
    if (!input.present().contains(name)) {
      return "CAST(NULL AS " + DuckDbSql.type(column.type()) + ")";
    }
    return isSame(column) ? DuckDbSql.quote(name) : converted(text(name), column);
  }

  /** Whether Parquet has the column as it is wanted. */
  private boolean isSame(Column column) {
    String type = types.get(column.name());
    return input.layout() == FileInput.Layout.PARQUET
        && type != null
        && type.equals(
            DuckDbSql.type(column.type()).replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"))
        && column.type() != Primitive.TEXT;
  }

  /** A value of the files as text; NULL where there is none. */
  private String text(String name) {
    return switch (input.layout()) {
      case CSV, LISTED -> "c" + input.present().indexOf(name);
      case JSON_LINES, JSON_ARRAY -> {
        List<String> path = path(name);
        yield DuckDbSql.quote(path.getFirst())
            + "->>"
            + DuckDbSql.literal(DuckDbFields.jsonPath(path.subList(1, path.size())));
      }
      case LISTED_JSON ->
          "(CASE WHEN json_valid(%s) THEN %s END ->> %s)"
              .formatted(RAW, RAW, DuckDbSql.literal(DuckDbFields.jsonPath(path(name))));
      case PARQUET -> {
        String type = types.getOrDefault(name, "VARCHAR");
        boolean nested = type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("]");
        yield nested
            ? "CAST(to_json(" + DuckDbSql.quote(name) + ") AS VARCHAR)"
            : "CAST(" + DuckDbSql.quote(name) + " AS VARCHAR)";
      }
    };
  }

  /** A text as a value; NULL if it is none of the type. */
  private String converted(String text, Column column) {
    String format = input.formats().get(column.name());
    return DuckDbTexts.converted(
        "(" + text + ")", column.type(), format, input.dialect().decimal());
  }
}
