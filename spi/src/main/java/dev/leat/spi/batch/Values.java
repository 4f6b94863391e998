package dev.leat.spi.batch;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.PeriodDuration;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/**
 * Values of columns as Java objects, for systems that are reached through an interface of objects:
 * {@link Boolean}, {@link Short}, {@link Integer}, {@link Long}, {@link Float}, {@link Double},
 * {@link BigDecimal}, {@link String} for texts and JSON, {@code byte[]}, {@link UUID}, {@link
 * LocalDate}, {@link Duration} since midnight for times (24:00 is one), {@link LocalDateTime},
 * {@link Instant}, {@link PeriodDuration} for intervals, and {@link List}. The infinities of dates
 * and timestamps are {@code MAX} and {@code MIN} of their classes.
 */
public final class Values {
  private static final BigInteger LOW = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private Values() {}

  /** The value at {@code row}; null for NULL. */
  public static @Nullable Object at(LogicalType type, FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> ((BitVector) vector).get(row) != 0;
            case INT16 -> ((SmallIntVector) vector).get(row);
            case INT32 -> ((IntVector) vector).get(row);
            case INT64 -> ((BigIntVector) vector).get(row);
            case FLOAT32 -> ((Float4Vector) vector).get(row);
            case FLOAT64 -> ((Float8Vector) vector).get(row);
            case TEXT, JSON ->
                new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
            case BINARY -> ((VarBinaryVector) vector).get(row);
            case UUID -> uuid(((FixedSizeBinaryVector) vector).get(row));
            case DATE -> date(((DateDayVector) vector).get(row));
            case TIME -> Duration.of(((TimeMicroVector) vector).get(row), ChronoUnit.MICROS);
            case TIMESTAMP -> timestamp(((TimeStampVector) vector).get(row));
            case TIMESTAMP_TZ -> instant(((TimeStampVector) vector).get(row));
            case INTERVAL -> ((IntervalMonthDayNanoVector) vector).getObject(row);
          };
      case Decimal _ -> ((DecimalVector) vector).getObject(row);
      case ListOf(LogicalType element) -> list(element, (ListVector) vector, row);
    };
  }

  /**
   * Appends a value to a column of that type, which {@code column} was made for.
   *
   * @param value of the type's class, see above; null for NULL
   * @throws ArithmeticException if the type cannot hold the value: a decimal with too many digits,
   *     a time finer than microseconds
   */
  public static void append(LogicalType type, ColumnWriter column, @Nullable Object value) {
    if (value == null) {
      column.appendNull();
      return;
    }
    switch (type) {
      case Primitive primitive -> {
        switch (primitive) {
          case BOOLEAN -> ((BooleanColumnWriter) column).appendBoolean((Boolean) value);
          case INT16 -> fixed(column).appendShort((Short) value);
          case INT32 -> fixed(column).appendInt((Integer) value);
          case INT64 -> fixed(column).appendLong((Long) value);
          case FLOAT32 -> fixed(column).appendFloat((Float) value);
          case FLOAT64 -> fixed(column).appendDouble((Double) value);
          case TEXT, JSON -> bytes(column, ((String) value).getBytes(StandardCharsets.UTF_8));
          case BINARY -> bytes(column, (byte[]) value);
          case UUID -> fixed(column).appendBytes(bytes((UUID) value), 0);
          case DATE -> fixed(column).appendInt(days((LocalDate) value));
          case TIME -> fixed(column).appendLong(micros((Duration) value));
          case TIMESTAMP -> fixed(column).appendLong(micros((LocalDateTime) value));
          case TIMESTAMP_TZ -> fixed(column).appendLong(micros((Instant) value));
          case INTERVAL -> append(fixed(column), (PeriodDuration) value);
        }
      }
      case Decimal decimal -> append(fixed(column), decimal, (BigDecimal) value);
      case ListOf(LogicalType element) -> {
        ListColumnWriter list = (ListColumnWriter) column;
        for (Object item : (List<?>) value) {
          append(element, list.elements(), item);
        }
        list.endList();
      }
    }
  }

  private static FixedColumnWriter fixed(ColumnWriter column) {
    return (FixedColumnWriter) column;
  }

  private static void bytes(ColumnWriter column, byte[] value) {
    ((BytesColumnWriter) column).appendBytes(value, 0, value.length);
  }

  private static void append(FixedColumnWriter column, Decimal type, BigDecimal value) {
    BigDecimal scaled = value.setScale(type.scale());
    if (scaled.precision() > type.precision()) {
      throw new ArithmeticException("more digits than " + type + " has");
    }
    BigInteger unscaled = scaled.unscaledValue();
    column.appendDecimal(unscaled.and(LOW).longValue(), unscaled.shiftRight(64).longValue());
  }

  private static void append(FixedColumnWriter column, PeriodDuration value) {
    column.appendInterval(
        Math.toIntExact(value.getPeriod().toTotalMonths()),
        Math.toIntExact(value.getPeriod().get(ChronoUnit.DAYS)),
        value.getDuration().toNanos());
  }

  private static List<@Nullable Object> list(LogicalType element, ListVector vector, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
      values.add(at(element, vector.getDataVector(), i));
    }
    return values;
  }

  private static UUID uuid(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private static byte[] bytes(UUID value) {
    return ByteBuffer.allocate(16)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits())
        .array();
  }

  private static LocalDate date(int days) {
    return switch (days) {
      case Integer.MAX_VALUE -> LocalDate.MAX;
      case -Integer.MAX_VALUE -> LocalDate.MIN;
      default -> LocalDate.ofEpochDay(days);
    };
  }

  private static int days(LocalDate value) {
    if (value.equals(LocalDate.MAX)) {
      return Integer.MAX_VALUE;
    }
    return value.equals(LocalDate.MIN) ? -Integer.MAX_VALUE : Math.toIntExact(value.toEpochDay());
  }

  private static LocalDateTime timestamp(long micros) {
    Instant instant = instant(micros);
    return instant.equals(Instant.MAX)
        ? LocalDateTime.MAX
        : instant.equals(Instant.MIN)
            ? LocalDateTime.MIN
            : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static Instant instant(long micros) {
    return micros == Long.MAX_VALUE
        ? Instant.MAX
        : micros == -Long.MAX_VALUE ? Instant.MIN : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static long micros(Duration sinceMidnight) {
    return exactMicros(sinceMidnight.getSeconds(), sinceMidnight.getNano());
  }

  private static long micros(LocalDateTime value) {
    if (value.equals(LocalDateTime.MAX)) {
      return Long.MAX_VALUE;
    }
    return value.equals(LocalDateTime.MIN)
        ? -Long.MAX_VALUE
        : micros(value.toInstant(ZoneOffset.UTC));
  }

  private static long micros(Instant value) {
    if (value.equals(Instant.MAX)) {
      return Long.MAX_VALUE;
    }
    return value.equals(Instant.MIN)
        ? -Long.MAX_VALUE
        : exactMicros(value.getEpochSecond(), value.getNano());
  }

  private static long exactMicros(long seconds, int nanos) {
    if (nanos % 1000 != 0) {
      throw new ArithmeticException("finer than microseconds");
    }
    return Math.addExact(Math.multiplyExact(seconds, 1_000_000), nanos / 1000);
  }
}
