package dev.leat.flow.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.schema.LogicalType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TypeChangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT16 | INT16 | SAME",
        "INT16 | INT32 | WIDENING",
        "INT32 | INT64 | WIDENING",
        "INT64 | INT32 | NARROWING",
        "INT16 | FLOAT32 | WIDENING",
        "INT32 | FLOAT32 | NARROWING",
        "INT32 | FLOAT64 | WIDENING",
        "INT64 | FLOAT64 | NARROWING",
        "FLOAT32 | FLOAT64 | WIDENING",
        "FLOAT64 | FLOAT32 | NARROWING",
        "FLOAT64 | DECIMAL(38,10) | NARROWING",
        "DECIMAL(4,0) | INT16 | WIDENING",
        "DECIMAL(5,0) | INT16 | NARROWING",
        "DECIMAL(9,0) | INT32 | WIDENING",
        "DECIMAL(5,2) | INT64 | NARROWING",
        "INT64 | DECIMAL(19,0) | WIDENING",
        "INT64 | DECIMAL(20,2) | NARROWING",
        "DECIMAL(10,2) | DECIMAL(12,4) | WIDENING",
        "DECIMAL(10,2) | DECIMAL(12,5) | NARROWING",
        "DECIMAL(10,2) | FLOAT64 | NARROWING",
        "DATE | TIMESTAMP | WIDENING",
        "TIMESTAMP | DATE | NARROWING",
        "TIMESTAMP | TIMESTAMP_TZ | NARROWING",
        "JSON | TEXT | WIDENING",
        "TEXT | JSON | NARROWING",
        "INT64 | TEXT | NARROWING",
        "TEXT | UUID | NARROWING",
        "BINARY | TEXT | UNRELATED",
        "BOOLEAN | DATE | UNRELATED",
        "INT32[] | INT64[] | WIDENING",
        "INT32[] | INT32 | UNRELATED",
      })
  void saysWhatBecomesOfValues(String before, String after, TypeChange expected) {
    assertThat(TypeChange.of(LogicalType.parse(before), LogicalType.parse(after)))
        .isEqualTo(expected);
  }
}
