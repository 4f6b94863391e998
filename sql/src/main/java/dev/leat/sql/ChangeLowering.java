package dev.leat.sql;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
            "SELECT "
                + batch
                + ", LAG("
                + batch
                + ") OVER (ORDER BY "
                + batch
                + ") AS \"_leat_before\" FROM (SELECT DISTINCT "
                + batch
                + " FROM "
                + landing
                + " WHERE "
                + batch
                + " IS NOT NULL) AS b");
    String after = feed.after();
    String classified =
        after == null
            ? batches
            : lowering.define(
                text ->
                    Lowering.expression(
                        text.add("SELECT * FROM " + batches + " WHERE " + batch + " > "), after));
    String rows = Names.list("l", feed.key()) + comma(Names.list("l", feed.compare()));
    String now =
        lowering.define(
            "SELECT "
                + rows
                + ", b."
                + batch
                + ", b.\"_leat_before\" FROM "
                + landing
                + " AS l JOIN "
                + classified
                + " AS b ON l."
                + batch
                + " = b."
                + batch);
    String before =
        lowering.define(
            "SELECT "
                + rows
                + ", b."
                + batch
                + ", TRUE AS \"_leat_there\" FROM "
                + landing
                + " AS l JOIN "
                + classified
                + " AS b ON l."
                + batch
                + " = b.\"_leat_before\"");
    return new Difference(feed, columns, now, before)::write;
  }

  private static String comma(String list) {
    return list.isEmpty() ? "" : ", " + list;
  }

  /** The full join of two batches, as a left join and what it leaves. */
  private record Difference(
      Relation.ChangeFeed feed, List<Column> columns, String now, String before) {

    void write(Script text) {
      String key = Names.list("n", feed.key());
      String batch = Names.quote(feed.batch());
      String on = Keys.same(columns, feed.key(), "n", "o") + " AND n." + batch + " = o." + batch;
      String differs =
          feed.compare().stream()
              .map(Names::quote)
              .map(column -> "n." + column + " IS DISTINCT FROM o." + column)
              .collect(Collectors.joining(" OR "));
      String change =
          "CASE WHEN o.\"_leat_there\" IS NULL THEN 'new'"
              + (differs.isEmpty() ? "" : " WHEN " + differs + " THEN 'changed'")
              + " ELSE 'unchanged' END";
      String changed =
          "SELECT "
              + key
              + ", "
              + change
              + " AS "
              + CHANGE
              + values("n.", "o.")
              + ", n."
              + batch
              + " FROM "
              + now
              + " AS n LEFT JOIN "
              + before
              + " AS o ON "
              + on;
      if (!feed.unchanged()) {
        changed += " WHERE o.\"_leat_there\" IS NULL" + (differs.isEmpty() ? "" : " OR " + differs);
      }
      text.add(changed)
          .add(" UNION ALL SELECT ")
          .add(Names.list("o", feed.key()))
          .add(", 'deleted' AS " + CHANGE)
          .add(values(null, "o."))
          .add(
              ", o."
                  + batch
                  + " FROM "
                  + before
                  + " AS o WHERE NOT EXISTS (SELECT 1 AS \"one\" FROM ")
          .add(now + " AS n WHERE " + on + ")");
    }

    private String values(@org.jspecify.annotations.Nullable String fresh, String old) {
      List<String> result = new ArrayList<>();
      for (String name : feed.compare()) {
        String column = Names.quote(name);
        result.add(
            fresh == null
                ? "CASE WHEN FALSE THEN " + old + column + " END AS " + column
                : fresh + column);
      }
      for (String name : feed.compare()) {
        result.add(old + Names.quote(name) + " AS " + Names.quote("_leat_old_" + name));
      }
      return result.isEmpty() ? "" : ", " + String.join(", ", result);
    }
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
