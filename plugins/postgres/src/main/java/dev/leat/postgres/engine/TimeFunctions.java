package dev.leat.postgres.engine;

import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.Locale;

/** Functions of dates and times, all of them in UTC. */
final class TimeFunctions {
  private TimeFunctions() {}

  /** A timestamp without a zone that means the same. */
  private static String timestamp(Arguments arguments, int index) {
    String value = arguments.call().operand(index);
    return switch (arguments.type(index)) {
      case Primitive.TIMESTAMP_TZ -> "(" + value + " AT TIME ZONE 'UTC')";
      case Primitive.TIMESTAMP -> value;
      default -> Casts.cast(value, "TIMESTAMP");
    };
  }

  static String extract(Arguments arguments) {
    String unit = arguments.call().unit();
    String value =
        arguments.type(0) == Primitive.TIME ? arguments.call().operand(0) : timestamp(arguments, 0);
    String part = "EXTRACT(" + unit + " FROM " + value + ")";
    boolean fractions = unit.equals("SECOND") || unit.equals("EPOCH");
    return Casts.cast(fractions ? "FLOOR(" + part + ")" : part, "BIGINT");
  }

  static String truncate(Arguments arguments) {
    String unit = "'" + arguments.call().unit().toLowerCase(Locale.ROOT) + "'";
    return switch (arguments.type(0)) {
      case Primitive.TIMESTAMP_TZ ->
          "DATE_TRUNC(%s, %s, 'UTC')".formatted(unit, arguments.call().operand(0));
      case Primitive.DATE ->
          Casts.cast("DATE_TRUNC(" + unit + ", " + timestamp(arguments, 0) + ")", "DATE");
      default -> "DATE_TRUNC(" + unit + ", " + timestamp(arguments, 0) + ")";
    };
  }

  static String add(Arguments arguments) {
    String sum =
        "(%s + %s * INTERVAL '1 %s')"
            .formatted(
                timestamp(arguments, 0),
                arguments.call().operand(1),
                arguments.call().unit().toLowerCase(Locale.ROOT));
    return switch (arguments.call().type()) {
      case Primitive.TIMESTAMP_TZ -> "(" + sum + " AT TIME ZONE 'UTC')";
      case Primitive.DATE -> Casts.cast(sum, "DATE");
      default -> sum;
    };
  }

  static String difference(Arguments arguments) {
    int seconds =
        switch (arguments.call().unit()) {
          case "MINUTE" -> 60;
          case "HOUR" -> 3_600;
          case "DAY" -> 86_400;
          default -> 1;
        };
    return Casts.cast(
        "TRUNC(EXTRACT(EPOCH FROM (%s - %s)) / %d)"
            .formatted(timestamp(arguments, 1), timestamp(arguments, 0), seconds),
        "BIGINT");
  }
}
