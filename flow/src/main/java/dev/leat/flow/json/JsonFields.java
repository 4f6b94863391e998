package dev.leat.flow.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each read once and as what it has to be; {@link #end()} refuses
 * those that nobody asked for. Errors name the field by its path and never show a value.
 */
public final class JsonFields {
  private final ObjectNode object;
  private final String what;
  private final String path;
  private final ErrorCode code;
  private final String fix;
  private final Set<String> read = new HashSet<>();

  private JsonFields(ObjectNode object, String what, String path, ErrorCode code, String fix) {
    this.object = object;
    this.what = what;
    this.path = path;
    this.code = code;
    this.fix = fix;
  }

  /**
   * Reads a text that is one object.
   *
   * @param what the text is, for errors, such as {@code run 20261125-101530-ab12}
   * @param code of all errors
   * @param fix of all errors
   */
  public static JsonFields parse(String text, String what, ErrorCode code, String fix) {
    JsonNode node;
    try {
      node = JsonText.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new LeatException(
          code,
          "%s is not JSON, at line %d, column %d"
              .formatted(
                  what,
                  place == null ? 1 : place.getLineNr(),
                  place == null ? 1 : place.getColumnNr()),
          fix);
    }
    if (node instanceof ObjectNode object) {
      return new JsonFields(object, what, "", code, fix);
    }
    throw new LeatException(code, what + " is not a JSON object", fix);
  }

  /**
   * Reads the number that says in which form the rest is.
   *
   * @param newest the newest form that is known; older ones from 1 are, too
   * @return the form
   */
  public int format(String key, int newest) {
    long format = number(key);
    if (format > newest) {
      throw new LeatException(
          code,
          "%s has %s %d; this version of Leat knows those up to %d"
              .formatted(what, key, format, newest),
          "use the version of Leat that wrote it, or a newer one");
    }
    if (format < 1) {
      throw wrong(key, "a number from 1");
    }
    return (int) format;
  }

  public String text(String key) {
    return take(key, "a text", JsonNode::isTextual).textValue();
  }

  public @Nullable String textOrNull(String key) {
    return has(key) ? text(key) : null;
  }

  public long number(String key) {
    return take(key, "a whole number", node -> node.canConvertToLong() && node.isIntegralNumber())
        .longValue();
  }

  public boolean flag(String key) {
    return take(key, "true or false", JsonNode::isBoolean).booleanValue();
  }

  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : take(key, "a list of texts", JsonNode::isArray)) {
      if (!node.isTextual()) {
        throw wrong(key, "a list of texts");
      }
      texts.add(node.textValue());
    }
    return texts;
  }

  /** Every field, each of which has to be a text. */
  public Map<String, String> allTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    object.fieldNames().forEachRemaining(key -> texts.put(key, text(key)));
    return texts;
  }

  public JsonFields object(String key) {
    return within((ObjectNode) take(key, "an object", JsonNode::isObject), key);
  }

  public @Nullable JsonFields objectOrNull(String key) {
    return has(key) ? object(key) : null;
  }

  /** Reads every object of a list. */
  public <T> List<T> objects(String key, Function<JsonFields, T> reader) {
    List<T> results = new ArrayList<>();
    for (JsonNode node : take(key, "a list of objects", JsonNode::isArray)) {
      if (!(node instanceof ObjectNode object)) {
        throw wrong(key, "a list of objects");
      }
      results.add(reader.apply(within(object, key + "[" + results.size() + "]")));
    }
    return results;
  }

  public Instant instant(String key) {
    try {
      return Instant.parse(text(key));
    } catch (DateTimeException _) {
      throw wrong(key, "a time such as 2026-11-25T10:15:30Z");
    }
  }

  public @Nullable Instant instantOrNull(String key) {
    return has(key) ? instant(key) : null;
  }

  public @Nullable LocalDate dayOrNull(String key) {
    try {
      return has(key) ? LocalDate.parse(text(key)) : null;
    } catch (DateTimeException _) {
      throw wrong(key, "a day such as 2026-11-25");
    }
  }

  public TableId table(String key) {
    return parsed(key, "a dataset's name such as bronze.orders", TableId::parse);
  }

  /** Reads a text by a parser that throws {@link IllegalArgumentException} for what it refuses. */
  public <T> T parsed(String key, String expected, Function<String, T> parser) {
    String text = text(key);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException _) {
      throw wrong(key, expected);
    }
  }

  /** Whether there is such a field, with anything but null. */
  public boolean has(String key) {
    read.add(key);
    return object.hasNonNull(key);
  }

  /** Refuses fields that were not read. */
  public void end() {
    for (var field : object.properties()) {
      if (!read.contains(field.getKey())) {
        throw new LeatException(code, what + ": nothing is known of " + at(field.getKey()), fix);
      }
    }
  }

  /** Reads the rest by {@code reader}, then refuses what it did not read. */
  public <T> T all(Function<JsonFields, T> reader) {
    T result;
    try {
      result = reader.apply(this);
    } catch (IllegalArgumentException e) {
      throw new LeatException(
          code, what + ": " + (path.isEmpty() ? "" : path + ": ") + e.getMessage(), fix, e);
    }
    end();
    return result;
  }

  /** An error about one field. */
  public LeatException wrong(String key, String expected) {
    return new LeatException(code, what + ": " + at(key) + " has to be " + expected, fix);
  }

  private JsonNode take(String key, String expected, Predicate<JsonNode> right) {
    read.add(key);
    JsonNode node = object.get(key);
    if (node == null || node.isNull()) {
      throw new LeatException(
          code, what + ": " + at(key) + " is missing; it has to be " + expected, fix);
    }
    if (!right.test(node)) {
      throw wrong(key, expected);
    }
    return node;
  }

  private JsonFields within(ObjectNode node, String key) {
    return new JsonFields(node, what, at(key), code, fix);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
