package dev.leat.app.conformance;

import static dev.leat.app.conformance.FunctionCase.gives;
import static dev.leat.app.conformance.FunctionCase.wide;
import static dev.leat.app.conformance.NumberCases.decimal;
import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.row;
import static dev.leat.spi.sql.PortableFunction.AVG;
import static dev.leat.spi.sql.PortableFunction.BOOL_AND;
import static dev.leat.spi.sql.PortableFunction.BOOL_OR;
import static dev.leat.spi.sql.PortableFunction.COUNT;
import static dev.leat.spi.sql.PortableFunction.MAX;
import static dev.leat.spi.sql.PortableFunction.MIN;
import static dev.leat.spi.sql.PortableFunction.STDDEV_SAMP;
import static dev.leat.spi.sql.PortableFunction.STRING_AGG;
import static dev.leat.spi.sql.PortableFunction.SUM;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.PortableFunction;
import java.time.Instant;
import java.util.List;

/** Aggregates over four rows, one of which is NULL throughout, and over none. */
final class AggregateCases {
  /** The table {@code t.numbers}. */
  static final List<Column> COLUMNS =
      List.of(
          column("s", Primitive.INT16),
          column("i", Primitive.INT32),
          column("l", Primitive.INT64),
          column("d", new Decimal(10, 2)),
          column("r", Primitive.FLOAT32),
          column("f", Primitive.FLOAT64),
          column("t", Primitive.TEXT),
          column("b", Primitive.BOOLEAN),
          column("z", Primitive.TIMESTAMP_TZ));

  static final List<List<Object>> ROWS =
      List.of(
          row(
              (short) 32767,
              10,
              4611686018427387904L,
              decimal("1.50"),
              0.5f,
              0.25,
              "b",
              true,
              Instant.parse("2024-05-01T23:30:00Z")),
          row(
              (short) 2,
              20,
              200L,
              decimal("2.25"),
              1.5f,
              0.5,
              "Z",
              false,
              Instant.parse("2024-04-30T23:30:00Z")),
          row(null, null, null, null, null, null, null, null, null),
          row(
              (short) 3,
              30,
              -300L,
              decimal("-4.00"),
              2.5f,
              1.0,
              "b",
              true,
              Instant.parse("1969-12-31T00:00:00Z")));

  private AggregateCases() {}

  static List<FunctionCase> all() {
    return List.of(
        of(COUNT, "COUNT(*)", 4L),
        of(COUNT, "COUNT(i)", 3L),
        of(COUNT, "COUNT(DISTINCT t)", 2L),
        of(COUNT, "COUNT(*) FILTER (WHERE i > 10)", 2L),
        none(COUNT, "COUNT(*)", 0L),
        of(SUM, "SUM(s)", 32772L),
        of(SUM, "SUM(i)", 60L),
        of(SUM, "SUM(DISTINCT s % 2)", 1L),
        of(SUM, "SUM(d)", decimal("-0.25")),
        of(SUM, "SUM(r)", 4.5),
        of(SUM, "SUM(f)", 1.75),
        of(SUM, "SUM(i) FILTER (WHERE b)", 40L),
        none(SUM, "SUM(i)", null),
        FunctionCase.fails(
            SUM,
            "(SELECT SUM(l) FROM (SELECT l FROM t.numbers UNION ALL SELECT l FROM t.numbers) x WHERE l > 0 AND l <> 200)"),
        wide(
            SUM,
            "(SELECT SUM(CAST('12345678901234567.89' AS DECIMAL(19, 2))) FROM t.numbers)",
            decimal("49382715604938271.56")),
        of(MIN, "MIN(t)", "Z"),
        of(MIN, "MIN(z)", Instant.parse("1969-12-31T00:00:00Z")),
        of(MIN, "MIN(d)", decimal("-4.00")),
        of(MIN, "MIN(b)", false),
        none(MIN, "MIN(t)", null),
        of(MAX, "MAX(t)", "b"),
        of(MAX, "MAX(CAST(r AS DOUBLE) * 2)", 5.0),
        of(MAX, "MAX(i + 2147483000)", 2147483030),
        none(MAX, "MAX(z)", null),
        of(AVG, "AVG(i)", 20.0),
        of(AVG, "AVG(d)", -0.25 / 3),
        of(AVG, "AVG(l)", (0x1p62 - 100) / 3),
        none(AVG, "AVG(i)", null),
        of(STDDEV_SAMP, "STDDEV_SAMP(i)", 10.0),
        of(STDDEV_SAMP, "STDDEV_SAMP(i) FILTER (WHERE i = 10)", null),
        none(STDDEV_SAMP, "STDDEV_SAMP(i)", null),
        of(BOOL_AND, "BOOL_AND(b)", false),
        of(BOOL_AND, "EVERY(i > 5)", true),
        none(BOOL_AND, "BOOL_AND(b)", null),
        of(BOOL_OR, "BOOL_OR(b)", true),
        of(BOOL_OR, "SOME(i > 50)", false),
        none(BOOL_OR, "BOOL_OR(b)", null),
        of(STRING_AGG, "STRING_AGG(t, '-' ORDER BY t DESC)", "b-b-Z"),
        of(STRING_AGG, "STRING_AGG(DISTINCT t, '-' ORDER BY t)", "Z-b"),
        of(STRING_AGG, "STRING_AGG(t, '' ORDER BY i DESC)", "bZb"),
        of(STRING_AGG, "STRING_AGG(COALESCE(t, ''), ',' ORDER BY i)", "b,Z,b,"),
        none(STRING_AGG, "STRING_AGG(t, '-' ORDER BY t)", null));
  }

  private static FunctionCase of(PortableFunction function, String aggregate, Object expected) {
    return gives(function, "(SELECT " + aggregate + " FROM t.numbers)", expected);
  }

  private static FunctionCase none(PortableFunction function, String aggregate, Object expected) {
    return gives(function, "(SELECT " + aggregate + " FROM t.numbers WHERE i > 99)", expected);
  }
}
