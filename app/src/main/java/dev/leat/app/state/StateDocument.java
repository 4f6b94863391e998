package dev.leat.app.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.spi.Position;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableError;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a store remembers of one replication, as JSON without secrets.
 *
 * @param state of the whole; null if it never began
 * @param tables all known
 * @param schemas all versions of all tables, each table's oldest first
 */
public record StateDocument(
    String replication,
    @Nullable ReplicationState state,
    List<TableState> tables,
    List<SchemaVersion> schemas) {
  private static final int VERSION = 1;
  private static final ErrorCode NO_STATE = new ErrorCode("STATE_DOCUMENT", ErrorCategory.CONFIG);

  /** What a store knows. */
  public static StateDocument of(StateStore store, String replication) {
    List<TableState> tables = store.tables(replication);
    List<SchemaVersion> schemas = new ArrayList<>();
    tables.forEach(table -> schemas.addAll(store.schemas(replication, table.table())));
    return new StateDocument(
        replication, store.replication(replication).orElse(null), tables, schemas);
  }

  /** Makes a store know it, and nothing else of that replication. */
  public void save(StateStore store) {
    store.deleteReplication(replication);
    if (state != null) {
      store.saveReplication(state);
    }
    schemas.forEach(version -> store.saveSchema(replication, version));
    tables.forEach(table -> store.saveTable(replication, table));
  }

  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("leat_state", VERSION);
    json.put("replication", replication);
    if (state != null) {
      json.put("start", state.start().toString());
      json.put("saved", state.saved().toString());
      StreamIdentity stream = state.stream();
      json.put("stream", stream == null ? null : new TreeMap<>(stream.facts()));
    }
    json.put("tables", tables.stream().map(StateDocument::write).toList());
    json.put("schemas", schemas.stream().map(StateDocument::write).toList());
    return json;
  }

  private static Map<String, @Nullable Object> write(TableState table) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("table", table.table().toString());
    json.put("destination", table.destination().toString());
    json.put("phase", table.phase().name().toLowerCase(Locale.ROOT));
    json.put("rows", table.rows());
    json.put("copied_from", text(table.copiedFrom()));
    json.put("consistent_from", text(table.consistentFrom()));
    CopyPlan plan = table.plan();
    if (plan != null) {
      json.put("layout", plan.layout());
      json.put(
          "ranges",
          plan.ranges().stream()
              .map(range -> Map.of("id", range.id(), "rows", range.estimatedRows()))
              .toList());
    }
    TableError error = table.error();
    if (error != null) {
      json.put(
          "error",
          Map.of(
              "code", error.code(),
              "reason", error.reason(),
              "advice", error.advice(),
              "at", error.at().toString()));
    }
    return json;
  }

  private static Map<String, @Nullable Object> write(SchemaVersion version) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    TableSchema schema = version.schema();
    json.put("table", schema.table().toString());
    json.put("from", version.from().toString());
    json.put("identity", schema.identity().name().toLowerCase(Locale.ROOT));
    json.put("key", schema.key());
    json.put(
        "columns",
        schema.columns().stream()
            .map(
                column ->
                    Map.of(
                        "number", column.number(),
                        "name", column.name(),
                        "type", column.type().toString(),
                        "nullable", column.nullable(),
                        "source_type", column.sourceType()))
            .toList());
    return json;
  }

  private static @Nullable String text(@Nullable Position position) {
    return position == null ? null : position.toString();
  }

  /**
   * Reads what {@link #json()} wrote.
   *
   * @throws LeatException if it is something else, or of a newer version
   */
  public static StateDocument read(JsonNode json) {
    int version = json.path("leat_state").asInt(0);
    if (version != VERSION) {
      throw new LeatException(
          NO_STATE,
          version == 0
              ? "that is no exported state"
              : "the state was exported by a newer Leat (version " + version + ")",
          "export it with `leat state export`, with the same version of Leat");
    }
    try {
      String replication = json.path("replication").asText();
      List<TableState> tables = new ArrayList<>();
      json.path("tables").forEach(table -> tables.add(table(table)));
      List<SchemaVersion> schemas = new ArrayList<>();
      json.path("schemas").forEach(schema -> schemas.add(schema(schema)));
      return new StateDocument(replication, state(replication, json), tables, schemas);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new LeatException(
          NO_STATE, "the exported state is damaged: " + e.getMessage(), "export it again", e);
    }
  }

  private static @Nullable ReplicationState state(String replication, JsonNode json) {
    if (!json.has("saved")) {
      return null;
    }
    JsonNode stream = json.path("stream");
    Map<String, String> facts = new TreeMap<>();
    stream.properties().forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    return new ReplicationState(
        replication,
        stream.isObject() ? new StreamIdentity(facts) : null,
        Position.parse(json.path("start").asText()),
        Position.parse(json.path("saved").asText()));
  }

  private static TableState table(JsonNode json) {
    List<CopyRange> ranges = new ArrayList<>();
    json.path("ranges")
        .forEach(
            range ->
                ranges.add(new CopyRange(range.path("id").asText(), range.path("rows").asLong())));
    JsonNode error = json.path("error");
    return new TableState(
        TableId.parse(json.path("table").asText()),
        TableId.parse(json.path("destination").asText()),
        TablePhase.valueOf(json.path("phase").asText().toUpperCase(Locale.ROOT)),
        json.has("layout") ? new CopyPlan(json.path("layout").asText(), ranges) : null,
        position(json.path("copied_from")),
        position(json.path("consistent_from")),
        json.path("rows").asLong(),
        error.isObject()
            ? new TableError(
                error.path("code").asText(),
                error.path("reason").asText(),
                error.path("advice").asText(),
                Instant.parse(error.path("at").asText()))
            : null);
  }

  private static @Nullable Position position(JsonNode json) {
    return json.isTextual() ? Position.parse(json.asText()) : null;
  }

  private static SchemaVersion schema(JsonNode json) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : json.path("columns")) {
      columns.add(
          new Column(
              column.path("number").asInt(),
              column.path("name").asText(),
              LogicalType.parse(column.path("type").asText()),
              column.path("nullable").asBoolean(),
              column.path("source_type").asText()));
    }
    List<Integer> key = new ArrayList<>();
    json.path("key").forEach(index -> key.add(index.asInt()));
    return new SchemaVersion(
        Position.parse(json.path("from").asText()),
        new TableSchema(
            TableId.parse(json.path("table").asText()),
            columns,
            key,
            RowIdentity.valueOf(json.path("identity").asText().toUpperCase(Locale.ROOT))));
  }
}
