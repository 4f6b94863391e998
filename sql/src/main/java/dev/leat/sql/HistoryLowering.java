package dev.leat.sql;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * History of a dimension as events: a version begins at a time, or a key ends at a time. Events of
 * a key in order give its versions; each lasts until the next event.
 */
final class HistoryLowering {
  private static final String AT = "\"valid_from\"";

  private final Lowering lowering;
  private final Relation.Scd2 scd2;
  private final List<String> key;
  private final String keys;
  private final String tracked;

  HistoryLowering(Lowering lowering, Relation.Scd2 scd2) {
    this.lowering = lowering;
    this.scd2 = scd2;
    this.key = scd2.key();
    this.keys = Names.list(key);
    this.tracked =
        scd2.track().stream().map(name -> ", " + Names.quote(name)).collect(Collectors.joining());
  }

  Lowering.Body body() {
    String input = lowering.source(scd2.source());
    String source =
        lowering.define(
            text ->
                Lowering.expression(text.add("SELECT " + keys + tracked + ", "), scd2.validFrom())
                    .add(" AS " + AT + " FROM " + input));
    TableId history = scd2.history();
    return history == null ? first(source) : further(source, Names.quote(history));
  }

  /**
   * The first row of each key and time: rows of one source with both are versions of equal right.
   */
  private String perTime(String rows, String order) {
    return "ROW_NUMBER() OVER (PARTITION BY "
        + keys
        + ", "
        + AT
        + order
        + ") AS \"_leat_rank\" FROM "
        + rows;
  }

  private Lowering.Body first(String source) {
    String distinct =
        lowering.define(
            "SELECT "
                + keys
                + tracked
                + ", "
                + AT
                + ", "
                + perTime(source, "")
                + " WHERE "
                + AT
                + " IS NOT NULL");
    String events = lowering.define("SELECT * FROM " + distinct + " WHERE \"_leat_rank\" = 1");
    String compared =
        lowering.define("SELECT *, " + changed("") + " AS \"_leat_changed\" FROM " + events);
    String kept = lowering.define("SELECT * FROM " + compared + " WHERE \"_leat_changed\"");
    String ends =
        lowering.define(
            "SELECT *, LEAD(" + AT + ") OVER " + over() + " AS \"valid_to\" FROM " + kept);
    return text ->
        text.add("SELECT ROW_NUMBER() OVER (ORDER BY " + keys + ", " + AT + ") AS ")
            .add(Names.quote(scd2.surrogateKey()) + ", " + keys + tracked + ", " + AT)
            .add(", \"valid_to\", \"valid_to\" IS NULL AS \"is_current\" FROM " + ends);
  }

  private String over() {
    return "(PARTITION BY " + keys + " ORDER BY " + AT + ")";
  }

  /** Whether a row is the first of its key or differs from the one before. */
  private String changed(String more) {
    String first = "LAG(1) OVER " + over() + " IS NULL";
    String differs =
        scd2.track().stream()
            .map(Names::quote)
            .map(column -> column + " IS DISTINCT FROM LAG(" + column + ") OVER " + over())
            .collect(Collectors.joining(" OR "));
    return first + (differs.isEmpty() ? "" : " OR " + differs) + more;
  }

  private Lowering.Body further(String source, String history) {
    throw Problem.unsupported(
        org.apache.calcite.sql.parser.SqlParserPos.ZERO,
        "History cannot yet be added to " + history + source,
        "Make it anew.");
  }
}
