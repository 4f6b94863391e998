package dev.leat.postgres.compare;

import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.schema.TableShape;
import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@link HashRequest}s as queries of PostgreSQL. */
public final class HashSql {
  private HashSql() {}

  /** The query that answers a request about the rows and columns that are replicated. */
  public static String query(TableShape shape, List<Column> columns, HashRequest request) {
    List<Column> key = shape.schema().hasKey() ? shape.schema().keyColumns() : columns;
    String rowHash = "pg_catalog.md5(pg_catalog.convert_to(" + row(columns) + ", 'UTF8'))";
    String keyHash =
        shape.schema().hasKey()
            ? "pg_catalog.md5(pg_catalog.convert_to(" + row(key) + ", 'UTF8'))"
            : rowHash;
    List<String> selected = new ArrayList<>(List.of(keyHash + " AS k", rowHash + " AS r"));
    String outer =
        switch (request.answer()) {
          case HashRequest.Buckets(int digits) ->
              "SELECT substr(k, 1, " + digits + "), " + sums() + " FROM (%s) AS h%s GROUP BY 1";
          case HashRequest.Rows() -> {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < key.size(); i++) {
              selected.add(text(Sql.identifier(key.get(i).name())) + " AS t" + i);
              texts.add("min(t" + i + ")");
            }
            yield "SELECT k, " + sums() + list(texts) + " FROM (%s) AS h%s GROUP BY k";
          }
          case HashRequest.Values() -> {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
              selected.add(
                  "pg_catalog.md5(pg_catalog.convert_to("
                      + canonical(Sql.identifier(columns.get(i).name()), columns.get(i).type())
                      + ", 'UTF8')) AS v"
                      + i);
              values.add("v" + i);
            }
            yield "SELECT k" + list(values) + " FROM (%s) AS h%s";
          }
        };
    List<String> inner = new ArrayList<>();
    if (shape.part().rowFilter() != null) {
      inner.add("(" + shape.part().rowFilter() + ")");
    }
    String where = "";
    switch (request.selection()) {
      case HashRequest.All() -> {}
      case HashRequest.Prefixes(List<String> prefixes) ->
          where =
              " WHERE substr(k, 1, "
                  + prefixes.getFirst().length()
                  + ") IN ("
                  + prefixes.stream().map(Sql::literal).collect(Collectors.joining(", "))
                  + ")";
      case HashRequest.Keys(List<List<String>> keys) -> inner.add(isOneOf(key, keys));
    }
    String rows =
        "SELECT "
            + String.join(", ", selected)
            + " FROM "
            + (shape.table().partitioned() ? "" : "ONLY ")
            + Sql.table(shape.schema().table())
            + (inner.isEmpty() ? "" : " WHERE " + String.join(" AND ", inner));
    return outer.formatted(rows, where);
  }

  private static String sums() {
    return "count(*), sum(('x0' || substr(r, 1, 15))::bit(64)::bigint)";
  }

  private static String list(List<String> items) {
    return items.stream().map(item -> ", " + item).collect(Collectors.joining());
  }

  private static String isOneOf(List<Column> key, List<List<String>> keys) {
    return "("
        + key.stream().map(c -> Sql.identifier(c.name())).collect(Collectors.joining(", "))
        + ") IN ("
        + keys.stream()
            .map(
                values ->
                    "(" + values.stream().map(Sql::literal).collect(Collectors.joining(", ")) + ")")
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static String row(List<Column> columns) {
    return columns.isEmpty()
        ? "''"
        : columns.stream()
            .map(column -> marked(Sql.identifier(column.name()), column.type()))
            .collect(Collectors.joining(" || "));
  }

  private static String marked(String value, LogicalType type) {
    String canonical = canonical(value, type);
    return "CASE WHEN "
        + value
        + " IS NOT DISTINCT FROM NULL THEN 'N' ELSE 'V' || pg_catalog.length("
        + canonical
        + ") || ':' || "
        + canonical
        + " END";
  }

  /** As the type's output function writes it. */
  private static String text(String value) {
    return "CASE WHEN "
        + value
        + " IS DISTINCT FROM NULL THEN pg_catalog.concat("
        + value
        + ") END";
  }

  private static String canonical(String value, LogicalType type) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> "CASE WHEN " + value + " THEN 't' ELSE 'f' END";
            case INT16, INT32, INT64, UUID, JSON -> value + "::pg_catalog.text";
            case TEXT -> text(value);
            case FLOAT32 ->
                "(('x' || encode(float4send(" + value + "), 'hex'))::bit(32))::pg_catalog.text";
            case FLOAT64 ->
                "(('x' || encode(float8send(" + value + "), 'hex'))::bit(64))::pg_catalog.text";
            case BINARY -> "encode(" + value + ", 'hex')";
            case DATE -> finite(value, "(" + value + " - date '1970-01-01')");
            case TIME -> "(extract(epoch FROM " + value + ") * 1000000)::bigint::pg_catalog.text";
            case TIMESTAMP, TIMESTAMP_TZ ->
                finite(value, "(extract(epoch FROM " + value + ") * 1000000)::bigint");
            case INTERVAL ->
                ("(extract(year FROM %1$s) * 12 + extract(month FROM %1$s))::bigint || '/' ||"
                        + " extract(day FROM %1$s)::bigint || '/' || (extract(hour FROM %1$s) *"
                        + " 3600000000 + extract(minute FROM %1$s) * 60000000 + extract(microseconds"
                        + " FROM %1$s))::bigint")
                    .formatted(value);
          };
      case Decimal _ -> value + "::pg_catalog.text";
      case ListOf(LogicalType element) ->
          "(SELECT coalesce(string_agg("
              + marked("u.e", element)
              + ", '' ORDER BY u.o), '') FROM unnest("
              + value
              + ") WITH ORDINALITY AS u(e, o))";
    };
  }

  private static String finite(String value, String number) {
    return "CASE WHEN isfinite("
        + value
        + ") THEN "
        + number
        + "::pg_catalog.text ELSE "
        + value
        + "::pg_catalog.text END";
  }
}
