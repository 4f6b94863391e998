package dev.leat.library.rows;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
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
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/**
 * Values of columns as Java objects: {@link Boolean}, {@link Short}, {@link Integer}, {@link Long},
 * {@link Float}, {@link Double}, {@link java.math.BigDecimal}, {@link String} for texts and JSON,
 * {@code byte[]}, {@link UUID}, {@link LocalDate}, {@link Duration} since midnight for times (24:00
 * is one), {@link LocalDateTime}, {@link Instant}, {@link org.apache.arrow.vector.PeriodDuration}
 * for intervals, and {@link List}. The infinities of dates and timestamps are {@code MAX} and
 * {@code MIN} of their classes.
 */
public final class RowValues {
  private RowValues() {}

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

  private static LocalDate date(int days) {
    return switch (days) {
      case Integer.MAX_VALUE -> LocalDate.MAX;
      case -Integer.MAX_VALUE -> LocalDate.MIN;
      default -> LocalDate.ofEpochDay(days);
    };
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
}
