package dev.leat.sql;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Events as sessions and as activity by period. */
final class ActivityLowering {
  private final Lowering lowering;

  ActivityLowering(Lowering lowering) {
    this.lowering = lowering;
  }

  /** Events at the same time are peers, so that they cannot fall into different sessions. */
  Lowering.Body sessions(Relation.Sessionize sessions) {
    String events = lowering.source(sessions.events());
    boolean date = Keys.column(lowering.columns(events), sessions.time()).type() == Primitive.DATE;
    String time =
        date
            ? "CAST(" + Names.quote(sessions.time()) + " AS TIMESTAMP)"
            : Names.quote(sessions.time());
    String over = over(sessions.key(), Names.quote(sessions.time()));
    String begins =
        lowering.define(
            "SELECT *, CASE WHEN "
                + time
                + " <= LAG("
                + time
                + ") OVER "
                + over
                + " + INTERVAL '"
                + sessions.gapSeconds()
                + "' SECOND THEN 0 ELSE 1 END AS \"_leat_begins\" FROM "
                + events
                + " WHERE "
                + Names.quote(sessions.time())
                + " IS NOT NULL");
    String numbered =
        lowering.define(
            "SELECT *, SUM(\"_leat_begins\") OVER "
                + over
                + " AS \"_leat_session\" FROM "
                + begins);
    String key = Names.list(sessions.key());
    String by = (key.isEmpty() ? "" : key + ", ") + "\"_leat_session\"";
    String at = Names.quote(sessions.time());
    return text -> {
      text.add("SELECT " + (key.isEmpty() ? "" : key + ", "))
          .add("\"_leat_session\" AS \"session_no\", MIN(" + at + ") AS \"started_at\", MAX(")
          .add(at + ") AS \"ended_at\", COUNT(*) AS \"events\"");
      if (!sessions.measures().isEmpty()) {
        Lowering.projections(text.add(", "), sessions.measures());
      }
      text.add(" FROM " + numbered + " GROUP BY " + by);
    };
  }

  private static String over(List<String> key, String order) {
    return "("
        + (key.isEmpty() ? "" : "PARTITION BY " + Names.list(key) + " ")
        + "ORDER BY "
        + order
        + ")";
  }

  Lowering.Body growth(Relation.GrowthAccounting growth) {
    String activity = lowering.source(growth.activity());
    String time = Names.quote(growth.time());
    String user = Names.list(growth.user());
    String one = period(growth.period());
    String active =
        lowering.define(
            "SELECT DISTINCT "
                + user
                + ", CAST(DATE_TRUNC('"
                + growth.period()
                + "', "
                + time
                + ") AS DATE) AS \"period\" FROM "
                + activity
                + " WHERE "
                + time
                + " IS NOT NULL");
    String over = over(growth.user(), "\"period\"");
    String neighbours =
        lowering.define(
            "SELECT "
                + user
                + ", \"period\", LAG(\"period\") OVER "
                + over
                + " AS \"_leat_before\", LEAD(\"period\") OVER "
                + over
                + " AS \"_leat_after\", \"period\" + "
                + one
                + " AS \"_leat_next\" FROM "
                + active);
    return text ->
        text.add("SELECT " + user + ", \"period\", CASE WHEN \"_leat_before\" IS NULL THEN 'new'")
            .add(" WHEN \"_leat_before\" + " + one + " = \"period\" THEN 'retained'")
            .add(" ELSE 'resurrected' END AS \"status\" FROM " + neighbours)
            .add(
                " UNION ALL SELECT "
                    + user
                    + ", \"_leat_next\" AS \"period\", 'churned' AS \"status\"")
            .add(" FROM " + neighbours)
            .add(" WHERE (\"_leat_after\" IS NULL OR \"_leat_after\" > \"_leat_next\")")
            .add(" AND \"_leat_next\" <= (SELECT MAX(\"period\") AS \"last\" FROM " + active + ")");
  }

  private static String period(String period) {
    return switch (period) {
      case "day" -> "INTERVAL '1' DAY";
      case "week" -> "INTERVAL '7' DAY";
      case "month" -> "INTERVAL '1' MONTH";
      case "quarter" -> "INTERVAL '3' MONTH";
      case "year" -> "INTERVAL '1' YEAR";
      default ->
          throw Problem.unsupported(
              SqlParserPos.ZERO,
              period + " is not a period",
              "Use day, week, month, quarter or year.");
    };
  }
}
