package dev.leat.app.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Answers one request of another process; called by several threads. */
@FunctionalInterface
public interface ControlHandler {

  /**
   * Carries out the operation.
   *
   * @param operation what is asked for
   * @param request the whole request
   * @throws dev.leat.spi.error.LeatException what the other process is to be told
   */
  Map<String, Object> answer(String operation, JsonNode request);
}
