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
  private static final int SOURCE = 2;
  private static final int HISTORY = 1;
  private static final int END = 0;

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
    String input = lowering.source(scd2.source());
    String source =
        lowering.define(
            text ->
                Lowering.expression(
                        text.add("SELECT " + keys + tracked("") + ", "), scd2.validFrom())
                    .add(" AS " + AT + " FROM " + input));
    List<Column> columns = lowering.columns(source);
    TableId history = scd2.history();
    return history == null
        ? first(source, columns)
        : further(source, columns, Names.quote(history));
  }

  /** The tracked columns, each behind a comma. */
  private String tracked(String table) {
    return scd2.track().stream()
        .map(name -> ", " + table + Names.quote(name))
        .collect(Collectors.joining());
  }

  private Lowering.Body first(String source, List<Column> columns) {
    String ranked =
        lowering.define(
            "SELECT *, ROW_NUMBER() OVER (PARTITION BY "
                + keys
                + ", "
                + AT
                + order("", columns)
                + ") AS \"_leat_rank\" FROM "
                + source
                + " WHERE "
                + AT
                + " IS NOT NULL");
    String compared =
        lowering.define(
            "SELECT *, "
                + changed("LAG(1) OVER " + over() + " IS NULL")
                + " AS \"_leat_changed\" FROM "
                + ranked
                + " WHERE \"_leat_rank\" = 1");
    String ends = ends(compared);
    return text ->
        text.add("SELECT ROW_NUMBER() OVER (ORDER BY " + keys + ", " + AT + ") AS " + surrogate)
            .add(", " + result() + " FROM " + ends);
  }

  private String result() {
    return keys + tracked("") + ", " + AT + ", " + TO + ", " + TO + " IS NULL AS \"is_current\"";
  }

  /** Rows of one key and time are of equal right; the same one is taken each time. */
  private String order(String before, List<Column> columns) {
    List<String> terms = new ArrayList<>();
    if (!before.isEmpty()) {
      terms.add(before);
    }
    for (String name : scd2.track()) {
      if (Types.isOrdered(Keys.column(columns, name).type())) {
        terms.add(Names.quote(name));
      }
    }
    return terms.isEmpty() ? "" : " ORDER BY " + String.join(", ", terms);
  }

  private String over() {
    return "(PARTITION BY " + keys + " ORDER BY " + AT + ")";
  }

  private String changed(String otherwise) {
    return scd2.track().stream()
        .map(Names::quote)
        .map(column -> " OR " + column + " IS DISTINCT FROM LAG(" + column + ") OVER " + over())
        .collect(Collectors.joining("", otherwise, ""));
  }

  /** What changed something, with the time of the next. */
  private String ends(String compared) {
    return lowering.define(
        "SELECT *, LEAD("
            + AT
            + ") OVER "
            + over()
            + " AS "
            + TO
            + " FROM "
            + compared
            + " WHERE \"_leat_changed\"");
  }

  private Lowering.Body further(String source, List<Column> columns, String history) {
    String old = old(source, columns, history);
    List<String> events = new ArrayList<>();
    events.add(
        "SELECT "
            + keys
            + tracked("")
            + ", "
            + AT
            + ", CAST(NULL AS BIGINT) AS \"_leat_key\", "
            + SOURCE
            + " AS \"_leat_priority\" FROM "
            + source
            + " WHERE "
            + AT
            + " IS NOT NULL");
    events.add(
        "SELECT "
            + keys
            + tracked("")
            + ", "
            + AT
            + ", \"_leat_key\", "
            + HISTORY
            + " AS \"_leat_priority\" FROM "
            + old);
    events.add(
        end("h." + TO, old, columns)
            + " WHERE h."
            + TO
            + " IS NOT NULL AND NOT EXISTS (SELECT 1 AS \"one\" FROM "
            + old
            + " AS n WHERE "
            + same(columns, "n", "h")
            + " AND n."
            + AT
            + " = h."
            + TO
            + ")");
    if (scd2.closeMissing()) {
      events.add(
          end(now(columns), old, columns)
              + " WHERE h."
              + TO
              + " IS NULL AND NOT EXISTS (SELECT 1 AS \"one\" FROM "
              + source
              + " AS s WHERE "
              + same(columns, "s", "h")
              + ")");
      events.add(again(source, columns, old));
    }
    return versions(lowering.define(String.join(" UNION ALL ", events)), columns, history);
  }

  /** All versions there are of the keys concerned. */
  private String old(String source, List<Column> columns, String history) {
    String concerned = source;
    if (scd2.closeMissing()) {
      concerned =
          lowering.define(
              "SELECT "
                  + keys
                  + " FROM "
                  + source
                  + " UNION SELECT "
                  + keys
                  + " FROM "
                  + history
                  + " WHERE "
                  + TO
                  + " IS NULL");
    }
    return lowering.define(
        "SELECT h."
            + surrogate
            + " AS \"_leat_key\", "
            + Names.list("h", scd2.key())
            + tracked("h.")
            + ", h."
            + AT
            + ", h."
            + TO
            + " FROM "
            + history
            + " AS h WHERE EXISTS (SELECT 1 AS \"one\" FROM "
            + concerned
            + " AS s WHERE "
            + same(columns, "s", "h")
            + ")");
  }

  private String same(List<Column> columns, String left, String right) {
    return Keys.same(columns, scd2.key(), left, right);
  }

  private String now(List<Column> columns) {
    return "CAST("
        + scd2.now()
        + " AS "
        + Types.name(Keys.column(columns, "valid_from").type())
        + ")";
  }

  private String end(String at, String old, List<Column> columns) {
    return "SELECT "
        + Names.list("h", scd2.key())
        + scd2.track().stream()
            .map(name -> Names.quote(Keys.column(columns, name).name()))
            .map(column -> ", CASE WHEN FALSE THEN h." + column + " END AS " + column)
            .collect(Collectors.joining())
        + ", "
        + at
        + " AS "
        + AT
        + ", CAST(NULL AS BIGINT) AS \"_leat_key\", "
        + END
        + " AS \"_leat_priority\" FROM "
        + old
        + " AS h";
  }

  /**
   * The source holds the present: where the history goes on behind the source's last row of a key,
   * that row holds again from now.
   */
  private String again(String source, List<Column> columns, String old) {
    String last =
        lowering.define(
            "SELECT *, ROW_NUMBER() OVER (PARTITION BY "
                + keys
                + order(AT + " DESC", columns)
                + ") AS \"_leat_rank\" FROM "
                + source
                + " WHERE "
                + AT
                + " IS NOT NULL");
    return "SELECT "
        + Names.list("s", scd2.key())
        + tracked("s.")
        + ", "
        + now(columns)
        + " AS "
        + AT
        + ", CAST(NULL AS BIGINT) AS \"_leat_key\", "
        + SOURCE
        + " AS \"_leat_priority\" FROM "
        + last
        + " AS s WHERE s.\"_leat_rank\" = 1 AND EXISTS (SELECT 1 AS \"one\" FROM "
        + old
        + " AS h WHERE "
        + same(columns, "h", "s")
        + " AND (h."
        + AT
        + " > s."
        + AT
        + " OR h."
        + TO
        + " > s."
        + AT
        + "))";
  }

  private Lowering.Body versions(String events, List<Column> columns, String history) {
    String window = "(PARTITION BY " + keys + ", " + AT + order("\"_leat_priority\" DESC", columns);
    String ranked =
        lowering.define(
            "SELECT "
                + keys
                + tracked("")
                + ", "
                + AT
                + ", \"_leat_priority\" > 0 AS \"_leat_there\", ROW_NUMBER() OVER "
                + window
                + ") AS \"_leat_rank\", MAX(\"_leat_key\") OVER "
                + window
                + " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS \"_leat_key\" FROM "
                + events);
    String there = "LAG(\"_leat_there\") OVER " + over();
    String compared =
        lowering.define(
            "SELECT *, "
                + changed("\"_leat_there\" IS DISTINCT FROM " + there)
                + " AS \"_leat_changed\" FROM "
                + ranked
                + " WHERE \"_leat_rank\" = 1");
    String kept = lowering.define("SELECT * FROM " + ends(compared) + " WHERE \"_leat_there\"");
    return text ->
        text.add("SELECT COALESCE(\"_leat_key\", (SELECT COALESCE(MAX(" + surrogate + "), 0)")
            .add(" AS \"top\" FROM " + history + ") + SUM(CASE WHEN \"_leat_key\" IS NULL THEN 1")
            .add(" ELSE 0 END) OVER (ORDER BY " + keys + ", " + AT)
            .add(" ROWS UNBOUNDED PRECEDING)) AS " + surrogate + ", " + result() + " FROM " + kept);
  }
}
