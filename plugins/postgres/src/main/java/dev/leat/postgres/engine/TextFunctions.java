package dev.leat.postgres.engine;

import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.PortableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Functions of texts. */
final class TextFunctions {
  private static final String BY_BYTES = ") COLLATE \"C\"";

  private TextFunctions() {}

  /** The collation of the texts must not become that of the result. */
  static String extreme(Arguments arguments) {
    PortableFunction function = arguments.call().function();
    List<String> values = arguments.values();
    if (arguments.call().type() != Primitive.TEXT) {
      return function + "(" + String.join(", ", values) + ")";
    }
    return defaultCollation(
        values.stream()
            .map(TextFunctions::byBytes)
            .collect(Collectors.joining(", ", function + "(", ")")));
  }

  /** Also of what is so already. */
  static String byBytes(String text) {
    return text.endsWith(BY_BYTES) ? text : "(" + text + BY_BYTES;
  }

  static String defaultCollation(String text) {
    return "(" + text + ") COLLATE \"default\"";
  }

  static String concat(Arguments arguments) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < arguments.count(); i++) {
      texts.add(arguments.text(i));
    }
    return "(" + String.join(" || ", texts) + ")";
  }

  /** The database's own collation may know no letters but those of ASCII. */
  static String changeCase(Arguments arguments) {
    return defaultCollation(
        "%s((%s) COLLATE %s)"
            .formatted(arguments.call().function(), arguments.text(0), Bookkeeping.UNICODE));
  }

  static String substring(Arguments arguments) {
    String from = "SUBSTRING(%s FROM %s".formatted(arguments.text(0), arguments.integer(1));
    return arguments.count() > 2 ? from + " FOR " + arguments.integer(2) + ")" : from + ")";
  }

  static String pad(Arguments arguments) {
    return "%s(%s, %s, %s)"
        .formatted(
            arguments.call().function(),
            arguments.text(0),
            arguments.integer(1),
            arguments.count() > 2 ? arguments.text(2) : "' '");
  }

  /** Without the last part, PostgreSQL takes backslashes as escapes. */
  static String like(Arguments arguments) {
    return "(%s LIKE %s ESCAPE %s)"
        .formatted(
            arguments.text(0), arguments.text(1), arguments.count() > 2 ? arguments.text(2) : "''");
  }
}
