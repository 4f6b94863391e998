package dev.leat.testkit.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanonicalTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "numeric | 1.50 | 1.5",
        "numeric | 1E+3 | 1000",
        "numeric | -0.00 | 0",
        "numeric | NaN | nan",
        "numeric | Infinity | inf",
        "int8 | 9007199254740993 | 9007199254740993.0",
        "float4 | 1.1 | 1.100000023841858",
        "float8 | 1e+20 | 1.0E20",
        "float8 | -Infinity | -inf",
        "bool | t | true",
        "bytea | \\x00ff | \\x00FF",
        "date | 0044-03-15 BC | 0044-03-15 (BC)",
        "date | infinity | Infinity",
        "time | 24:00:00 | 24:00:00.000",
        "time | 01:02:03.5 | 01:02:03.500000",
        "timetz | 12:00:00+02 | 12:00:00+02:00",
        "timestamp | 2024-01-01 00:00:00.5 | 2024-01-01T00:00:00.500000",
        "timestamp | 0044-03-15 12:00:00 BC | 0044-03-15 (BC) 12:00:00",
        "timestamp | 294276-12-31 23:59:59.999999 | 294276-12-31 23:59:59.999999",
        "timestamptz | 2024-01-01 00:00:00+02 | 2023-12-31 23:00:00+01",
        "timestamptz | 1850-01-01 00:53:28+00:53:28 | 1850-01-01 00:00:00Z",
        "timestamptz | -infinity | -infinity",
        "interval | 1 year 2 mons -3 days 04:05:06.70 | 1 year 2 months -3 days 04:05:06.7",
        "interval | -00:00:01 | -00:00:01.000",
        "interval | 14 mons | 1 year 2 months",
        "jsonb | {\"b\": 2.50, \"a\": [1, null]} | {\"a\":[1,null],\"b\":2.50}",
        "uuid | A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "_int4 | {1,NULL,3} | [1, null, 3]",
        "_int4 | [0:1]={1,2} | [1,2]",
        "_int4 | {{1,2},{3,NULL}} | [[1,2],[3,null]]",
        "_numeric | {1.50} | [1.5]",
        "_text | {\"a,b\",\"\\\"q\\\"\",NULL,\"NULL\",\"\"} | [\"a,b\",\"\\\"q\\\"\",null,\"NULL\",\"\"]",
        "_timestamptz | {\"2024-01-01 00:00:00+00\"} | [\"2024-01-01 01:00:00+01\"]",
        "_text | {} | []"
      })
  void writesOneValueInOneWay(String type, String one, String other) {
    ValueKind kind = ValueKind.ofType(type);
    assertThat(CanonicalText.of(one, kind)).isEqualTo(CanonicalText.of(other, kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "numeric | 1.5 | 1.51",
        "numeric | 9007199254740993 | 9007199254740992",
        "numeric | NaN | 0",
        "text | 1.50 | 1.5",
        "text | NULL | null",
        "timestamp | 2024-03-31 02:30:00 | 2024-03-31 03:30:00",
        "timestamptz | 2024-01-01 00:00:00+00 | 2024-01-01 00:00:00+01",
        "time | 24:00:00 | 00:00:00",
        "interval | 1 mon | 30 days",
        "interval | 1 day | 24:00:00",
        "_text | {NULL} | {\"NULL\"}",
        "_int4 | {1,2} | {{1,2}}",
        "_int4 | {} | {NULL}",
        "jsonb | 1 | \"1\"",
        "date | 0001-01-01 BC | 0001-01-01"
      })
  void keepsDifferentValuesApart(String type, String one, String other) {
    ValueKind kind = ValueKind.ofType(type);
    assertThat(CanonicalText.of(one, kind)).isNotEqualTo(CanonicalText.of(other, kind));
  }

  @Test
  void leavesWhatIsNoValueOfItsKindAsItIs() {
    assertThat(CanonicalText.of("yesterday", ValueKind.ofType("timestamp"))).isEqualTo("yesterday");
    assertThat(CanonicalText.of("{1", ValueKind.ofType("_int4"))).isEqualTo("{1");
    assertThat(CanonicalText.of(null, ValueKind.ofType("text"))).isNull();
  }
}
