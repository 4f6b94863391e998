package dev.leat.flow.check;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.PortableSql;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names and values as portable SQL writes them. */
final class PortableText {
  private PortableText() {}

  static String name(String name) {
    return PortableSql.name(name);
  }

  static String name(TableId table) {
    return PortableSql.name(table);
  }

  static String names(List<String> names) {
    return names.stream().map(PortableText::name).collect(Collectors.joining(", "));
  }

  static String text(String value) {
    return PortableSql.text(value);
  }

  /**
   * A literal that compares with columns of that type.
   *
   * @param value as it stands in a flow file
   * @throws IllegalArgumentException if it is no such value; the message says what one looks like
   */
  static String literal(LogicalType type, String value) {
    try {
      return switch (type) {
        case Primitive primitive -> literal(primitive, value);
        case Decimal _ -> number(value);
        case ListOf _ -> throw new IllegalArgumentException("lists are not compared with values");
      };
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "it is no " + ColumnTypeNames.of(type) + " such as " + example(type), e);
    }
  }

  private static String literal(Primitive type, String value) {
    return switch (type) {
      case BOOLEAN ->
          switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> "TRUE";
            case "false" -> "FALSE";
            default -> throw new IllegalArgumentException("it is neither true nor false");
          };
      case INT16, INT32, INT64, FLOAT32, FLOAT64 -> number(value);
      case TEXT -> text(value);
      case DATE -> "DATE " + text(LocalDate.parse(value).toString());
      case TIME -> "CAST(" + text(LocalTime.parse(value).format(PortableSql.TIME)) + " AS TIME)";
      case TIMESTAMP -> "TIMESTAMP " + text(timestamp(value).format(PortableSql.TIMESTAMP));
      case TIMESTAMP_TZ ->
          "CAST("
              + text(instant(value).format(PortableSql.TIMESTAMP))
              + " AS TIMESTAMP WITH TIME ZONE)";
      case UUID -> "CAST(" + text(java.util.UUID.fromString(value).toString()) + " AS UUID)";
      case JSON, BINARY, INTERVAL ->
          throw new IllegalArgumentException(
              "columns of type " + ColumnTypeNames.of(type) + " are not compared with values");
    };
  }

  private static String number(String value) {
    try {
      return new BigDecimal(value.strip()).toPlainString();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it is no number", e);
    }
  }

  private static LocalDateTime timestamp(String value) {
    String text = value.strip().replace(' ', 'T');
    return text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
  }

  /** In UTC, which is also what is meant where no zone stands. */
  private static LocalDateTime instant(String value) {
    String text = value.strip().replace(' ', 'T');
    return text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")
        ? OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : timestamp(text);
  }

  private static String example(LogicalType type) {
    return type == Primitive.DATE
        ? "2024-05-01"
        : type == Primitive.TIME ? "10:00:00" : "2024-05-01 10:00:00";
  }
}
