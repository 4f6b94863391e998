package dev.leat.app.conformance;

import static dev.leat.app.conformance.FunctionCase.fails;
import static dev.leat.app.conformance.FunctionCase.gives;
import static dev.leat.app.conformance.FunctionCase.wide;
import static dev.leat.app.conformance.NumberCases.decimal;
import static dev.leat.spi.sql.PortableFunction.CAST;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Values as other types, where that is exact, and errors where they do not fit. */
final class CastCases {
  private CastCases() {}

  static List<FunctionCase> all() {
    return List.of(
        gives(CAST, "CAST(TRUE AS TEXT)", "true"),
        gives(CAST, "CAST(FALSE AS TEXT)", "false"),
        gives(CAST, "CAST(-7 AS TEXT)", "-7"),
        gives(CAST, "CAST(1.50 AS TEXT)", "1.50"),
        gives(CAST, "CAST(-0.05 AS TEXT)", "-0.05"),
        gives(CAST, "CAST(DATE '2024-02-29' AS TEXT)", "2024-02-29"),
        gives(CAST, "CAST(TIMESTAMP '2024-05-01 10:00:00' AS TEXT)", "2024-05-01 10:00:00"),
        gives(CAST, "CAST(TIMESTAMP '2024-05-01 10:00:00.25' AS TEXT)", "2024-05-01 10:00:00.25"),
        gives(CAST, "CAST('42' AS INTEGER)", 42),
        gives(CAST, "CAST('-9223372036854775808' AS BIGINT)", Long.MIN_VALUE),
        gives(CAST, "CAST('1.5' AS DECIMAL(5, 2))", decimal("1.50")),
        gives(CAST, "CAST(1.005 AS DECIMAL(5, 2))", decimal("1.01")),
        gives(CAST, "CAST(-1.005 AS DECIMAL(5, 2))", decimal("-1.01")),
        wide(
            CAST,
            "CAST('12345678901234567890.123456789' AS DECIMAL(38, 9))",
            decimal("12345678901234567890.123456789")),
        gives(CAST, "CAST(7 AS DOUBLE)", 7.0),
        gives(CAST, "CAST('0.1' AS DOUBLE)", 0.1),
        gives(CAST, "CAST(7 AS BIGINT)", 7L),
        gives(CAST, "CAST('true' AS BOOLEAN)", true),
        gives(CAST, "CAST('2024-' || '02-29' AS DATE)", LocalDate.of(2024, 2, 29)),
        gives(
            CAST,
            "CAST('2024-05-01 ' || '10:00:00.000001' AS TIMESTAMP)",
            LocalDateTime.parse("2024-05-01T10:00:00.000001")),
        gives(
            CAST,
            "CAST('2024-05-01 ' || '08:30:00+09' AS TIMESTAMPTZ)",
            Instant.parse("2024-04-30T23:30:00Z")),
        gives(
            CAST,
            "CAST(CAST('2024-05-01 08:30:00+09' AS TIMESTAMPTZ) AS DATE)",
            LocalDate.of(2024, 4, 30)),
        gives(
            CAST,
            "CAST(CAST('2024-05-01 08:30:00+09' AS TIMESTAMPTZ) AS TIMESTAMP)",
            LocalDateTime.parse("2024-04-30T23:30:00")),
        gives(
            CAST,
            "CAST(TIMESTAMP '2024-05-01 10:00:00' AS TIMESTAMPTZ)",
            Instant.parse("2024-05-01T10:00:00Z")),
        gives(
            CAST,
            "CAST(DATE '2024-05-01' AS TIMESTAMP)",
            LocalDateTime.parse("2024-05-01T00:00:00")),
        gives(CAST, "CAST(TIMESTAMP '2024-05-01 23:59:59.9' AS DATE)", LocalDate.of(2024, 5, 1)),
        gives(CAST, "CAST(CAST(NULL AS TEXT) AS INTEGER)", null),
        gives(CAST, "CAST(CAST(NULL AS DATE) AS TEXT)", null),
        fails(CAST, "CAST('abc' AS INTEGER)"),
        fails(CAST, "CAST('' AS INTEGER)"),
        fails(CAST, "CAST(40000 AS SMALLINT)"),
        fails(CAST, "CAST(3000000000 AS INTEGER)"),
        fails(CAST, "CAST(1234.5 AS DECIMAL(5, 2))"),
        fails(CAST, "CAST('2023-02-' || '29' AS DATE)"),
        gives(
            CAST,
            "CAST('2024-02-29 ' || '10:00:00' AS TIMESTAMPTZ)",
            Instant.parse("2024-02-29T10:00:00Z")),
        fails(CAST, "CAST('Na' || 'N' AS DECIMAL(5, 2))"),
        fails(CAST, "CAST('to' || 'day' AS DATE)"),
        fails(CAST, "CAST('no' || 'w' AS TIMESTAMPTZ)"),
        fails(CAST, "CAST('yester' || 'day' AS TIMESTAMP)"));
  }
}
