package dev.leat.sqlite.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.sqlite.engine.ScalarFunction.Arguments;
import dev.leat.sqlite.engine.ScalarFunction.Body;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/** The functions that every connection has besides SQLite's own, by name. */
final class Functions {
  private static final int ANY_NUMBER = -1;
  private static final int MOST_PATTERNS = 100;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Map<String, Body> STRICT = strict();

  private Functions() {}

  static void register(Connection connection) throws SQLException {
    for (Map.Entry<String, Body> function : STRICT.entrySet()) {
      create(connection, function.getKey(), new ScalarFunction(true, function.getValue()));
    }
    create(connection, "leat_greatest", new ScalarFunction(false, a -> extreme(a, 1)));
    create(connection, "leat_least", new ScalarFunction(false, a -> extreme(a, -1)));
    create(connection, "leat_regexp_like", new ScalarFunction(true, regexpLike()));
    create(connection, "leat_stddev_samp", new DeviationFunction());
  }

  private static void create(Connection connection, String name, Function function)
      throws SQLException {
    Function.create(connection, name, function, ANY_NUMBER, Function.FLAG_DETERMINISTIC);
  }

  private static Map<String, Body> strict() {
    Map<String, Body> functions = new LinkedHashMap<>();
    functions.put("leat_upper", a -> TextFunctions.upper(a.text(0)));
    functions.put("leat_lower", a -> TextFunctions.lower(a.text(0)));
    functions.put("leat_lpad", a -> pad(a, true));
    functions.put("leat_rpad", a -> pad(a, false));
    functions.put("leat_split_part", a -> TextFunctions.part(a.text(0), a.text(1), a.number(2)));
    functions.put("leat_starts_with", a -> a.text(0).startsWith(a.text(1)));
    functions.put("leat_md5", a -> TextFunctions.md5(a.text(0)));
    functions.put("leat_extract", a -> TimeFunctions.extract(a.text(0), a.text(1)));
    functions.put("leat_date_trunc", a -> TimeFunctions.truncate(a.text(0), a.text(1)));
    functions.put("leat_date_add", a -> TimeFunctions.add(a.text(0), a.text(1), a.number(2)));
    functions.put("leat_date_diff", a -> TimeFunctions.difference(a.text(0), a.text(1), a.text(2)));
    functions.put("leat_round", a -> NumberFunctions.round(a.value(0), a.number(1)));
    functions.put("leat_mod", a -> NumberFunctions.remainder(a.value(0), a.value(1)));
    functions.put("leat_whole", a -> NumberFunctions.whole(a.value(0), a.number(1)));
    functions.put(
        "leat_integer", a -> NumberFunctions.integer(a.value(0), a.number(1), a.number(2) != 0));
    functions.put(
        "leat_decimal", a -> NumberFunctions.decimal(a.value(0), a.number(1), a.number(2)));
    functions.put("leat_decimal_text", a -> NumberFunctions.decimalText(a.value(0), a.number(1)));
    functions.put("leat_double", a -> NumberFunctions.real(a.value(0)));
    functions.put("leat_float", a -> NumberFunctions.single(a.value(0)));
    functions.put("leat_boolean", a -> truth(a.text(0)));
    functions.put("leat_date", a -> Temporals.text(Temporals.date(a.text(0))));
    functions.put("leat_timestamp", a -> Temporals.text(Temporals.timestamp(a.text(0), false)));
    functions.put("leat_timestamptz", a -> Temporals.text(Temporals.timestamp(a.text(0), true)));
    functions.put("leat_time", a -> Temporals.time(Temporals.time(a.text(0))));
    functions.put("leat_uuid", a -> uuid(a.text(0)));
    functions.put("leat_json", a -> json(a.text(0)));
    return functions;
  }

  private static String pad(Arguments arguments, boolean left) {
    String fill = arguments.values().size() > 2 ? arguments.text(2) : " ";
    return TextFunctions.pad(arguments.text(0), arguments.number(1), fill, left);
  }

  /** Patterns are the same from row to row. */
  private static Body regexpLike() {
    Map<String, Pattern> patterns = new HashMap<>();
    return arguments -> {
      if (patterns.size() > MOST_PATTERNS) {
        patterns.clear();
      }
      return patterns
          .computeIfAbsent(arguments.text(1), TextFunctions::pattern)
          .matcher(arguments.text(0))
          .find();
    };
  }

  private static @Nullable Object extreme(Arguments arguments, int sign) {
    Object result = null;
    for (Object value : arguments.values()) {
      if (value != null && (result == null || NumberFunctions.compare(value, result) * sign > 0)) {
        result = value;
      }
    }
    return result;
  }

  private static boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ValueException("a text is not true or false");
    };
  }

  static String uuid(String text) {
    if (text.length() != 36) {
      throw new ValueException("a text is not a UUID");
    }
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException _) {
      throw new ValueException("a text is not a UUID");
    }
  }

  private static String json(String text) {
    try {
      if (!JSON.readTree(text).isMissingNode()) {
        return text;
      }
    } catch (JsonProcessingException _) {
      throw new ValueException("a text is not JSON");
    }
    throw new ValueException("a text is not JSON");
  }
}
