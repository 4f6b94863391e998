package dev.leat.flow.steptest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CellTextTest {
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(Primitive.BOOLEAN, true, "true"),
        Arguments.of(Primitive.INT16, 5L, "5"),
        Arguments.of(Primitive.INT64, "7", "7"),
        Arguments.of(Primitive.INT32, 7.0, "7"),
        Arguments.of(Primitive.FLOAT64, 1L, "1.0"),
        Arguments.of(new Decimal(10, 2), 12.5, "12.50"),
        Arguments.of(new Decimal(10, 2), 1e9 / 100, "10000000.00"),
        Arguments.of(new Decimal(38, 0), "12345678901234567890", "12345678901234567890"),
        Arguments.of(Primitive.DATE, LocalDate.parse("2026-05-01"), "2026-05-01"),
        Arguments.of(Primitive.TIME, LocalTime.parse("10:00"), "10:00:00"),
        Arguments.of(Primitive.TIMESTAMP, LocalDate.parse("2026-05-01"), "2026-05-01 00:00:00"),
        Arguments.of(
            Primitive.TIMESTAMP,
            LocalDateTime.parse("2026-05-01T10:00:00.5"),
            "2026-05-01 10:00:00.5"),
        Arguments.of(
            Primitive.TIMESTAMP_TZ,
            OffsetDateTime.parse("2026-05-01T10:00:00+02:00"),
            "2026-05-01 08:00:00"),
        Arguments.of(Primitive.TIMESTAMP_TZ, "2026-05-01 10:00:00+02:00", "2026-05-01 08:00:00"),
        Arguments.of(Primitive.TIMESTAMP_TZ, "2026-05-01 10:00:00", "2026-05-01 10:00:00"),
        Arguments.of(new ListOf(Primitive.TEXT), List.of("a", "it's"), "['a', 'it\\'s']"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesValuesAsTheirColumnHasThem(LogicalType type, Object value, String text) {
    assertThat(CellText.of(type, value)).isEqualTo(text);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(Primitive.BOOLEAN, "true"),
        Arguments.of(Primitive.INT16, 40_000L),
        Arguments.of(Primitive.INT32, 1.5),
        Arguments.of(Primitive.TEXT, 5L),
        Arguments.of(new Decimal(4, 2), 1.234),
        Arguments.of(new Decimal(4, 2), 123L),
        Arguments.of(Primitive.DATE, "yesterday"),
        Arguments.of(Primitive.UUID, "x"),
        Arguments.of(Primitive.BINARY, "00"),
        Arguments.of(new ListOf(Primitive.INT32), 1L));
  }

  @ParameterizedTest
  @MethodSource("others")
  void refusesValuesOfOtherTypes(LogicalType type, Object value) {
    assertThatThrownBy(() -> CellText.of(type, value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsTheTypeOfAValueByItself() {
    assertThat(CellText.typeOf(1L)).contains(Primitive.INT64);
    assertThat(CellText.typeOf(1.5)).contains(Primitive.FLOAT64);
    assertThat(CellText.typeOf(List.of("a"))).contains(new ListOf(Primitive.TEXT));
    assertThat(CellText.typeOf(List.of("a", 1L))).isEmpty();
    assertThat(CellText.typeOf(List.of())).isEmpty();
  }
}
