package dev.leat.sql;

import dev.leat.spi.instruction.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two batches joined in full.
 *
 * @param keys over the columns of both
 * @param now rows of the later batch
 * @param before those of the earlier one, with the batch of the later one
 */
record Difference(Relation.ChangeFeed feed, Keys keys, String now, String before) {

  void write(Script text) {
    String on = keys.same(feed.key(), "n", "o") + " AND n." + batch() + " = o." + batch();
    if (keys.joinInFull(feed.key())) {
      text.add(select() + " FROM " + now + " AS n FULL JOIN " + before + " AS o ON " + on)
          .add(only(" WHERE n." + batch() + " IS NULL OR "));
      return;
    }
    text.add(select() + " FROM " + now + " AS n LEFT JOIN " + before + " AS o ON " + on)
        .add(only(" WHERE "))
        .add(" UNION ALL " + select() + " FROM " + before + " AS o LEFT JOIN " + now + " AS n ON ")
        .add(on + " WHERE n." + batch() + " IS NULL");
  }

  private String batch() {
    return Names.quote(feed.batch());
  }

  private String differs() {
    return feed.compare().stream()
        .map(Names::quote)
        .map(column -> " OR n." + column + " IS DISTINCT FROM o." + column)
        .collect(Collectors.joining());
  }

  private String only(String where) {
    return feed.unchanged() ? "" : where + "o." + batch() + " IS NULL" + differs();
  }

  private String select() {
    List<String> result = new ArrayList<>();
    for (String name : feed.key()) {
      result.add(present(Names.quote(name)));
    }
    String differs = differs();
    result.add(
        "CASE WHEN o."
            + batch()
            + " IS NULL THEN 'new' WHEN n."
            + batch()
            + " IS NULL THEN"
            + " 'deleted'"
            + (differs.isEmpty() ? "" : " WHEN " + differs.substring(" OR ".length()))
            + (differs.isEmpty() ? "" : " THEN 'changed'")
            + " ELSE 'unchanged' END AS \"_leat_change\"");
    for (String name : feed.compare()) {
      result.add("n." + Names.quote(name));
    }
    for (String name : feed.compare()) {
      result.add("o." + Names.quote(name) + " AS " + Names.quote("_leat_old_" + name));
    }
    result.add(present(batch()));
    return "SELECT " + String.join(", ", result);
  }

  private String present(String column) {
    return "CASE WHEN n."
        + batch()
        + " IS NULL THEN o."
        + column
        + " ELSE n."
        + column
        + " END AS "
        + column;
  }
}
