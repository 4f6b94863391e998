package dev.leat.flow.instruction;

import dev.leat.spi.instruction.Order;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Relations and writes as objects for JSON: the operation first, then its fields in the order of
 * the record; null is left out.
 */
final class RelationWriter {
  private RelationWriter() {}

  static Map<String, @Nullable Object> write(Relation relation) {
    return switch (relation) {
      case Relation.Scan scan -> fields("op", "scan", "table", scan.table().toString());
      case Relation.Select select ->
          fields(
              "op", "select",
              "input", write(select.input()),
              "columns", projections(select.columns()));
      case Relation.Filter filter ->
          fields("op", "filter", "input", write(filter.input()), "condition", filter.condition());
      case Relation.Join join ->
          fields(
              "op", "join",
              "left", write(join.left()),
              "right", write(join.right()),
              "type", join.type().name().toLowerCase(Locale.ROOT),
              "condition", join.condition(),
              "columns", projections(join.columns()));
      case Relation.Aggregate aggregate ->
          fields(
              "op", "aggregate",
              "input", write(aggregate.input()),
              "by", aggregate.by(),
              "measures", projections(aggregate.measures()));
      case Relation.Window window ->
          fields(
              "op", "window",
              "input", write(window.input()),
              "columns", projections(window.columns()));
      case Relation.Union union ->
          fields(
              "op", "union",
              "inputs", union.inputs().stream().map(RelationWriter::write).toList(),
              "distinct", union.distinct());
      case Relation.Dedupe dedupe ->
          fields(
              "op", "dedupe",
              "input", write(dedupe.input()),
              "key", dedupe.key(),
              "order", dedupe.order().stream().map(RelationWriter::order).toList());
      case Relation.Latest latest ->
          fields(
              "op", "latest",
              "log", write(latest.log()),
              "key", latest.key(),
              "order", latest.order(),
              "deleted", latest.deleted(),
              "drop", latest.drop());
      case Relation.ChangeFeed feed ->
          fields(
              "op", "change_feed",
              "landing", write(feed.landing()),
              "batch", feed.batch(),
              "key", feed.key(),
              "compare", feed.compare(),
              "unchanged", feed.unchanged(),
              "after", feed.after());
      case Relation.DeltaTransaction delta ->
          fields(
              "op", "delta_transaction",
              "feed", write(delta.feed()),
              "batch", delta.batch(),
              "key", delta.key(),
              "columns", delta.columns(),
              "measures", delta.measures());
      case Relation.Scd2 scd2 -> scd2(scd2);
      case Relation.Sessionize sessions ->
          fields(
              "op", "sessionize",
              "events", write(sessions.events()),
              "key", sessions.key(),
              "time", sessions.time(),
              "gap_seconds", sessions.gapSeconds(),
              "measures", projections(sessions.measures()));
      case Relation.GrowthAccounting growth ->
          fields(
              "op", "growth_accounting",
              "activity", write(growth.activity()),
              "user", growth.user(),
              "time", growth.time(),
              "period", growth.period());
      case Relation.Snapshot snapshot ->
          fields(
              "op", "snapshot",
              "input", write(snapshot.input()),
              "column", snapshot.column(),
              "at", snapshot.at());
      case Relation.Sql sql -> fields("op", "sql", "text", sql.text());
      case Relation.NativeSql sql ->
          fields("op", "native_sql", "dialect", sql.dialect(), "text", sql.text());
      case Relation.Restrict restrict ->
          fields(
              "op", "restrict",
              "input", write(restrict.input()),
              "table", restrict.table().toString(),
              "condition", restrict.condition());
    };
  }

  static Map<String, @Nullable Object> write(Write write) {
    return switch (write) {
      case Write.Replace _, Write.Append _ -> fields("mode", write.mode());
      case Write.ReplacePartition(String column, LocalDate from, LocalDate to) ->
          fields(
              "mode",
              write.mode(),
              "column",
              column,
              "from",
              from == null ? null : from.toString(),
              "to",
              to == null ? null : to.toString());
      case Write.Merge(List<String> key, String deleted) ->
          fields("mode", write.mode(), "key", key, "deleted", deleted);
      case Write.ReplaceKeys(List<String> key) -> fields("mode", write.mode(), "key", key);
    };
  }

  /** Keys and values in turn; those without a value are left out. */
  static Map<String, @Nullable Object> fields(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (keysAndValues[i + 1] != null) {
        fields.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
      }
    }
    return fields;
  }

  private static Map<String, @Nullable Object> scd2(Relation.Scd2 scd2) {
    return fields(
        "op", "scd2",
        "source", write(scd2.source()),
        "history", scd2.history() == null ? null : scd2.history().toString(),
        "surrogate_key", scd2.surrogateKey(),
        "key", scd2.key(),
        "track", scd2.track(),
        "valid_from", scd2.validFrom(),
        "close_missing", scd2.closeMissing(),
        "now", scd2.now());
  }

  private static List<Map<String, @Nullable Object>> projections(List<Projection> projections) {
    return projections.stream()
        .map(column -> fields("name", column.name(), "expression", column.expression()))
        .toList();
  }

  private static Map<String, @Nullable Object> order(Order order) {
    return fields("expression", order.expression(), "descending", order.descending());
  }
}
