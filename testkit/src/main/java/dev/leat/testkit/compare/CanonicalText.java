package dev.leat.testkit.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.leat.testkit.compare.ValueKind.Base;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One text for each value, however the system writes it: {@code 1.50} and {@code 1.5} are one
 * number, {@code t} and {@code true} one boolean.
 *
 * <p>A text that is no value of its kind stays as it is, and so differs from every value.
 */
final class CanonicalText {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private CanonicalText() {}

  static @Nullable String of(@Nullable String text, ValueKind kind) {
    if (text == null) {
      return null;
    }
    try {
      return kind.array() ? array(ArrayText.parse(text), kind.base()) : scalar(text, kind.base());
    } catch (IllegalArgumentException | DateTimeException | JsonProcessingException e) {
      return text;
    }
  }

  private static String array(List<? extends @Nullable Object> elements, Base base)
      throws JsonProcessingException {
    StringBuilder result = new StringBuilder("[");
    for (Object element : elements) {
      result.append(result.length() == 1 ? "" : ", ");
      switch (element) {
        case null -> result.append("NULL");
        case List<?> nested -> result.append(array(nested, base));
        default ->
            result
                .append('"')
                .append(scalar(element.toString(), base).replace("\"", "\"\""))
                .append('"');
      }
    }
    return result.append(']').toString();
  }

  private static String scalar(String text, Base base) throws JsonProcessingException {
    return switch (base) {
      case BOOLEAN -> truth(text);
      case NUMBER -> number(text);
      case REAL -> number(Float.toString(Float.parseFloat(javaFloat(text))));
      case DOUBLE -> number(Double.toString(Double.parseDouble(javaFloat(text))));
      case DATE -> TemporalText.date(text);
      case TIME -> TemporalText.time(text);
      case TIME_WITH_ZONE -> TemporalText.timeWithZone(text);
      case TIMESTAMP -> TemporalText.timestamp(text);
      case TIMESTAMP_WITH_ZONE -> TemporalText.timestampWithZone(text);
      case INTERVAL -> IntervalText.canonical(text);
      case JSON -> JSON.writeValueAsString(JSON.readValue(text, Object.class));
      case BYTES, UUID -> text.toLowerCase(Locale.ROOT);
      case TEXT -> text;
    };
  }

  private static String truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "t", "true", "1" -> "true";
      case "f", "false", "0" -> "false";
      default -> text;
    };
  }

  private static String number(String text) {
    String special = javaFloat(text);
    if (special.equals("NaN") || special.endsWith("Infinity")) {
      return special;
    }
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  private static String javaFloat(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> "NaN";
      case "inf", "+inf", "infinity" -> "Infinity";
      case "-inf", "-infinity" -> "-Infinity";
      default -> text;
    };
  }

  /** A row for a message. */
  static String show(List<String> columns, List<@Nullable String> values) {
    return java.util.stream.IntStream.range(0, columns.size())
        .mapToObj(i -> columns.get(i) + "=" + shorten(values.get(i)))
        .collect(Collectors.joining(", "));
  }

  static String shorten(@Nullable String value) {
    if (value == null) {
      return "NULL";
    }
    return value.length() <= 120
        ? value
        : "%s… (%d characters)".formatted(value.substring(0, 100), value.length());
  }
}
