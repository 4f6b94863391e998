package dev.leat.app.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** JSON on one line, from maps, lists, strings, numbers and booleans. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON value: " + value.getClass(), e);
    }
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static JsonNode read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw new IllegalArgumentException("no JSON: the text is empty");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The value as plain maps, lists, strings and numbers. */
  public static Map<?, ?> toMap(JsonNode node) {
    return MAPPER.convertValue(node, Map.class);
  }
}
