package dev.leat.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.app.control.ControlHandler;
import dev.leat.app.control.RowsJson;
import dev.leat.flow.engine.Engines;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.util.Map;

/** What other processes may ask of a flow whose steps run: only this one may read its files. */
final class RunningSteps implements ControlHandler {
  private static final ErrorCode STEPS_RUNNING =
      new ErrorCode("STEPS_RUNNING", ErrorCategory.TRANSIENT);

  private final StepDatasets datasets;
  private final Engines engines;

  RunningSteps(LoadedFlow flow, Engines engines) {
    this.datasets = new StepDatasets(flow);
    this.engines = engines;
  }

  @Override
  public Map<String, Object> answer(String operation, JsonNode request) {
    int limit = Math.clamp(request.path("limit").asInt(10), 0, RunningFlow.MOST_ROWS);
    return switch (operation) {
      case "query" ->
          RowsJson.write(
              engines.engine(engines.usual()).query(request.path("sql").asText(), limit));
      case "preview" ->
          RowsJson.write(datasets.preview(engines, request.path("table").asText(), limit));
      default ->
          throw new LeatException(
              STEPS_RUNNING,
              "the source is not followed now: the steps of the flow run",
              "wait for the run to end; `leat runs` shows it");
    };
  }
}
