package dev.leat.sql;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import java.util.ArrayList;
import java.util.List;

/** Differences between batches, and what is to be posted because of them. */
final class ChangeLowering {
  private static final String CHANGE = "\"_leat_change\"";

  private final Lowering lowering;

  ChangeLowering(Lowering lowering) {
    this.lowering = lowering;
  }

  /**
   * Every row of a classified batch and, moved to the batch behind, every row of the one before:
   * keys that both have come together, and keys that one has stand alone.
   */
  Lowering.Body feed(Relation.ChangeFeed feed) {
    String landing = lowering.source(feed.landing());
    List<Column> columns = lowering.columns(landing);
    String batch = Names.quote(feed.batch());
    String batches =
        lowering.define(
            "SELECT %1$s, LAG(%1$s) OVER (ORDER BY %1$s) AS \"_leat_before\" FROM (SELECT DISTINCT %1$s FROM %2$s WHERE %1$s IS NOT NULL) AS b"
                .formatted(batch, landing));
    String after = feed.after();
    String classified =
        after == null
            ? batches
            : lowering.define(
                text ->
                    Lowering.expression(
                        text.add("SELECT * FROM " + batches + " WHERE " + batch + " > "), after));
    String rows =
        "SELECT "
            + Names.list("l", feed.key())
            + (feed.compare().isEmpty() ? "" : ", ")
            + Names.list("l", feed.compare());
    String now =
        lowering.define(
            text -> {
              text.add(rows + ", l." + batch + " FROM " + landing + " AS l WHERE l." + batch);
              if (after == null) {
                text.add(" IS NOT NULL");
              } else {
                Lowering.expression(text.add(" > "), after);
              }
            });
    String before =
        lowering.define(
            rows
                + ", b.%1$s FROM %2$s AS l JOIN %3$s AS b ON l.%1$s = b.\"_leat_before\""
                    .formatted(batch, landing, classified));
    return new Difference(feed, lowering.keys(columns), now, before)::write;
  }

  /** Each row of the feed reverses what was, posts what is, or both. */
  Lowering.Body delta(Relation.DeltaTransaction delta) {
    String feed = lowering.source(delta.feed());
    List<Column> columns = lowering.columns(feed);
    List<String> result = new ArrayList<>();
    for (String name : delta.columns()) {
      String column = Names.quote(name);
      result.add(
          "CASE WHEN p.\"_leat_posting\" = 'post' THEN f."
              + column
              + " ELSE f."
              + Names.quote("_leat_old_" + name)
              + " END AS "
              + column);
    }
    for (String name : delta.measures()) {
      String column = Names.quote(name);
      String zero = "CAST(0 AS " + Types.name(Keys.column(columns, name).type()) + ")";
      result.add(
          "CASE WHEN p.\"_leat_posting\" = 'post' THEN COALESCE(f."
              + column
              + ", "
              + zero
              + ") ELSE - COALESCE(f."
              + Names.quote("_leat_old_" + name)
              + ", "
              + zero
              + ") END AS "
              + column);
    }
    result.add("f." + Names.quote(delta.batch()));
    return text ->
        text.add("SELECT " + Names.list("f", delta.key()) + (delta.key().isEmpty() ? "" : ", "))
            .add("p.\"_leat_posting\", " + String.join(", ", result))
            .add(
                " FROM "
                    + feed
                    + " AS f JOIN (VALUES ('post'), ('reverse')) AS p (\"_leat_posting\")")
            .add(" ON (p.\"_leat_posting\" = 'post' AND f." + CHANGE + " IN ('new', 'changed'))")
            .add(
                " OR (p.\"_leat_posting\" = 'reverse' AND f."
                    + CHANGE
                    + " IN ('changed', 'deleted'))");
  }
}
