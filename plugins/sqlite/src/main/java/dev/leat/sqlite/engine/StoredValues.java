package dev.leat.sqlite.engine;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.PeriodDuration;

/**
 * Values as {@link dev.leat.spi.batch.Values} gives them, and as SQLite stores them: Long, Double,
 * String and byte[].
 */
final class StoredValues {
  private static final Pattern INTERVAL =
      Pattern.compile("P(-?\\d+)M(-?\\d+)DT(-?\\d+(?:\\.\\d{1,9})?)S");

  private StoredValues() {}

  /** What is stored for a value. */
  static Object store(LogicalType type, Object value) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> (Boolean) value ? 1L : 0L;
            case INT16, INT32, INT64 -> ((Number) value).longValue();
            case FLOAT32, FLOAT64 -> number(((Number) value).doubleValue());
            case TEXT, JSON -> text((String) value);
            case BINARY -> value;
            case UUID -> value.toString();
            case DATE -> Temporals.text((LocalDate) value);
            case TIME -> Temporals.time(((Duration) value).toNanos() / 1000);
            case TIMESTAMP -> Temporals.text((LocalDateTime) value);
            case TIMESTAMP_TZ -> timestamp((Instant) value);
            case INTERVAL -> interval((PeriodDuration) value);
          };
      case Decimal(int precision, int _) -> NumberFunctions.stored((BigDecimal) value, precision);
      case ListOf _ -> throw new ValueException("SQLite has no lists");
    };
  }

  /** The value that is stored as {@code stored}. */
  static Object load(LogicalType type, Object stored) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> truth(integer(stored));
            case INT16 -> (short) integer(stored, Short.SIZE);
            case INT32 -> (int) integer(stored, Integer.SIZE);
            case INT64 -> integer(stored);
            case FLOAT32 -> (float) real(stored);
            case FLOAT64 -> real(stored);
            case TEXT -> stored instanceof byte[] ? wrong() : stored.toString();
            case JSON -> string(stored);
            case BINARY -> stored instanceof byte[] ? stored : wrong();
            case UUID -> UUID.fromString(Functions.uuid(string(stored)));
            case DATE -> Temporals.date(string(stored));
            case TIME -> Duration.of(Temporals.time(string(stored)), ChronoUnit.MICROS);
            case TIMESTAMP -> Temporals.timestamp(string(stored), false);
            case TIMESTAMP_TZ ->
                Temporals.timestamp(string(stored), false).toInstant(ZoneOffset.UTC);
            case INTERVAL -> interval(string(stored));
          };
      case Decimal(int precision, int scale) -> decimal(stored, precision, scale);
      case ListOf _ -> wrong();
    };
  }

  private static double number(double value) {
    if (Double.isNaN(value)) {
      throw new ValueException("NaN, which SQLite takes for NULL");
    }
    return value;
  }

  private static String text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new ValueException("the character NUL, where functions of SQLite end a text");
    }
    return value;
  }

  private static String timestamp(Instant value) {
    if (value.equals(Instant.MIN) || value.equals(Instant.MAX)) {
      throw new ValueException("a date is not in the years 1 to 9999");
    }
    return Temporals.text(LocalDateTime.ofInstant(value, ZoneOffset.UTC));
  }

  private static String interval(PeriodDuration value) {
    BigDecimal seconds = BigDecimal.valueOf(value.getDuration().toNanos(), 9);
    return "P%dM%dDT%sS"
        .formatted(
            value.getPeriod().toTotalMonths(),
            value.getPeriod().get(ChronoUnit.DAYS),
            seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString());
  }

  private static PeriodDuration interval(String text) {
    Matcher parts = INTERVAL.matcher(text);
    if (!parts.matches()) {
      throw new ValueException("a text is not an interval");
    }
    BigDecimal nanos = new BigDecimal(parts.group(3)).movePointRight(9);
    return new PeriodDuration(
        Period.of(0, Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))),
        Duration.ofNanos(nanos.longValueExact()));
  }

  private static boolean truth(long number) {
    if (number != 0 && number != 1) {
      throw new ValueException("a number is not a truth value");
    }
    return number == 1;
  }

  private static long integer(Object stored) {
    return integer(stored, Long.SIZE);
  }

  private static long integer(Object stored, int bits) {
    return stored instanceof Long || stored instanceof Double
        ? (long) NumberFunctions.whole(stored, bits)
        : (long) wrong();
  }

  private static double real(Object stored) {
    return stored instanceof Number number ? number.doubleValue() : (double) wrong();
  }

  private static String string(Object stored) {
    return stored instanceof String text ? text : (String) wrong();
  }

  private static BigDecimal decimal(Object stored, int precision, int scale) {
    BigDecimal exact =
        stored instanceof Number ? NumberFunctions.exact(stored) : (BigDecimal) wrong();
    BigDecimal value = exact.setScale(scale, RoundingMode.HALF_UP);
    Object unused = NumberFunctions.stored(value, precision);
    return value;
  }

  private static Object wrong() {
    throw new ValueException("a value of another type is stored there");
  }
}
