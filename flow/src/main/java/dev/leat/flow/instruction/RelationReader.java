package dev.leat.flow.instruction;

import dev.leat.flow.json.JsonFields;
import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import java.util.List;
import java.util.Locale;

/** What {@link RelationWriter} wrote, back into relations and writes. */
final class RelationReader {
  private static final String OPERATIONS =
      "one of scan, select, filter, join, aggregate, window, union, dedupe, latest, change_feed,"
          + " delta_transaction, scd2, sessionize, growth_accounting, snapshot, sql, native_sql,"
          + " restrict";

  private RelationReader() {}

  static Relation relation(JsonFields parent, String key) {
    return relation(parent.object(key));
  }

  static Write write(JsonFields parent, String key) {
    return parent
        .object(key)
        .all(
            json ->
                switch (json.text("mode")) {
                  case "replace" -> new Write.Replace();
                  case "append" -> new Write.Append();
                  case "replace_partition" -> partitions(json);
                  case "merge" -> new Write.Merge(json.texts("key"), json.textOrNull("deleted"));
                  case "scd2" -> new Write.ReplaceKeys(json.texts("key"));
                  default ->
                      throw json.wrong(
                          "mode", "one of replace, append, replace_partition, merge, scd2");
                });
  }

  private static Write partitions(JsonFields json) {
    return new Write.ReplacePartition(
        json.text("column"), json.dayOrNull("from"), json.dayOrNull("to"));
  }

  private static Relation relation(JsonFields fields) {
    return fields.all(RelationReader::operation);
  }

  private static Relation operation(JsonFields json) {
    return switch (json.text("op")) {
      case "scan" -> new Relation.Scan(json.table("table"));
      case "select" -> new Relation.Select(relation(json, "input"), projections(json, "columns"));
      case "filter" -> new Relation.Filter(relation(json, "input"), json.text("condition"));
      case "join" ->
          new Relation.Join(
              relation(json, "left"),
              relation(json, "right"),
              json.parsed("type", "one of inner, left, full, semi, anti", RelationReader::join),
              json.text("condition"),
              projections(json, "columns"));
      case "aggregate" ->
          new Relation.Aggregate(
              relation(json, "input"), json.texts("by"), projections(json, "measures"));
      case "window" -> new Relation.Window(relation(json, "input"), projections(json, "columns"));
      case "union" ->
          new Relation.Union(
              json.objects("inputs", RelationReader::relation), json.flag("distinct"));
      case "dedupe" ->
          new Relation.Dedupe(
              relation(json, "input"),
              json.texts("key"),
              json.objects(
                  "order",
                  each ->
                      each.all(
                          order -> new Order(order.text("expression"), order.flag("descending")))));
      case "latest" ->
          new Relation.Latest(
              relation(json, "log"),
              json.texts("key"),
              json.texts("order"),
              json.textOrNull("deleted"),
              json.texts("drop"));
      case "change_feed" ->
          new Relation.ChangeFeed(
              relation(json, "landing"),
              json.text("batch"),
              json.texts("key"),
              json.texts("compare"),
              json.flag("unchanged"),
              json.textOrNull("after"));
      case "delta_transaction" ->
          new Relation.DeltaTransaction(
              relation(json, "feed"),
              json.text("batch"),
              json.texts("key"),
              json.texts("columns"),
              json.texts("measures"));
      case "scd2" -> scd2(json);
      case "sessionize" ->
          new Relation.Sessionize(
              relation(json, "events"),
              json.texts("key"),
              json.text("time"),
              json.number("gap_seconds"),
              projections(json, "measures"));
      case "growth_accounting" ->
          new Relation.GrowthAccounting(
              relation(json, "activity"),
              json.texts("user"),
              json.text("time"),
              json.text("period"));
      case "snapshot" ->
          new Relation.Snapshot(relation(json, "input"), json.text("column"), json.text("at"));
      case "sql" -> new Relation.Sql(json.text("text"));
      case "native_sql" -> new Relation.NativeSql(json.text("dialect"), json.text("text"));
      case "restrict" ->
          new Relation.Restrict(
              relation(json, "input"), json.table("table"), json.text("condition"));
      default -> throw json.wrong("op", OPERATIONS);
    };
  }

  private static Relation scd2(JsonFields json) {
    return new Relation.Scd2(
        relation(json, "source"),
        json.has("history") ? json.table("history") : null,
        json.text("surrogate_key"),
        json.texts("key"),
        json.texts("track"),
        json.text("valid_from"),
        json.flag("close_missing"),
        json.text("now"));
  }

  private static JoinType join(String text) {
    if (!text.equals(text.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("not in small letters");
    }
    return JoinType.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static List<Projection> projections(JsonFields json, String key) {
    return json.objects(
        key,
        each -> each.all(column -> new Projection(column.text("name"), column.text("expression"))));
  }
}
