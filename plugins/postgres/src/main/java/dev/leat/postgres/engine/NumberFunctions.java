package dev.leat.postgres.engine;

import dev.leat.postgres.types.StoredTypes;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.Optional;

/** Functions of numbers. */
final class NumberFunctions {
  private NumberFunctions() {}

  static String divide(Arguments arguments) {
    if (Casts.isInteger(arguments.call().type())) {
      return "(%s / NULLIF(%s, 0))".formatted(arguments.value(0), arguments.value(1));
    }
    return "(%s / NULLIF(%s, 0))".formatted(arguments.real(0), arguments.real(1));
  }

  /** There is none for floating-point numbers. */
  static Optional<String> modulo(Arguments arguments) {
    if (Casts.isFloat(arguments.type(0)) || Casts.isFloat(arguments.type(1))) {
      return Optional.empty();
    }
    return Optional.of("MOD(%s, NULLIF(%s, 0))".formatted(arguments.value(0), arguments.value(1)));
  }

  /** PostgreSQL has these for decimals, without a precision, and for DOUBLE. */
  static String whole(String function, Arguments arguments) {
    String value = arguments.value(0);
    if (Casts.isInteger(arguments.call().type())) {
      return value;
    }
    String call = function + "(" + value + ")";
    return arguments.result(call, doubleOrUnknown(arguments));
  }

  private static LogicalType doubleOrUnknown(Arguments arguments) {
    return arguments.call().type() == Primitive.FLOAT64 ? Primitive.FLOAT64 : Primitive.TEXT;
  }

  /**
   * PostgreSQL rounds halves of DOUBLE to even, and those of decimals away from zero; in between
   * there is the shortest text, which is exact.
   */
  static String round(Arguments arguments) {
    String digits = arguments.count() > 1 ? arguments.integer(1) : "0";
    String value = arguments.value(0);
    String exact = value;
    if (Casts.isInteger(arguments.call().type())) {
      if (arguments.count() == 1) {
        return value;
      }
      exact = Casts.cast(value, "NUMERIC");
    } else if (Casts.isFloat(arguments.call().type())) {
      exact = Casts.cast(Casts.cast(value, "TEXT"), "NUMERIC");
    }
    return Casts.cast(
        "ROUND(" + exact + ", " + digits + ")", StoredTypes.name(arguments.call().type()));
  }

  static String sign(Arguments arguments) {
    return Casts.cast(
        "SIGN(" + arguments.as(0, Primitive.FLOAT64) + ")",
        StoredTypes.name(arguments.call().type()));
  }

  /** A function that is an error where its argument does not compare so with 0. */
  static String onlyIf(String function, Arguments arguments, String comparison) {
    String value = arguments.real(0);
    return "%s(CASE WHEN %s %s 0 THEN %s END)".formatted(function, value, comparison, value);
  }

  /** Below that, what is all but 0 is an error in PostgreSQL. */
  static String exp(Arguments arguments) {
    String value = arguments.real(0);
    return "CASE WHEN %s < -745 THEN 0 ELSE EXP(%s) END".formatted(value, value);
  }
}
