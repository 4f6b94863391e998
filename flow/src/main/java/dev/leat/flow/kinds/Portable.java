package dev.leat.flow.kinds;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.PortableSql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pieces of portable SQL. */
final class Portable {
  private static final DateTimeFormatter MICROSECONDS =
      PortableSql.TIMESTAMP.withZone(ZoneOffset.UTC);

  private Portable() {}

  static String name(String column) {
    return PortableSql.name(column);
  }

  static String name(String side, String column) {
    return side + "." + name(column);
  }

  static String text(String value) {
    return PortableSql.text(value);
  }

  static String date(LocalDate date) {
    return "DATE '" + date + "'";
  }

  /** In UTC, to the microsecond. */
  static String timestamp(Instant at) {
    return "TIMESTAMP '" + MICROSECONDS.format(at) + "'";
  }

  /** To the microsecond. */
  static String instant(Instant at) {
    return "TIMESTAMP WITH TIME ZONE '" + MICROSECONDS.format(at) + "'";
  }

  /**
   * A value as {@link dev.leat.spi.sql.Dialect#literal(LogicalType, String)} takes it, perhaps with
   * the zone UTC; empty for types whose values have no order.
   */
  static Optional<String> literal(LogicalType type, String value) {
    return switch (type) {
      case Decimal _ -> Optional.of(value);
      case ListOf _ -> Optional.empty();
      case Primitive primitive ->
          switch (primitive) {
            case INT16, INT32, INT64, FLOAT32, FLOAT64 -> Optional.of(value);
            case TEXT -> Optional.of(text(value));
            case UUID -> Optional.of("CAST(" + text(value) + " AS UUID)");
            case DATE -> Optional.of("DATE " + text(value.substring(0, 10)));
            case TIME -> Optional.of("TIME " + text(value));
            case TIMESTAMP -> Optional.of("TIMESTAMP " + text(plain(value)));
            case TIMESTAMP_TZ -> Optional.of("TIMESTAMP WITH TIME ZONE " + text(plain(value)));
            case BOOLEAN, JSON, BINARY, INTERVAL -> Optional.empty();
          };
    };
  }

  private static String plain(String timestamp) {
    return timestamp.replace('T', ' ').replaceFirst("(Z|[+]00(:?00)?)$", "");
  }

  /** In the longest unit that divides it; empty unless it is whole seconds. */
  static Optional<String> interval(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 1 || !duration.equals(Duration.ofSeconds(seconds))) {
      return Optional.empty();
    }
    if (seconds % 86_400 == 0) {
      return Optional.of("INTERVAL '" + seconds / 86_400 + "' DAY");
    }
    if (seconds % 3_600 == 0) {
      return Optional.of("INTERVAL '" + seconds / 3_600 + "' HOUR");
    }
    return Optional.of(
        seconds % 60 == 0
            ? "INTERVAL '" + seconds / 60 + "' MINUTE"
            : "INTERVAL '" + seconds + "' SECOND");
  }

  /** That both sides of a join have the same key, which has no NULL in it. */
  static String sameKey(List<String> key) {
    return key.stream()
        .map(column -> name("l", column) + " = " + name("r", column))
        .collect(Collectors.joining(" AND "));
  }

  static String notNull(List<String> columns) {
    return columns.stream()
        .map(column -> name(column) + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  /** A condition that is true or false where the given one may be NULL. */
  static String decided(String condition) {
    return "CASE WHEN (" + condition + ") THEN TRUE ELSE FALSE END";
  }
}
