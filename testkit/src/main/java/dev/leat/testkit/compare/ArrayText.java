package dev.leat.testkit.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads arrays as PostgreSQL writes them (<a
 * href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">array output syntax</a>) and
 * as JSON.
 */
final class ArrayText {
  private static final JsonMapper JSON = new JsonMapper();

  private final String text;
  private int at;

  private ArrayText(String text) {
    this.text = text;
  }

  /**
   * Elements are null, a String, or a List of elements.
   *
   * @throws IllegalArgumentException if it is no array
   */
  static List<? extends @Nullable Object> parse(String text) throws JsonProcessingException {
    // Dimensions that do not begin at 1 stand in front: [0:1]={a,b}
    String body = text.replaceFirst("^(\\[-?\\d+:-?\\d+\\])+=", "");
    if (body.startsWith("{")) {
      ArrayText parser = new ArrayText(body);
      List<@Nullable Object> elements = parser.array();
      if (parser.at != body.length()) {
        throw new IllegalArgumentException("not an array: " + text);
      }
      return elements;
    }
    return json(JSON.readTree(body));
  }

  private static List<? extends @Nullable Object> json(JsonNode node) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("not an array: " + node);
    }
    List<@Nullable Object> elements = new ArrayList<>();
    for (JsonNode element : node) {
      if (element.isNull()) {
        elements.add(null);
      } else if (element.isArray()) {
        elements.add(json(element));
      } else {
        elements.add(element.isTextual() ? element.textValue() : element.toString());
      }
    }
    return elements;
  }

  private List<@Nullable Object> array() {
    expect('{');
    List<@Nullable Object> elements = new ArrayList<>();
    if (peek() == '}') {
      at++;
      return elements;
    }
    while (true) {
      elements.add(element());
      if (peek() == ',') {
        at++;
      } else {
        expect('}');
        return elements;
      }
    }
  }

  private @Nullable Object element() {
    if (peek() == '{') {
      return array();
    }
    if (peek() == '"') {
      return quoted();
    }
    StringBuilder word = new StringBuilder();
    while (peek() != ',' && peek() != '}') {
      word.append(unescaped());
    }
    return word.toString().equals("NULL") ? null : word.toString();
  }

  private String quoted() {
    expect('"');
    StringBuilder word = new StringBuilder();
    while (peek() != '"') {
      word.append(unescaped());
    }
    at++;
    return word.toString();
  }

  private char unescaped() {
    if (peek() == '\\') {
      at++;
    }
    char c = peek();
    at++;
    return c;
  }

  private char peek() {
    if (at >= text.length()) {
      throw new IllegalArgumentException("the array ends early: " + text);
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalArgumentException(
          "expected %s at %d of the array %s".formatted(c, at, text));
    }
    at++;
  }
}
