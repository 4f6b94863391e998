package dev.leat.app.conformance;

import static dev.leat.app.conformance.FunctionCase.fails;
import static dev.leat.app.conformance.FunctionCase.gives;
import static dev.leat.app.conformance.FunctionCase.wide;
import static dev.leat.spi.sql.PortableFunction.ABS;
import static dev.leat.spi.sql.PortableFunction.CEIL;
import static dev.leat.spi.sql.PortableFunction.DIVIDE;
import static dev.leat.spi.sql.PortableFunction.EXP;
import static dev.leat.spi.sql.PortableFunction.FLOOR;
import static dev.leat.spi.sql.PortableFunction.GREATEST;
import static dev.leat.spi.sql.PortableFunction.LEAST;
import static dev.leat.spi.sql.PortableFunction.LN;
import static dev.leat.spi.sql.PortableFunction.MOD;
import static dev.leat.spi.sql.PortableFunction.POWER;
import static dev.leat.spi.sql.PortableFunction.ROUND;
import static dev.leat.spi.sql.PortableFunction.SIGN;
import static dev.leat.spi.sql.PortableFunction.SQRT;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Numbers: signs, halves, zeros, the ends of their types, NULL. */
final class NumberCases {
  private NumberCases() {}

  static List<FunctionCase> all() {
    return List.of(
        gives(DIVIDE, "7 / 2", 3),
        gives(DIVIDE, "-7 / 2", -3),
        gives(DIVIDE, "7 / -2", -3),
        gives(DIVIDE, "7 / 0", null),
        gives(DIVIDE, "CAST(NULL AS INTEGER) / 2", null),
        gives(DIVIDE, "2 / CAST(NULL AS INTEGER)", null),
        gives(DIVIDE, "9223372036854775807 / 2", 4611686018427387903L),
        gives(DIVIDE, "1.5 / 2", 0.75),
        gives(DIVIDE, "1 / 4.0", 0.25),
        gives(DIVIDE, "1.5 / 0", null),
        gives(DIVIDE, "1e0 / 0", null),
        gives(MOD, "MOD(7, 3)", 1),
        gives(MOD, "-7 % 3", -1),
        gives(MOD, "7 % -3", 1),
        gives(MOD, "7 % 0", null),
        gives(MOD, "MOD(NULL, 3)", null),
        gives(MOD, "MOD(-7.25, 2)", decimal("-1.25")),
        gives(MOD, "MOD(9223372036854775807, 10)", 7L),
        gives(ABS, "ABS(-1.50)", decimal("1.50")),
        gives(ABS, "ABS(-7)", 7),
        gives(ABS, "ABS(-2.5e0)", 2.5),
        gives(ABS, "ABS(CAST(NULL AS BIGINT))", null),
        gives(ABS, "ABS(-9223372036854775807)", 9223372036854775807L),
        wide(ABS, "ABS(-12345678901234567890.12)", decimal("12345678901234567890.12")),
        gives(CEIL, "CEIL(1.20)", decimal("2")),
        gives(CEIL, "CEIL(-1.20)", decimal("-1")),
        gives(CEIL, "CEIL(-1.5e0)", -1.0),
        gives(CEIL, "CEIL(7)", 7),
        gives(CEIL, "CEIL(CAST(NULL AS DECIMAL(5, 2)))", null),
        gives(FLOOR, "FLOOR(-1.20)", decimal("-2")),
        gives(FLOOR, "FLOOR(1.99)", decimal("1")),
        gives(FLOOR, "FLOOR(1.5e0)", 1.0),
        gives(FLOOR, "FLOOR(-7)", -7),
        gives(FLOOR, "FLOOR(CAST(NULL AS DOUBLE))", null),
        gives(ROUND, "ROUND(2.50)", decimal("3")),
        gives(ROUND, "ROUND(-2.50)", decimal("-3")),
        gives(ROUND, "ROUND(2.345, 2)", decimal("2.35")),
        gives(ROUND, "ROUND(-2.345, 2)", decimal("-2.35")),
        gives(ROUND, "ROUND(1250.5, -2)", decimal("1300")),
        gives(ROUND, "ROUND(2.5e0)", 3.0),
        gives(ROUND, "ROUND(-2.5e0)", -3.0),
        gives(ROUND, "ROUND(0.49999999999999994e0)", 0.0),
        gives(ROUND, "ROUND(-0.125e0, 2)", -0.13),
        gives(ROUND, "ROUND(7)", 7),
        gives(ROUND, "ROUND(1245, -1)", 1250),
        gives(ROUND, "ROUND(-1245, -1)", -1250),
        gives(ROUND, "ROUND(CAST(NULL AS DECIMAL(5, 2)), 1)", null),
        gives(SIGN, "SIGN(-2.5)", -1),
        gives(SIGN, "SIGN(0)", 0),
        gives(SIGN, "SIGN(0.01)", 1),
        gives(SIGN, "SIGN(-1e-300)", -1),
        gives(SIGN, "SIGN(CAST(NULL AS INTEGER))", null),
        gives(POWER, "POWER(2, 10)", 1024.0),
        gives(POWER, "POWER(2, -1)", 0.5),
        gives(POWER, "POWER(0, 0)", 1.0),
        gives(POWER, "POWER(-2, 3)", -8.0),
        gives(POWER, "POWER(NULL, 2)", null),
        gives(SQRT, "SQRT(16)", 4.0),
        gives(SQRT, "SQRT(0.25)", 0.5),
        gives(SQRT, "SQRT(-1)", null),
        gives(SQRT, "SQRT(CAST(NULL AS INTEGER))", null),
        gives(EXP, "EXP(0)", 1.0),
        gives(EXP, "EXP(1)", Math.E),
        gives(EXP, "EXP(-1000)", 0.0),
        gives(EXP, "EXP(CAST(NULL AS DOUBLE))", null),
        gives(LN, "LN(1)", 0.0),
        gives(LN, "LN(10)", Math.log(10)),
        gives(LN, "LN(0)", null),
        gives(LN, "LN(-1.5)", null),
        gives(LN, "LN(CAST(NULL AS DOUBLE))", null),
        gives(GREATEST, "GREATEST(1, NULL, 3)", 3),
        gives(GREATEST, "GREATEST(-1.5, -1.25)", decimal("-1.25")),
        gives(GREATEST, "GREATEST('Z', 'a')", "a"),
        gives(GREATEST, "GREATEST('a', '\u00e4', 'z')", "\u00e4"),
        gives(GREATEST, "GREATEST(CAST(NULL AS INTEGER), NULL)", null),
        gives(
            GREATEST, "GREATEST(DATE '2024-02-29', DATE '2024-02-28')", LocalDate.of(2024, 2, 29)),
        gives(LEAST, "LEAST('b', 'a', NULL)", "a"),
        gives(LEAST, "LEAST('\ud83d\ude00', '\uffee')", "\uffee"),
        gives(LEAST, "LEAST(2, 1.5)", decimal("1.5")),
        gives(LEAST, "LEAST(1, -1)", -1),
        gives(LEAST, "LEAST(CAST(NULL AS TEXT), NULL)", null),
        fails(ABS, "ABS(2147483647) + 1"),
        fails(ABS, "ABS(9223372036854775807) + 1"));
  }

  static BigDecimal decimal(String value) {
    return new BigDecimal(value);
  }
}
