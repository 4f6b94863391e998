package dev.leat.postgres.engine;

import dev.leat.postgres.types.StoredTypes;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Aggregates and window functions. */
final class Aggregates {
  private Aggregates() {}

  static String write(Arguments arguments) {
    LogicalType type = arguments.call().type();
    return switch (arguments.call().function()) {
      case COUNT ->
          arguments.count() == 0
              ? call(arguments, "*")
              : call(arguments, String.join(", ", arguments.call().operands()));
      case SUM ->
          Casts.isInteger(arguments.type(0)) || type instanceof LogicalType.Decimal
              // Of integers PostgreSQL makes larger ones or decimals, of decimals any precision.
              ? result(arguments, call(arguments, arguments.value(0)))
              : call(arguments, arguments.real(0));
      case AVG ->
          Casts.isInteger(arguments.type(0)) || arguments.type(0) instanceof LogicalType.Decimal
              ? result(arguments, call(arguments, arguments.value(0)))
              : call(arguments, arguments.real(0));
      case STDDEV_SAMP -> call(arguments, arguments.real(0));
      case MIN, MAX -> extreme(arguments);
      case BOOL_AND, BOOL_OR -> call(arguments, arguments.as(0, Primitive.BOOLEAN));
      case STRING_AGG -> joined(arguments);
      case NTILE -> arguments.result(call(arguments, arguments.integer(0)), Primitive.INT32);
      case LAG, LEAD -> call(arguments, neighbour(arguments));
      default -> call(arguments, String.join(", ", arguments.values()));
    };
  }

  private static String result(Arguments arguments, String expression) {
    return Casts.cast(expression, StoredTypes.name(arguments.call().type()));
  }

  private static String extreme(Arguments arguments) {
    return switch (arguments.call().type()) {
      case Primitive.TEXT ->
          TextFunctions.defaultCollation(call(arguments, TextFunctions.byBytes(arguments.text(0))));
      // PostgreSQL has no extremes of booleans; false is less than true.
      case Primitive.BOOLEAN ->
          "%s(%s%s)%s"
              .formatted(
                  arguments.call().function().name().equals("MIN") ? "BOOL_AND" : "BOOL_OR",
                  arguments.call().distinct() ? "DISTINCT " : "",
                  arguments.value(0),
                  arguments.call().suffix());
      default -> call(arguments, arguments.value(0));
    };
  }

  private static String joined(Arguments arguments) {
    String text = arguments.text(0);
    // What a DISTINCT aggregate is ordered by has to be what it is of.
    boolean byBytes = arguments.call().distinct() && !arguments.call().order().isEmpty();
    return TextFunctions.defaultCollation(
        call(arguments, (byBytes ? TextFunctions.byBytes(text) : text) + ", " + arguments.text(1)));
  }

  private static String neighbour(Arguments arguments) {
    List<String> parts = new ArrayList<>();
    parts.add(arguments.value(0));
    if (arguments.count() > 1) {
      parts.add(arguments.integer(1));
    }
    if (arguments.count() > 2) {
      parts.add(
          Casts.write(arguments.call().operand(2), arguments.type(2), arguments.call().type()));
    }
    return String.join(", ", parts);
  }

  private static String call(Arguments arguments, String operands) {
    String order = arguments.call().order().strip();
    if (!order.isEmpty()) {
      order =
          order.toUpperCase(Locale.ROOT).startsWith("ORDER BY")
              ? " " + order
              : " ORDER BY " + order;
    }
    return arguments.call().function()
        + "("
        + (arguments.call().distinct() ? "DISTINCT " : "")
        + operands
        + order
        + ")"
        + arguments.call().suffix();
  }
}
