package dev.leat.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.TableError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values of the state that have parts, as JSON text; each with the version of its form. */
final class StateJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;

  private StateJson() {}

  static String write(StreamIdentity identity) {
    ObjectNode node = object();
    identity.facts().forEach(node.putObject("facts")::put);
    return node.toString();
  }

  static StreamIdentity identity(String text) {
    Map<String, String> facts = new TreeMap<>();
    read(text)
        .path("facts")
        .properties()
        .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    return new StreamIdentity(facts);
  }

  static String write(CopyPlan plan) {
    ObjectNode node = object().put("layout", plan.layout());
    ArrayNode ranges = node.putArray("ranges");
    for (CopyRange range : plan.ranges()) {
      ranges.addObject().put("id", range.id()).put("rows", range.estimatedRows());
    }
    return node.toString();
  }

  static CopyPlan plan(String text) {
    JsonNode node = read(text);
    List<CopyRange> ranges = new ArrayList<>();
    node.path("ranges")
        .forEach(
            range ->
                ranges.add(new CopyRange(range.path("id").asText(), range.path("rows").asLong())));
    return new CopyPlan(node.path("layout").asText(), ranges);
  }

  static String write(TableError error) {
    return object()
        .put("code", error.code())
        .put("reason", error.reason())
        .put("advice", error.advice())
        .put("at", error.at().toString())
        .toString();
  }

  static TableError error(String text) {
    JsonNode node = read(text);
    return new TableError(
        node.path("code").asText(),
        node.path("reason").asText(),
        node.path("advice").asText(),
        Instant.parse(node.path("at").asText()));
  }

  static String write(LeaseHolder holder) {
    return object()
        .put("host", holder.host())
        .put("pid", holder.pid())
        .put("since", holder.since().toString())
        .put("control", holder.control())
        .toString();
  }

  static LeaseHolder holder(String text) {
    JsonNode node = read(text);
    return new LeaseHolder(
        node.path("host").asText(),
        node.path("pid").asLong(),
        Instant.parse(node.path("since").asText()),
        node.path("control").asText());
  }

  static String write(TableSchema schema) {
    ObjectNode node =
        object().put("table", schema.table().toString()).put("identity", schema.identity().name());
    ArrayNode columns = node.putArray("columns");
    for (Column column : schema.columns()) {
      columns
          .addObject()
          .put("number", column.number())
          .put("name", column.name())
          .put("type", column.type().toString())
          .put("nullable", column.nullable())
          .put("sourceType", column.sourceType());
    }
    schema.key().forEach(node.putArray("key")::add);
    return node.toString();
  }

  static TableSchema schema(String text) {
    JsonNode node = read(text);
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : node.path("columns")) {
      columns.add(
          new Column(
              column.path("number").asInt(Column.NO_NUMBER),
              column.path("name").asText(),
              LogicalType.parse(column.path("type").asText()),
              column.path("nullable").asBoolean(),
              column.path("sourceType").asText()));
    }
    List<Integer> key = new ArrayList<>();
    node.path("key").forEach(index -> key.add(index.asInt()));
    return new TableSchema(
        TableId.parse(node.path("table").asText()),
        columns,
        key,
        RowIdentity.valueOf(node.path("identity").asText()));
  }

  private static ObjectNode object() {
    return JSON.createObjectNode().put("version", VERSION);
  }

  private static JsonNode read(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.path("version").asInt() != VERSION) {
        throw new IllegalArgumentException(
            "unknown version of a state value: " + node.path("version"));
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a state value is not JSON", e);
    }
  }
}
