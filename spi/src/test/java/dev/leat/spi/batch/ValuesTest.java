package dev.leat.spi.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.PeriodDuration;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void givesBackWhatWasAppended() {
    check(Primitive.BOOLEAN, true, false);
    check(Primitive.INT16, Short.MIN_VALUE, Short.MAX_VALUE);
    check(Primitive.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE);
    check(Primitive.INT64, Long.MIN_VALUE, Long.MAX_VALUE);
    check(Primitive.FLOAT32, Float.NaN, -0f, Float.MIN_VALUE);
    check(Primitive.FLOAT64, Double.NEGATIVE_INFINITY, Double.MAX_VALUE);
    check(Primitive.TEXT, "", "ä\0𝄞");
    check(Primitive.JSON, "{}");
    check(Primitive.BINARY, new byte[] {0, -1}, new byte[0]);
    check(Primitive.UUID, new UUID(Long.MIN_VALUE, -1));
    check(Primitive.DATE, LocalDate.MIN, LocalDate.MAX, LocalDate.of(-4712, 1, 1));
    check(Primitive.TIME, Duration.ZERO, Duration.ofHours(24), Duration.ofNanos(1000));
    check(
        Primitive.TIMESTAMP,
        LocalDateTime.MIN,
        LocalDateTime.MAX,
        LocalDateTime.of(1, 1, 1, 0, 0, 0, 1000));
    check(Primitive.TIMESTAMP_TZ, Instant.MIN, Instant.MAX, Instant.ofEpochSecond(-1, 999_999_000));
    check(Primitive.INTERVAL, new PeriodDuration(Period.of(0, -14, 3), Duration.ofNanos(-5)));
    check(
        new Decimal(38, 10),
        new BigDecimal("-9999999999999999999999999999.9999999999"),
        new BigDecimal("0.0000000001"));
    check(new ListOf(Primitive.INT32), List.of(), Arrays.asList(1, null, 3));
  }

  @Test
  void refusesWhatATypeCannotHold() {
    assertThatThrownBy(() -> check(new Decimal(3, 1), new BigDecimal("0.12")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> check(new Decimal(3, 1), new BigDecimal("100")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> check(Primitive.TIME, Duration.ofNanos(1)))
        .isInstanceOf(ArithmeticException.class);
  }

  private static void check(LogicalType type, Object... values) {
    try (BufferAllocator allocator = new RootAllocator();
        ColumnWriter writer = ColumnTypes.writer(type, allocator, 4)) {
      Values.append(type, writer, null);
      for (Object value : values) {
        Values.append(type, writer, value);
      }
      try (FieldVector vector = writer.toVector(ColumnTypes.field("c", type))) {
        assertThat(Values.at(type, vector, 0)).isNull();
        for (int i = 0; i < values.length; i++) {
          assertThat(Values.at(type, vector, i + 1)).isEqualTo(values[i]);
        }
      }
    }
  }
}
