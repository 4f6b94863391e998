package dev.leat.app.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.spi.destination.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small result as JSON. */
public final class RowsJson {
  private RowsJson() {}

  public static Map<String, Object> write(Rows rows) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("columns", rows.columns());
    json.put("types", rows.types());
    json.put("rows", rows.rows());
    return json;
  }

  public static Rows read(JsonNode json) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (JsonNode row : json.path("rows")) {
      rows.add(texts(row));
    }
    return new Rows(names(json.path("columns")), names(json.path("types")), rows);
  }

  private static List<String> names(JsonNode list) {
    List<String> result = new ArrayList<>();
    list.forEach(node -> result.add(node.asText()));
    return result;
  }

  private static List<@Nullable String> texts(JsonNode list) {
    List<@Nullable String> result = new ArrayList<>();
    for (JsonNode node : list) {
      result.add(node.isNull() ? null : node.asText());
    }
    return result;
  }
}
