package dev.leat.duckdb;

import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@link HashRequest}s as queries of DuckDB. */
final class DuckDbHashSql {
  private DuckDbHashSql() {}

  static String query(TableTarget target, List<Column> columns, HashRequest request) {
    List<Column> key = target.schema().hasKey() ? target.schema().keyColumns() : columns;
    String rowHash = "md5(" + row(columns) + ")";
    String keyHash = target.schema().hasKey() ? "md5(" + row(key) + ")" : rowHash;
    List<String> selected = new ArrayList<>(List.of(keyHash + " AS k", rowHash + " AS r"));
    String head;
    String tail;
    switch (request.answer()) {
      case HashRequest.Buckets(int digits) -> {
        head = "SELECT substr(k, 1, " + digits + "), " + sums();
        tail = " GROUP BY 1";
      }
      case HashRequest.Rows() -> {
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < key.size(); i++) {
          selected.add("CAST(" + DuckDbSql.quote(key.get(i).name()) + " AS VARCHAR) AS t" + i);
          texts.append(", min(t").append(i).append(')');
        }
        head = "SELECT k, " + sums() + texts;
        tail = " GROUP BY k";
      }
      case HashRequest.Values() -> {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
          Column column = columns.get(i);
          selected.add(
              "md5(" + canonical(DuckDbSql.quote(column.name()), column.type()) + ") AS v" + i);
          values.append(", v").append(i);
        }
        head = "SELECT k" + values;
        tail = "";
      }
    }
    List<String> inner = new ArrayList<>();
    if (target.mode() == WriteMode.MIRROR_KEEPING_DELETED) {
      inner.add("NOT " + DuckDbSql.DELETED);
    }
    String where = "";
    switch (request.selection()) {
      case HashRequest.All() -> {}
      case HashRequest.Prefixes(List<String> prefixes) ->
          where =
              " WHERE substr(k, 1, "
                  + prefixes.getFirst().length()
                  + ") IN ("
                  + prefixes.stream().map(DuckDbSql::literal).collect(Collectors.joining(", "))
                  + ")";
      case HashRequest.Keys(List<List<String>> keys) -> inner.add(isOneOf(key, keys));
    }
    return head
        + " FROM (SELECT "
        + String.join(", ", selected)
        + " FROM "
        + DuckDbSql.quote(target.table())
        + (inner.isEmpty() ? "" : " WHERE " + String.join(" AND ", inner))
        + ") AS h"
        + where
        + tail;
  }

  private static String sums() {
    return "count(*), sum(CAST('0x' || substr(r, 1, 15) AS BIGINT))";
  }

  private static String isOneOf(List<Column> key, List<List<String>> keys) {
    return keys.stream()
        .map(
            values -> {
              List<String> conditions = new ArrayList<>();
              for (int i = 0; i < key.size(); i++) {
                conditions.add(
                    DuckDbSql.quote(key.get(i).name())
                        + " = CAST("
                        + DuckDbSql.literal(values.get(i))
                        + " AS "
                        + DuckDbSql.type(key.get(i).type())
                        + ")");
              }
              return "(" + String.join(" AND ", conditions) + ")";
            })
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private static String row(List<Column> columns) {
    return columns.isEmpty()
        ? "''"
        : columns.stream()
            .map(column -> marked(DuckDbSql.quote(column.name()), column.type()))
            .collect(Collectors.joining(" || "));
  }

  private static String marked(String value, LogicalType type) {
    String canonical = canonical(value, type);
    return "CASE WHEN "
        + value
        + " IS NULL THEN 'N' ELSE 'V' || length("
        + canonical
        + ") || ':' || "
        + canonical
        + " END";
  }

  private static String canonical(String value, LogicalType type) {
    String text = "CAST(" + value + " AS VARCHAR)";
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> "CASE WHEN " + value + " THEN 't' ELSE 'f' END";
            case INT16, INT32, INT64, UUID, JSON, TEXT -> text;
            case FLOAT32, FLOAT64 -> "CAST(CAST(" + value + " AS BIT) AS VARCHAR)";
            case BINARY -> "lower(hex(" + value + "))";
            case DATE ->
                finite(
                    value, "CAST(date_diff('day', DATE '1970-01-01', " + value + ") AS VARCHAR)");
            case TIME -> "CAST(epoch_us(" + value + ") AS VARCHAR)";
            case TIMESTAMP, TIMESTAMP_TZ ->
                finite(value, "CAST(epoch_us(" + value + ") AS VARCHAR)");
            case INTERVAL ->
                ("(datepart('year', %1$s) * 12 + datepart('month', %1$s)) || '/' || datepart('day',"
                        + " %1$s) || '/' || (datepart('hour', %1$s) * 3600000000 +"
                        + " datepart('minute', %1$s) * 60000000 + datepart('microseconds', %1$s))")
                    .formatted(value);
          };
      case Decimal _ -> text;
      case ListOf(LogicalType element) ->
          "array_to_string(list_transform("
              + value
              + ", lambda e: "
              + marked("e", element)
              + "), '')";
    };
  }

  private static String finite(String value, String number) {
    return "CASE WHEN isfinite("
        + value
        + ") THEN "
        + number
        + " ELSE CAST("
        + value
        + " AS VARCHAR) END";
  }
}
