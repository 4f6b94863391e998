package dev.leat.flow.repository;

import dev.leat.flow.json.JsonFields;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns, and changes of them, as JSON. */
final class ColumnJson {
  private ColumnJson() {}

  static List<Map<String, @Nullable Object>> write(List<Column> columns) {
    return columns.stream().map(ColumnJson::write).toList();
  }

  static List<Column> columns(JsonFields json, String key) {
    return json.objects(key, ColumnJson::column);
  }

  static Map<String, @Nullable Object> write(ColumnChange change) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    switch (change) {
      case ColumnChange.Added(Column column) -> {
        json.put("change", "added");
        json.put("column", write(column));
      }
      case ColumnChange.Dropped(Column column) -> {
        json.put("change", "dropped");
        json.put("column", write(column));
      }
      case ColumnChange.Renamed(Column before, Column after) -> {
        json.put("change", "renamed");
        json.put("before", write(before));
        json.put("after", write(after));
      }
      case ColumnChange.Retyped(Column before, Column after) -> {
        json.put("change", "retyped");
        json.put("before", write(before));
        json.put("after", write(after));
      }
    }
    return json;
  }

  static List<ColumnChange> changes(JsonFields json, String key) {
    return json.objects(key, each -> each.all(ColumnJson::change));
  }

  private static ColumnChange change(JsonFields json) {
    return switch (json.text("change")) {
      case "added" -> new ColumnChange.Added(column(json.object("column")));
      case "dropped" -> new ColumnChange.Dropped(column(json.object("column")));
      case "renamed" ->
          new ColumnChange.Renamed(column(json.object("before")), column(json.object("after")));
      case "retyped" ->
          new ColumnChange.Retyped(column(json.object("before")), column(json.object("after")));
      default -> throw json.wrong("change", "one of added, dropped, renamed, retyped");
    };
  }

  private static Map<String, @Nullable Object> write(Column column) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("type", column.type().toString());
    json.put("nullable", column.nullable());
    json.put("source_type", column.sourceType());
    if (column.number() != Column.NO_NUMBER) {
      json.put("number", column.number());
    }
    return json;
  }

  private static Column column(JsonFields fields) {
    return fields.all(
        json ->
            new Column(
                json.has("number") ? Math.toIntExact(json.number("number")) : Column.NO_NUMBER,
                json.text("name"),
                json.parsed("type", "a type such as INT64 or DECIMAL(10,2)", ColumnJson::type),
                json.flag("nullable"),
                json.text("source_type")));
  }

  private static LogicalType type(String text) {
    try {
      return LogicalType.parse(text);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
