package dev.leat.sql;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * History of a dimension as events: a version begins at a time, or a key ends at a time. Of events
 * of one key at one time the source's counts before the history's, and that before an end. Events
 * that change nothing are left out; a version lasts until the next event.
 */
final class HistoryLowering {
  private static final String AT = "\"valid_from\"";
  private static final String TO = "\"valid_to\"";
  private static final String KEY = "\"_leat_key\"";
  private static final String THERE = "\"_leat_there\"";

  private final Lowering lowering;
  private final Relation.Scd2 scd2;
  private final String keys;
  private final String surrogate;

  HistoryLowering(Lowering lowering, Relation.Scd2 scd2) {
    this.lowering = lowering;
    this.scd2 = scd2;
    this.keys = Names.list(scd2.key());
    this.surrogate = Names.quote(scd2.surrogateKey());
  }

  Lowering.Body body() {
    String rows = rows();
    List<Column> columns = lowering.columns(rows);
    String unique = unique(rows, columns);
    TableId history = scd2.history();
    return history == null ? first(unique) : further(unique, columns, Names.quote(history));
  }

  /** The rows that count. */
  private String rows() {
    String input = lowering.source(scd2.source());
    return lowering.define(
        text ->
            Lowering.expression(
                    text.add("SELECT * FROM (SELECT " + keys + tracked("") + ", "),
                    scd2.validFrom())
                .add(" AS " + AT + " FROM " + input + ") AS i WHERE " + AT + " IS NOT NULL"));
  }

  /**
   * The same again, to be used once: an engine writes aside what has one name and several uses,
   * which costs more than to read a table again.
   */
  private String again(String rows) {
    return isReadAgain(scd2.source()) ? rows() : rows;
  }

  private static boolean isReadAgain(Relation relation) {
    return switch (relation) {
      case Relation.Scan _ -> true;
      case Relation.Filter filter -> isReadAgain(filter.input());
      case Relation.Select select -> isReadAgain(select.input());
      default -> false;
    };
  }

  /** The tracked columns, each behind a comma. */
  private String tracked(String table) {
    return scd2.track().stream()
        .map(name -> ", " + table + Names.quote(name))
        .collect(Collectors.joining());
  }

  /**
   * One row per key and time: the last by what is tracked, so that it is the same each time. Few
   * rows have a rival, if any, so only those are put in order.
   */
  private String unique(String rows, List<Column> columns) {
    String order =
        scd2.track().stream()
            .filter(name -> Types.isOrdered(Keys.column(columns, name).type()))
            .map(name -> ", s." + Names.quote(name))
            .collect(Collectors.joining());
    String rivals =
        lowering.define(
            "SELECT %1$s, %2$s FROM %3$s GROUP BY %1$s, %2$s HAVING COUNT(*) > 1"
                .formatted(keys, AT, rows));
    String rival =
        "EXISTS (SELECT 1 AS \"one\" FROM %s AS n WHERE %s AND n.%3$s = s.%3$s)"
            .formatted(rivals, same("n", "s"), AT);
    String ordered =
        lowering.define(
            "SELECT s.*, LEAD(s.%2$s) OVER (PARTITION BY %1$s ORDER BY s.%2$s%3$s) AS \"_leat_next\" FROM %4$s AS s WHERE %5$s"
                .formatted(Names.list("s", scd2.key()), AT, order, again(rows), rival));
    return lowering.define(
        "SELECT %1$s%2$s, %3$s FROM %4$s AS s WHERE NOT %5$s UNION ALL SELECT %1$s%2$s, %3$s FROM %6$s WHERE \"_leat_next\" IS DISTINCT FROM %3$s"
            .formatted(keys, tracked(""), AT, again(rows), rival, ordered));
  }

  private Lowering.Body first(String source) {
    String versions = versions(source, "ROW_NUMBER() OVER " + over() + " = 1");
    return text ->
        text.add("SELECT ROW_NUMBER() OVER (ORDER BY " + keys + ", " + AT + ") AS " + surrogate)
            .add(", " + result())
            .add(" FROM " + versions);
  }

  private String result() {
    return keys + tracked("") + ", " + AT + ", " + TO + ", " + TO + " IS NULL AS \"is_current\"";
  }

  private String over() {
    return "(PARTITION BY " + keys + " ORDER BY " + AT + ")";
  }

  /**
   * The events that change something, with the time of the next.
   *
   * @param changed whether an event does even if what is tracked is as before
   */
  private String versions(String events, String changed) {
    String differs =
        scd2.track().stream()
            .map(Names::quote)
            .map(column -> " OR " + column + " IS DISTINCT FROM LAG(" + column + ") OVER " + over())
            .collect(Collectors.joining());
    String compared =
        lowering.define("SELECT *, " + changed + differs + " AS \"_leat_changed\" FROM " + events);
    return lowering.define(
        "SELECT *, LEAD(%s) OVER %s AS %s FROM %s WHERE \"_leat_changed\""
            .formatted(AT, over(), TO, compared));
  }

  private Lowering.Body further(String unique, List<Column> columns, String history) {
    String old = old(unique, history);
    String source = scd2.closeMissing() ? holdingAgain(unique, columns, old) : unique;
    List<String> events = new ArrayList<>();
    events.add(
        "SELECT %s%s, s.%s, h.%s, TRUE AS %s FROM %s AS s LEFT JOIN %s AS h ON %s AND h.%3$s = s.%3$s"
            .formatted(
                Names.list("s", scd2.key()),
                tracked("s."),
                AT,
                KEY,
                THERE,
                source,
                old,
                same("h", "s")));
    events.add(
        "SELECT %s%s, h.%s, h.%s, TRUE AS %s FROM %s AS h WHERE %s"
            .formatted(
                Names.list("h", scd2.key()),
                tracked("h."),
                AT,
                KEY,
                THERE,
                old,
                noneAt("h." + AT, source)));
    events.add(end("h." + TO, old, source, "h." + TO + " IS NOT NULL"));
    if (scd2.closeMissing()) {
      String missing =
          "h.%s IS NULL AND NOT EXISTS (SELECT 1 AS \"one\" FROM %s AS s WHERE %s)"
              .formatted(TO, unique, same("s", "h"));
      events.add(end(now(columns), old, source, missing));
    }
    String versions =
        versions(
            lowering.define(String.join(" UNION ALL ", events)),
            THERE + " IS DISTINCT FROM LAG(" + THERE + ") OVER " + over());
    String kept = lowering.define("SELECT * FROM " + versions + " WHERE " + THERE);
    return text ->
        text.add("SELECT COALESCE(" + KEY + ", (SELECT COALESCE(MAX(" + surrogate + "), 0)")
            .add(" AS \"top\" FROM " + history + ") + SUM(CASE WHEN " + KEY + " IS NULL THEN 1")
            .add(
                " ELSE 0 END) OVER (ORDER BY "
                    + keys
                    + ", "
                    + AT
                    + " ROWS UNBOUNDED PRECEDING)) AS ")
            .add(surrogate + ", " + result() + " FROM " + kept);
  }

  /** All versions there are of the keys concerned. */
  private String old(String source, String history) {
    String concerned =
        scd2.closeMissing()
            ? lowering.define(
                "SELECT %1$s FROM %2$s UNION SELECT %1$s FROM %3$s WHERE %4$s IS NULL"
                    .formatted(keys, source, history, TO))
            : source;
    return lowering.define(
        "SELECT h.%s AS %s, %s%s, h.%s, h.%s FROM %s AS h WHERE EXISTS (SELECT 1 AS \"one\" FROM %s AS s WHERE %s)"
            .formatted(
                surrogate,
                KEY,
                Names.list("h", scd2.key()),
                tracked("h."),
                AT,
                TO,
                history,
                concerned,
                same("s", "h")));
  }

  /** Keys of a history have no NULLs. */
  private String same(String left, String right) {
    return scd2.key().stream()
        .map(Names::quote)
        .map(column -> left + "." + column + " = " + right + "." + column)
        .collect(Collectors.joining(" AND "));
  }

  private String noneAt(String at, String rows) {
    return "NOT EXISTS (SELECT 1 AS \"one\" FROM %s AS n WHERE %s AND n.%s = %s)"
        .formatted(rows, same("n", "h"), AT, at);
  }

  private String now(List<Column> columns) {
    return "CAST("
        + scd2.now()
        + " AS "
        + Types.name(Keys.column(columns, "valid_from").type())
        + ")";
  }

  /** Ends of keys, where no version begins at that time. */
  private String end(String at, String old, String source, String condition) {
    String nothing =
        scd2.track().stream()
            .map(Names::quote)
            .map(column -> ", CASE WHEN FALSE THEN h." + column + " END AS " + column)
            .collect(Collectors.joining());
    return "SELECT %s%s, %s AS %s, CAST(NULL AS BIGINT) AS %s, FALSE AS %s FROM %s AS h WHERE %s AND %s AND %s"
        .formatted(
            Names.list("h", scd2.key()),
            nothing,
            at,
            AT,
            KEY,
            THERE,
            old,
            condition,
            noneAt(at, old),
            noneAt(at, source));
  }

  /**
   * The source holds the present: where the history goes on behind the source's last row of a key,
   * that row holds again from now.
   */
  private String holdingAgain(String unique, List<Column> columns, String old) {
    String last =
        lowering.define(
            "SELECT *, LEAD(%s) OVER %s AS \"_leat_next\" FROM %s".formatted(AT, over(), unique));
    String now = now(columns);
    return lowering.define(
        "SELECT %s%s, %s FROM %s UNION ALL SELECT %s%s, %s AS %3$s FROM %s AS s WHERE s.\"_leat_next\" IS NULL AND s.%3$s < %7$s AND EXISTS (SELECT 1 AS \"one\" FROM %s AS h WHERE %s AND (h.%3$s > s.%3$s OR h.%s > s.%3$s))"
            .formatted(
                keys,
                tracked(""),
                AT,
                unique,
                Names.list("s", scd2.key()),
                tracked("s."),
                now,
                last,
                old,
                same("h", "s"),
                TO));
  }
}
