package dev.leat.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.app.control.ControlHandler;
import dev.leat.app.control.ProgressJson;
import dev.leat.app.control.RowsJson;
import dev.leat.replication.Replication;
import dev.leat.replication.TableAction;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.Rows;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.util.Map;

/** What other processes may ask of a flow that runs. */
final class RunningFlow implements ControlHandler {
  static final int MOST_ROWS = 10_000;
  private static final ErrorCode UNKNOWN_OPERATION =
      new ErrorCode("CONTROL_UNKNOWN_OPERATION", ErrorCategory.CONFIG);
  private static final ErrorCode BAD_NAME =
      new ErrorCode("TABLE_NAME_INVALID", ErrorCategory.CONFIG);

  private static final ErrorCode NO_ENGINE =
      new ErrorCode("DESTINATION_NO_ENGINE", ErrorCategory.CONFIG);

  private final Replication replication;
  private final Destination destination;

  RunningFlow(Replication replication, Destination destination) {
    this.replication = replication;
    this.destination = destination;
  }

  @Override
  public Map<String, Object> answer(String operation, JsonNode request) {
    int limit = Math.clamp(request.path("limit").asInt(10), 0, MOST_ROWS);
    return switch (operation) {
      case "status" -> ProgressJson.write(replication.progress());
      case "preview" ->
          RowsJson.write(destination.preview(table(request.path("table").asText()), limit));
      case "pause" -> request(request, TableAction.PAUSE);
      case "resume" -> request(request, TableAction.RESUME);
      case "resync" -> request(request, TableAction.RESYNC);
      case "query" -> RowsJson.write(query(destination, request.path("sql").asText(), limit));
      default ->
          throw new LeatException(
              UNKNOWN_OPERATION,
              "this version of Leat does not know the request " + operation,
              "use the same version for both processes");
    };
  }

  private Map<String, Object> request(JsonNode request, TableAction action) {
    replication.request(table(request.path("table").asText()), action);
    return Map.of();
  }

  static Rows query(Destination destination, String sql, int limit) {
    return destination
        .queries()
        .orElseThrow(
            () ->
                new LeatException(
                    NO_ENGINE,
                    destination.describe() + " cannot be queried",
                    "ask it with a program of its own"))
        .query(sql, limit);
  }

  private static TableId table(String name) {
    try {
      return TableId.parse(name);
    } catch (IllegalArgumentException e) {
      throw new LeatException(
          BAD_NAME, String.valueOf(e.getMessage()), "write the name as schema.table", e);
    }
  }
}
