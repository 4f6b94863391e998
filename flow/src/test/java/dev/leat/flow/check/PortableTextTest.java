package dev.leat.flow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortableTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOLEAN       | True                      | TRUE",
        "INT32         | -7                        | -7",
        "DECIMAL(10,2) | 1.50                      | 1.50",
        "FLOAT64       | 1e3                       | 1000",
        "TEXT          | it's                      | 'it''s'",
        "DATE          | 2024-05-01                | DATE '2024-05-01'",
        "TIME          | 10:00                     | CAST('10:00:00' AS TIME)",
        "TIMESTAMP     | 2024-05-01                | TIMESTAMP '2024-05-01 00:00:00'",
        "TIMESTAMP     | 2024-05-01T10:00:00.5     | TIMESTAMP '2024-05-01 10:00:00.5'",
        "TIMESTAMP_TZ  | 2024-05-01 10:00:00+02:00 | CAST('2024-05-01 08:00:00' AS TIMESTAMP WITH TIME ZONE)",
        "UUID          | 00000000-0000-0000-0000-000000000001 | CAST('00000000-0000-0000-0000-000000000001' AS UUID)",
      })
  void writesValuesAsTheTypeOfTheirColumn(String type, String value, String literal) {
    assertThat(PortableText.literal(LogicalType.parse(type), value)).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, yes",
    "INT32, x",
    "DATE, 2024-02-30",
    "TIMESTAMP, noon",
    "UUID, 7",
    "JSON, 1"
  })
  void refusesOthers(String type, String value) {
    assertThatThrownBy(() -> PortableText.literal(LogicalType.parse(type), value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsEveryNameThatItWrites() {
    for (Primitive type : Primitive.values()) {
      LogicalType list = new LogicalType.ListOf(type);
      assertThat(ColumnTypeNames.parse(ColumnTypeNames.of(list))).contains(list);
    }
    assertThat(ColumnTypeNames.parse("numeric (12, 3)")).contains(new LogicalType.Decimal(12, 3));
    assertThat(ColumnTypeNames.parse("varchar(20)")).contains(Primitive.TEXT);
    assertThat(ColumnTypeNames.parse("timestamp  with time zone")).contains(Primitive.TIMESTAMP_TZ);
    assertThat(ColumnTypeNames.parse("DECIMAL(2, 3)")).isEmpty();
    assertThat(ColumnTypeNames.parse("NUMBER")).isEmpty();
  }
}
