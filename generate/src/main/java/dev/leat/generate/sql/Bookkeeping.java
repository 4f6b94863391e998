package dev.leat.generate.sql;

import dev.leat.generate.PlannedNode.Progress;
import dev.leat.generate.Token;
import dev.leat.generate.Token.Unit;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * What scripts remember: when the run began, and how far steps have read.
 *
 * @param dialect how the engine wants SQL
 */
record Bookkeeping(Dialect dialect, Client client) {
  private static final TableId RUN = new TableId("_leat_sql", "run");
  private static final TableId MARKS = new TableId("_leat_sql", "marks");

  /** What comes before all steps. */
  String begin() {
    List<String> statements = new ArrayList<>();
    if (client.hasSchemas()) {
      statements.add("CREATE SCHEMA IF NOT EXISTS " + dialect.quote(RUN.schema()));
    }
    statements.add(
        "CREATE TABLE IF NOT EXISTS %s (dataset VARCHAR(500), position INTEGER, value VARCHAR(4000))"
            .formatted(dialect.quote(MARKS)));
    statements.add("DROP TABLE IF EXISTS " + dialect.quote(RUN));
    statements.add("CREATE TABLE " + dialect.quote(RUN) + " AS SELECT " + now() + " AS started_at");
    return String.join(";\n", statements) + ";\n";
  }

  /** In UTC, to a second, as the engine keeps timestamps. */
  private String now() {
    return switch (client.engine()) {
      case "sqlite" -> "strftime('%Y-%m-%d %H:%M:%S.000000', 'now')";
      case "duckdb" -> "date_trunc('second', now() AT TIME ZONE 'UTC')";
      default -> "CAST(date_trunc('second', now() AT TIME ZONE 'UTC') AS TIMESTAMP)";
    };
  }

  /** SQL for a token. */
  String written(Token token) {
    return switch (token) {
      case Token.Table(TableId dataset) -> dialect.quote(dataset);
      case Token.Now(Unit unit, LogicalType type) -> now(unit, type);
      case Token.Watermark(TableId node, int position, LogicalType type) ->
          typed(
              "(SELECT value FROM %s WHERE dataset = %s AND position = %d)"
                  .formatted(dialect.quote(MARKS), dialect.literal(node.toString()), position),
              type);
      case Token.Newest _ -> throw new IllegalArgumentException("rendered by its step");
    };
  }

  private String now(Unit unit, LogicalType type) {
    String started = "(SELECT started_at FROM " + dialect.quote(RUN) + ")";
    if (client.engine().equals("sqlite")) {
      String cut =
          switch (unit) {
            case MILLISECOND -> started;
            case HOUR -> "strftime('%Y-%m-%d %H:00:00.000000', " + started + ")";
            case DAY -> "date(" + started + ")";
            case WEEK -> "date(" + started + ", '-6 days', 'weekday 1')";
            case MONTH -> "date(" + started + ", 'start of month')";
          };
      return type == Primitive.DATE || unit == Unit.MILLISECOND || unit == Unit.HOUR
          ? cut
          : "(" + cut + " || ' 00:00:00.000000')";
    }
    String cut =
        switch (unit) {
          case MILLISECOND -> started;
          case HOUR -> "date_trunc('hour', " + started + ")";
          case DAY -> "date_trunc('day', " + started + ")";
          case WEEK -> "date_trunc('week', " + started + ")";
          case MONTH -> "date_trunc('month', " + started + ")";
        };
    return type == Primitive.TIMESTAMP_TZ
        ? "(" + cut + " AT TIME ZONE 'UTC')"
        : "CAST(" + cut + " AS " + dialect.type(type) + ")";
  }

  /** SQLite keeps dates and times as texts. */
  private String typed(String text, LogicalType type) {
    boolean asText =
        client.engine().equals("sqlite")
            && (type == Primitive.TEXT
                || type == Primitive.DATE
                || type == Primitive.TIMESTAMP
                || type == Primitive.TIMESTAMP_TZ);
    String number = type instanceof LogicalType.Decimal ? "NUMERIC" : dialect.type(type);
    return asText
        ? text
        : "CAST("
            + text
            + " AS "
            + (client.engine().equals("sqlite") ? number : dialect.type(type))
            + ")";
  }

  /** Some days before the newest partition; before all if there is none. */
  String newest(TableId table, String column, long days, LogicalType type) {
    String newest = "(SELECT MAX(%s) FROM %s)".formatted(column, dialect.quote(table));
    String begin = dialect.literal(Primitive.DATE, "0001-01-01");
    if (client.engine().equals("sqlite")) {
      String day = "COALESCE(date(" + newest + ", '-" + days + " days'), " + begin + ")";
      return type == Primitive.DATE ? day : "(" + day + " || ' 00:00:00.000000')";
    }
    return "CAST(COALESCE(CAST(%s AS DATE) - %d, %s) AS %s)"
        .formatted(newest, days, begin, dialect.type(type));
  }

  /** Remembers how far a step has read; of no account where nothing was there to read. */
  List<String> save(TableId dataset, Progress progress, String highest) {
    String name = dialect.literal(dataset.toString());
    String from = " FROM (" + highest + ") AS h";
    List<String> statements = new ArrayList<>();
    statements.add(
        "DELETE FROM %s WHERE dataset = %s AND EXISTS (SELECT 1%s)"
            .formatted(dialect.quote(MARKS), name, from));
    for (int i = 0; i < progress.types().size(); i++) {
      statements.add(
          "INSERT INTO %s SELECT %s, %d, CAST(h.%s AS VARCHAR(4000))%s"
              .formatted(dialect.quote(MARKS), name, i, dialect.quote("_leat_" + i), from));
    }
    return statements;
  }

  String forget(TableId dataset) {
    return "DELETE FROM %s WHERE dataset = %s"
        .formatted(dialect.quote(MARKS), dialect.literal(dataset.toString()));
  }

  /** A query that prints 1 if a step has read something. */
  String isMarked(TableId dataset) {
    return "SELECT MIN(1) FROM %s WHERE dataset = %s"
        .formatted(dialect.quote(MARKS), dialect.literal(dataset.toString()));
  }

  /** A query that prints 1 if a table is there. */
  String isThere(TableId table) {
    return client.engine().equals("sqlite")
        ? "SELECT 1 FROM sqlite_master WHERE name = "
            + dialect.literal(table.schema() + "." + table.table())
        : "SELECT 1 FROM information_schema.tables WHERE table_schema = %s AND table_name = %s"
            .formatted(dialect.literal(table.schema()), dialect.literal(table.table()));
  }
}
