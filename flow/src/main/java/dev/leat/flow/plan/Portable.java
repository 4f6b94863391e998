package dev.leat.flow.plan;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.PortableSql;

/** Names and values in portable SQL. */
final class Portable {
  private Portable() {}

  static String name(String column) {
    return PortableSql.name(column);
  }

  static String text(String value) {
    return PortableSql.text(value);
  }

  /**
   * A value as an engine prints it, as a literal.
   *
   * @param value such as {@code 12}, {@code 2024-05-01} or {@code 2024-05-01 10:00:00+00}
   */
  static String literal(LogicalType type, String value) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN, INT16, INT32, INT64, FLOAT32, FLOAT64 -> value;
            case DATE -> "DATE " + text(value.substring(0, Math.min(10, value.length())));
            case TIME -> "TIME " + text(value);
            case TIMESTAMP -> "TIMESTAMP " + text(withoutZone(value));
            case TIMESTAMP_TZ ->
                "CAST(TIMESTAMP "
                    + text(withoutZone(value))
                    + " AS TIMESTAMP WITH LOCAL TIME ZONE)";
            case TEXT, JSON, BINARY, UUID, INTERVAL -> text(value);
          };
      case LogicalType.Decimal _ -> value;
      case LogicalType.ListOf _ -> text(value);
    };
  }

  /** Engines print instants in UTC. */
  private static String withoutZone(String value) {
    String plain = value.replace('T', ' ');
    int zone = Math.max(plain.indexOf('+'), plain.indexOf('Z'));
    return zone < 0 ? plain : plain.substring(0, zone);
  }
}
