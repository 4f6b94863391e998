package dev.leat.app.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.TableProgress;
import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.TableError;
import dev.leat.spi.state.TablePhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A replication's figures as JSON. */
public final class ProgressJson {
  private ProgressJson() {}

  public static Map<String, Object> write(ReplicationProgress progress) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stage", lower(progress.stage()));
    json.put("durable", progress.durable().toString());
    json.put("server", progress.serverPosition().toString());
    json.put("lag_bytes", progress.lagBytes());
    if (progress.retainedBytes() >= 0) {
      json.put("retained_bytes", progress.retainedBytes());
    }
    json.put("lag_ms", progress.lagMillis());
    json.put("rows_copied", progress.rowsCopied());
    json.put("bytes_copied", progress.bytesCopied());
    json.put("changes_applied", progress.changesApplied());
    json.put("changes_per_second", Math.round(progress.changesPerSecond() * 10) / 10.0);
    Instant lastCommit = progress.lastCommit();
    if (lastCommit != null) {
      json.put("last_commit", lastCommit.toString());
    }
    String trouble = progress.trouble();
    if (trouble != null) {
      json.put("trouble", trouble);
    }
    json.put("tables", progress.tables().stream().map(ProgressJson::table).toList());
    return json;
  }

  private static Map<String, Object> table(TableProgress table) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", table.table().toString());
    json.put("destination", table.destination().toString());
    json.put("phase", lower(table.phase()));
    json.put("estimated_rows", table.estimatedRows());
    json.put("estimated_bytes", table.estimatedBytes());
    json.put("rows_copied", table.rowsCopied());
    json.put("bytes_copied", table.bytesCopied());
    json.put("ranges_finished", table.rangesFinished());
    json.put("ranges", table.ranges());
    json.put("changes", table.changes());
    TableError error = table.error();
    if (error != null) {
      json.put("error", error(error));
    }
    return json;
  }

  public static Map<String, Object> error(TableError error) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", error.code());
    json.put("message", error.reason());
    json.put("fix", error.advice());
    json.put("at", error.at().toString());
    return json;
  }

  public static ReplicationProgress read(JsonNode json) {
    List<TableProgress> tables = new ArrayList<>();
    for (JsonNode table : json.path("tables")) {
      tables.add(
          new TableProgress(
              TableId.parse(table.path("table").asText()),
              TableId.parse(table.path("destination").asText()),
              TablePhase.valueOf(upper(table.path("phase"))),
              table.path("estimated_rows").asLong(),
              table.path("estimated_bytes").asLong(),
              table.path("rows_copied").asLong(),
              table.path("bytes_copied").asLong(),
              table.path("ranges_finished").asInt(),
              table.path("ranges").asInt(),
              table.path("changes").asLong(),
              readError(table.path("error"))));
    }
    return new ReplicationProgress(
        ReplicationProgress.Stage.valueOf(upper(json.path("stage"))),
        tables,
        Position.parse(json.path("durable").asText()),
        Position.parse(json.path("server").asText()),
        json.path("lag_bytes").asLong(),
        json.path("retained_bytes").asLong(-1),
        json.path("lag_ms").asLong(),
        json.path("changes_applied").asLong(),
        json.path("changes_per_second").asDouble(),
        json.has("last_commit") ? Instant.parse(json.path("last_commit").asText()) : null,
        json.has("trouble") ? json.path("trouble").asText() : null);
  }

  private static @Nullable TableError readError(JsonNode json) {
    return json.isMissingNode()
        ? null
        : new TableError(
            json.path("code").asText(),
            json.path("message").asText(),
            json.path("fix").asText(),
            Instant.parse(json.path("at").asText()));
  }

  /** As people and programs read it: {@code catching_up}. */
  public static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(JsonNode text) {
    return text.asText().toUpperCase(Locale.ROOT);
  }
}
