package dev.leat.flow.steptest;

import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.PortableSql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of a flow file as values of a column. */
final class CellText {
  private CellText() {}

  /** The type that a value has by itself. */
  static Optional<LogicalType> typeOf(Object value) {
    return switch (value) {
      case Boolean _ -> Optional.of(Primitive.BOOLEAN);
      case Long _ -> Optional.of(Primitive.INT64);
      case Double _ -> Optional.of(Primitive.FLOAT64);
      case OffsetDateTime _ -> Optional.of(Primitive.TIMESTAMP_TZ);
      case LocalDateTime _ -> Optional.of(Primitive.TIMESTAMP);
      case LocalDate _ -> Optional.of(Primitive.DATE);
      case LocalTime _ -> Optional.of(Primitive.TIME);
      case String _ -> Optional.of(Primitive.TEXT);
      case List<?> list when !list.isEmpty() ->
          list.stream()
              .map(item -> item == null ? Optional.<LogicalType>empty() : typeOf(item))
              .reduce((a, b) -> a.equals(b) ? a : Optional.empty())
              .flatMap(element -> element)
              .map(ListOf::new);
      default -> Optional.empty();
    };
  }

  /**
   * The text of a value, as {@link dev.leat.spi.sql.Dialect#literal(LogicalType, String)} takes it.
   *
   * @throws IllegalArgumentException if it is none of that type; the message says why
   */
  static String of(LogicalType type, Object value) {
    try {
      return switch (type) {
        case Primitive primitive -> of(primitive, value);
        case Decimal decimal -> decimal(decimal, value);
        case ListOf(LogicalType element) -> list(element, value);
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw no(type, e);
    }
  }

  private static String of(Primitive type, Object value) {
    return switch (type) {
      case BOOLEAN -> {
        if (!(value instanceof Boolean)) {
          throw no(type, null);
        }
        yield value.toString();
      }
      case INT16 -> Short.toString(integer(type, value).shortValueExact());
      case INT32 -> Integer.toString(integer(type, value).intValueExact());
      case INT64 -> Long.toString(integer(type, value).longValueExact());
      case FLOAT32 -> Float.toString((float) number(type, value));
      case FLOAT64 -> Double.toString(number(type, value));
      case TEXT, JSON, INTERVAL -> text(type, value);
      case UUID -> UUID.fromString(text(type, value)).toString();
      case DATE -> value instanceof LocalDate ? value.toString() : date(text(type, value));
      case TIME ->
          (value instanceof LocalTime time ? time : LocalTime.parse(text(type, value)))
              .format(PortableSql.TIME);
      case TIMESTAMP -> timestamp(type, value).format(PortableSql.TIMESTAMP);
      case TIMESTAMP_TZ -> instant(type, value).format(PortableSql.TIMESTAMP);
      case BINARY ->
          throw new IllegalArgumentException(
              "columns of bytes cannot stand in a test; leave it out");
    };
  }

  private static BigInteger integer(LogicalType type, Object value) {
    return decimal(type, value).toBigIntegerExact();
  }

  private static BigDecimal decimal(LogicalType type, Object value) {
    return switch (value) {
      case Long number -> BigDecimal.valueOf(number);
      case Double number -> BigDecimal.valueOf(number);
      case String text -> new BigDecimal(text.strip());
      default -> throw no(type, null);
    };
  }

  private static String decimal(Decimal type, Object value) {
    BigDecimal number = decimal((LogicalType) type, value).setScale(type.scale());
    if (number.precision() > type.precision()) {
      throw no(type, null);
    }
    return number.toPlainString();
  }

  private static double number(LogicalType type, Object value) {
    return switch (value) {
      case Long number -> (double) number;
      case Double number -> number;
      case String text -> Double.parseDouble(text.strip());
      default -> throw no(type, null);
    };
  }

  private static String text(LogicalType type, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw no(type, null);
  }

  private static String date(String text) {
    return LocalDate.parse(text.strip()).toString();
  }

  private static LocalDateTime timestamp(LogicalType type, Object value) {
    return switch (value) {
      case LocalDateTime time -> time;
      case LocalDate day -> day.atStartOfDay();
      case String text when text.strip().length() <= 10 ->
          LocalDate.parse(text.strip()).atStartOfDay();
      case String text -> LocalDateTime.parse(text.strip().replace(' ', 'T'));
      default -> throw no(type, null);
    };
  }

  /** In UTC, which is also what is meant where no zone stands. */
  private static LocalDateTime instant(LogicalType type, Object value) {
    return switch (value) {
      case OffsetDateTime time -> time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
      case String text when text.strip().matches(".*[T ].*(Z|[+-]\\d\\d:\\d\\d)") ->
          instant(type, OffsetDateTime.parse(text.strip().replace(' ', 'T')));
      default -> timestamp(type, value);
    };
  }

  private static String list(LogicalType element, Object value) {
    if (!(value instanceof List<?> items)) {
      throw no(new ListOf(element), null);
    }
    return items.stream()
        .map(item -> item == null ? "NULL" : quoted(element, of(element, item)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(LogicalType element, String text) {
    return element instanceof ListOf
        ? text
        : "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static IllegalArgumentException no(LogicalType type, @Nullable Exception cause) {
    return new IllegalArgumentException("it is no " + ColumnTypeNames.of(type), cause);
  }
}
