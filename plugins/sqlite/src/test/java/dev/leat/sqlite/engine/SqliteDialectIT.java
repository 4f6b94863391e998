package dev.leat.sqlite.engine;

import static dev.leat.spi.schema.LogicalType.Primitive.BOOLEAN;
import static dev.leat.spi.schema.LogicalType.Primitive.DATE;
import static dev.leat.spi.schema.LogicalType.Primitive.FLOAT32;
import static dev.leat.spi.schema.LogicalType.Primitive.FLOAT64;
import static dev.leat.spi.schema.LogicalType.Primitive.INT16;
import static dev.leat.spi.schema.LogicalType.Primitive.INT32;
import static dev.leat.spi.schema.LogicalType.Primitive.INT64;
import static dev.leat.spi.schema.LogicalType.Primitive.JSON;
import static dev.leat.spi.schema.LogicalType.Primitive.TEXT;
import static dev.leat.spi.schema.LogicalType.Primitive.TIME;
import static dev.leat.spi.schema.LogicalType.Primitive.TIMESTAMP;
import static dev.leat.spi.schema.LogicalType.Primitive.TIMESTAMP_TZ;
import static dev.leat.spi.schema.LogicalType.Primitive.UUID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.PortableFunction;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every portable function, by its meaning, on SQLite itself. */
class SqliteDialectIT {
  private static final SqliteDialect DIALECT = new SqliteDialect();
  private static final Decimal MONEY = new Decimal(10, 2);

  @TempDir Path folder;
  private Session session;

  /** An operand: SQL and its type. */
  private record Operand(String sql, LogicalType type) {}

  @BeforeEach
  void open() {
    session = Session.writer(folder.resolve("test.sqlite"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static Operand of(LogicalType type, String value) {
    return new Operand(DIALECT.literal(type, value), type);
  }

  private static Operand text(String value) {
    return of(TEXT, value);
  }

  private static Operand number(long value) {
    return of(INT64, Long.toString(value));
  }

  private static Operand none(LogicalType type) {
    return new Operand("NULL", type);
  }

  private @Nullable String value(
      PortableFunction function, LogicalType type, String unit, Operand... operands) {
    return session.rows("SELECT " + sql(function, type, unit, operands)).getFirst().getFirst();
  }

  private @Nullable String value(PortableFunction function, LogicalType type, Operand... operands) {
    return value(function, type, "", operands);
  }

  private static String sql(
      PortableFunction function, LogicalType type, String unit, Operand... operands) {
    return DIALECT.call(call(function, type, unit, operands)).orElseThrow();
  }

  private static Call call(
      PortableFunction function, LogicalType type, String unit, Operand... operands) {
    return new Call(
        function,
        List.of(operands).stream().map(Operand::sql).toList(),
        List.of(operands).stream().map(Operand::type).toList(),
        type,
        unit,
        false,
        "",
        "");
  }

  private @Nullable String cast(Operand operand, LogicalType type) {
    return value(PortableFunction.CAST, type, operand);
  }

  private void refuses(Operand operand, LogicalType type) {
    assertThatThrownBy(() -> cast(operand, type))
        .as(operand + " as " + type)
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA));
  }

  @Test
  void divides() {
    assertThat(value(PortableFunction.DIVIDE, INT64, number(-7), number(2))).isEqualTo("-3");
    assertThat(value(PortableFunction.DIVIDE, INT64, number(7), number(0))).isNull();
    assertThat(value(PortableFunction.DIVIDE, FLOAT64, of(MONEY, "7"), of(MONEY, "2")))
        .isEqualTo("3.5");
    assertThat(value(PortableFunction.DIVIDE, FLOAT64, of(FLOAT64, "7"), of(FLOAT64, "0")))
        .isNull();
    assertThatThrownBy(
            () -> value(PortableFunction.DIVIDE, INT64, number(Long.MIN_VALUE), number(-1)))
        .isInstanceOf(LeatException.class);
    assertThat(value(PortableFunction.MOD, INT64, number(-7), number(2))).isEqualTo("-1");
    assertThat(value(PortableFunction.MOD, INT64, number(7), number(0))).isNull();
    assertThat(value(PortableFunction.MOD, MONEY, of(MONEY, "5.3"), of(MONEY, "0.1")))
        .isEqualTo("0.0");
    assertThat(value(PortableFunction.MOD, MONEY, of(MONEY, "-5.35"), of(MONEY, "0.1")))
        .isEqualTo("-0.05");
    assertThat(value(PortableFunction.MOD, MONEY, of(MONEY, "5.3"), of(MONEY, "0"))).isNull();
  }

  @Test
  void rounds() {
    assertThat(value(PortableFunction.ABS, INT64, number(-5))).isEqualTo("5");
    assertThat(value(PortableFunction.CEIL, FLOAT64, of(FLOAT64, "1.2"))).isEqualTo("2.0");
    assertThat(value(PortableFunction.CEIL, INT64, number(3))).isEqualTo("3");
    assertThat(value(PortableFunction.FLOOR, FLOAT64, of(FLOAT64, "-1.2"))).isEqualTo("-2.0");
    assertThat(value(PortableFunction.ROUND, FLOAT64, of(FLOAT64, "-2.5"))).isEqualTo("-3.0");
    assertThat(value(PortableFunction.ROUND, MONEY, of(MONEY, "2.345"), number(2)))
        .isEqualTo("2.35");
    assertThat(value(PortableFunction.ROUND, INT64, number(15), number(-1))).isEqualTo("20");
    assertThat(value(PortableFunction.SIGN, INT32, of(FLOAT64, "-0.1"))).isEqualTo("-1");
    assertThat(value(PortableFunction.POWER, FLOAT64, number(2), number(10))).isEqualTo("1024.0");
    assertThat(value(PortableFunction.SQRT, FLOAT64, number(9))).isEqualTo("3.0");
    assertThat(value(PortableFunction.SQRT, FLOAT64, number(-9))).isNull();
    assertThat(value(PortableFunction.EXP, FLOAT64, number(0))).isEqualTo("1.0");
    assertThat(value(PortableFunction.LN, FLOAT64, number(1))).isEqualTo("0.0");
    assertThat(value(PortableFunction.LN, FLOAT64, number(0))).isNull();
    assertThat(value(PortableFunction.GREATEST, INT64, number(1), none(INT64), number(3)))
        .isEqualTo("3");
    assertThat(value(PortableFunction.LEAST, TEXT, text("\uff5e"), text("\ud83d\ude00")))
        .isEqualTo("\uff5e");
    assertThat(value(PortableFunction.LEAST, INT64, none(INT64), none(INT64))).isNull();
  }

  @Test
  void keepsArithmeticToItsType() {
    assertThat(session.rows("SELECT " + DIALECT.arithmetic("(0.1 + 0.2)", MONEY) + " = 0.3"))
        .containsExactly(List.of("1"));
    assertThatThrownBy(
            () -> session.rows("SELECT " + DIALECT.arithmetic("(9223372036854775807 + 1)", INT64)))
        .hasMessageContaining("does not fit into 64 bits");
    assertThatThrownBy(
            () -> session.rows("SELECT " + DIALECT.arithmetic("(2147483647 + 1)", INT32)))
        .hasMessageContaining("does not fit into 32 bits");
    assertThatThrownBy(
            () ->
                session.rows(
                    "SELECT "
                        + DIALECT.arithmetic("(123456789012345.0 * 1.01)", new Decimal(38, 4))))
        .hasMessageContaining("more than 15 digits");
  }

  @Test
  void worksWithTexts() {
    assertThat(value(PortableFunction.CONCAT, TEXT, text("a"), text("b"))).isEqualTo("ab");
    assertThat(value(PortableFunction.CONCAT, TEXT, text("a"), none(TEXT))).isNull();
    assertThat(value(PortableFunction.UPPER, TEXT, text("äß\uD801\uDC28"))).isEqualTo("Äß𐐀");
    assertThat(value(PortableFunction.LOWER, TEXT, text("ÄΣ"))).isEqualTo("äσ");
    assertThat(value(PortableFunction.TRIM, TEXT, text(" \ta "))).isEqualTo("\ta");
    assertThat(value(PortableFunction.LTRIM, TEXT, text(" a "))).isEqualTo("a ");
    assertThat(value(PortableFunction.RTRIM, TEXT, text(" a "))).isEqualTo(" a");
    assertThat(value(PortableFunction.LENGTH, INT64, text("ä𝄞"))).isEqualTo("2");
    assertThat(value(PortableFunction.SUBSTRING, TEXT, text("a𝄞bc"), number(2), number(2)))
        .isEqualTo("𝄞b");
    assertThat(value(PortableFunction.SUBSTRING, TEXT, text("abc"), number(2))).isEqualTo("bc");
    assertThat(value(PortableFunction.POSITION, INT64, text("b"), text("𝄞b"))).isEqualTo("2");
    assertThat(value(PortableFunction.POSITION, INT64, text("x"), text("ab"))).isEqualTo("0");
    assertThat(value(PortableFunction.REPLACE, TEXT, text("aba"), text("a"), text("c")))
        .isEqualTo("cbc");
    assertThat(value(PortableFunction.LEFT, TEXT, text("𝄞bc"), number(2))).isEqualTo("𝄞b");
    assertThat(value(PortableFunction.LEFT, TEXT, text("abc"), number(0))).isEmpty();
    assertThat(value(PortableFunction.RIGHT, TEXT, text("abc"), number(2))).isEqualTo("bc");
    assertThat(value(PortableFunction.RIGHT, TEXT, text("abc"), number(5))).isEqualTo("abc");
    assertThat(value(PortableFunction.RIGHT, TEXT, text("abc"), number(0))).isEmpty();
    assertThat(value(PortableFunction.LPAD, TEXT, text("7"), number(4), text("𝄞x")))
        .isEqualTo("𝄞x𝄞7");
    assertThat(value(PortableFunction.RPAD, TEXT, text("abc"), number(2), text("x")))
        .isEqualTo("ab");
    assertThat(value(PortableFunction.SPLIT_PART, TEXT, text("a--b-"), text("--"), number(2)))
        .isEqualTo("b-");
    assertThat(value(PortableFunction.SPLIT_PART, TEXT, text("a"), text("-"), number(2))).isEmpty();
    assertThat(value(PortableFunction.STARTS_WITH, BOOLEAN, text("Ab"), text("a"))).isEqualTo("0");
    assertThat(value(PortableFunction.LIKE, BOOLEAN, text("Äbc"), text("_b%"))).isEqualTo("1");
    assertThat(value(PortableFunction.LIKE, BOOLEAN, text("ABC"), text("ab%"))).isEqualTo("0");
    assertThat(value(PortableFunction.LIKE, BOOLEAN, text("a%"), text("a!%"), text("!")))
        .isEqualTo("1");
    assertThat(value(PortableFunction.REGEXP_LIKE, BOOLEAN, text("xab1"), text("b[0-9]$")))
        .isEqualTo("1");
    assertThat(value(PortableFunction.MD5, TEXT, text("ä")))
        .isEqualTo("8419b71c87a225a2c70b50486fbee545");
    assertThat(value(PortableFunction.UPPER, TEXT, none(TEXT))).isNull();
  }

  @Test
  void worksWithTimes() {
    Operand time = of(TIMESTAMP, "2024-02-29 23:59:58.999999");
    Operand day = of(DATE, "2024-12-30");
    Map.ofEntries(
            Map.entry("YEAR", "2024"),
            Map.entry("QUARTER", "1"),
            Map.entry("MONTH", "2"),
            Map.entry("WEEK", "9"),
            Map.entry("DAY", "29"),
            Map.entry("DOW", "4"),
            Map.entry("DOY", "60"),
            Map.entry("HOUR", "23"),
            Map.entry("MINUTE", "59"),
            Map.entry("SECOND", "58"),
            Map.entry("EPOCH", "1709251198"))
        .forEach(
            (unit, expected) ->
                assertThat(value(PortableFunction.EXTRACT, INT64, unit, time)).isEqualTo(expected));
    assertThat(value(PortableFunction.EXTRACT, INT64, "WEEK", day)).isEqualTo("1");
    assertThat(value(PortableFunction.EXTRACT, INT64, "DOW", of(DATE, "2024-12-29")))
        .isEqualTo("0");
    assertThat(
            value(PortableFunction.EXTRACT, INT64, "EPOCH", of(TIMESTAMP, "1969-12-31 23:59:59.5")))
        .isEqualTo("-1");
    assertThat(value(PortableFunction.DATE_TRUNC, DATE, "WEEK", day)).isEqualTo("2024-12-30");
    assertThat(value(PortableFunction.DATE_TRUNC, DATE, "QUARTER", day)).isEqualTo("2024-10-01");
    assertThat(value(PortableFunction.DATE_TRUNC, TIMESTAMP, "HOUR", time))
        .isEqualTo("2024-02-29 23:00:00.000000");
    assertThat(value(PortableFunction.DATE_ADD, DATE, "MONTH", of(DATE, "2024-01-31"), number(1)))
        .isEqualTo("2024-02-29");
    assertThat(value(PortableFunction.DATE_ADD, TIMESTAMP, "YEAR", time, number(-1)))
        .isEqualTo("2023-02-28 23:59:58.999999");
    assertThat(value(PortableFunction.DATE_ADD, TIMESTAMP, "SECOND", time, number(2)))
        .isEqualTo("2024-03-01 00:00:00.999999");
    assertThatThrownBy(() -> value(PortableFunction.DATE_ADD, DATE, "YEAR", day, number(9000)))
        .hasMessageContaining("years 1 to 9999");
    Operand later = of(TIMESTAMP, "2024-03-01 00:00:58");
    assertThat(value(PortableFunction.DATE_DIFF, INT64, "MINUTE", time, later)).isEqualTo("0");
    assertThat(value(PortableFunction.DATE_DIFF, INT64, "SECOND", later, time)).isEqualTo("-59");
    assertThat(value(PortableFunction.DATE_DIFF, INT64, "DAY", day, of(DATE, "2025-01-02")))
        .isEqualTo("3");
    assertThat(value(PortableFunction.CURRENT_DATE, DATE, day)).isEqualTo("2024-12-30");
    assertThat(value(PortableFunction.CURRENT_TIMESTAMP, TIMESTAMP_TZ, time)).isNotNull();
  }

  @Test
  void castsOrRefuses() {
    assertThat(cast(text(" -12 "), INT32)).isEqualTo("-12");
    assertThat(cast(of(FLOAT64, "2.5"), INT32)).isEqualTo("2");
    assertThat(cast(of(MONEY, "2.5"), INT32)).isEqualTo("3");
    assertThat(cast(of(BOOLEAN, "true"), INT16)).isEqualTo("1");
    for (String text : List.of("", "abc", "1.5", "1e5", "2147483648", "0x10")) {
      refuses(text(text), INT32);
    }
    refuses(number(40_000), INT16);
    refuses(of(FLOAT64, "1e300"), INT64);
    assertThat(cast(text("12.345"), MONEY)).isEqualTo("12.35");
    refuses(text("123456789"), MONEY);
    refuses(text("1e999999999"), MONEY);
    refuses(text("x"), MONEY);
    refuses(text("1234567890123456"), new Decimal(38, 0));
    assertThat(cast(text("1e3"), FLOAT64)).isEqualTo("1000.0");
    refuses(text("NaN"), FLOAT64);
    refuses(text("1e400"), FLOAT64);
    assertThat(cast(of(FLOAT64, "0.1"), FLOAT32)).isEqualTo("0.10000000149011612");
    refuses(of(FLOAT64, "1e300"), FLOAT32);
    assertThat(cast(text("TRUE"), BOOLEAN)).isEqualTo("1");
    refuses(text("yes"), BOOLEAN);
    assertThat(cast(number(5), BOOLEAN)).isEqualTo("1");
    assertThat(cast(text("2024-02-29"), DATE)).isEqualTo("2024-02-29");
    refuses(text("2023-02-29"), DATE);
    refuses(text("2023-2-1"), DATE);
    refuses(text("10000-01-01"), DATE);
    assertThat(cast(text("2024-05-01T10:00:00.5"), TIMESTAMP))
        .isEqualTo("2024-05-01 10:00:00.500000");
    refuses(text("2024-05-01 10:00:00.1234567"), TIMESTAMP);
    refuses(text("2024-05-01 10:00:00+02"), TIMESTAMP);
    assertThat(cast(text("2024-05-01 10:00:00+02:30"), TIMESTAMP_TZ))
        .isEqualTo("2024-05-01 07:30:00.000000");
    assertThat(cast(of(DATE, "2024-05-01"), TIMESTAMP)).isEqualTo("2024-05-01 00:00:00.000000");
    assertThat(cast(of(TIMESTAMP, "2024-05-01 10:00:00"), DATE)).isEqualTo("2024-05-01");
    assertThat(cast(text("10:00"), TIME)).isEqualTo("10:00:00.000000");
    refuses(text("25:00"), TIME);
    assertThat(cast(text("00000000-0000-0000-0000-0000000000AB"), UUID)).endsWith("ab");
    refuses(text("1-2-3-4-5"), UUID);
    assertThat(cast(text("{\"a\": 1.50}"), JSON)).isEqualTo("{\"a\": 1.50}");
    refuses(text("{"), JSON);
    assertThat(cast(none(TEXT), DATE)).isNull();
  }

  @Test
  void castsToText() {
    assertThat(cast(number(-5), TEXT)).isEqualTo("-5");
    assertThat(cast(of(MONEY, "1.5"), TEXT)).isEqualTo("1.50");
    assertThat(cast(of(MONEY, "-0.05"), TEXT)).isEqualTo("-0.05");
    assertThat(cast(of(BOOLEAN, "true"), TEXT)).isEqualTo("true");
    assertThat(cast(none(BOOLEAN), TEXT)).isNull();
    assertThat(cast(of(DATE, "2024-05-01"), TEXT)).isEqualTo("2024-05-01");
    assertThat(cast(of(TIMESTAMP, "2024-05-01 10:00:00"), TEXT)).isEqualTo("2024-05-01 10:00:00");
    assertThat(cast(of(TIMESTAMP, "2024-05-01 10:00:00.50"), TEXT))
        .isEqualTo("2024-05-01 10:00:00.5");
  }

  @Test
  void aggregates() {
    session.execute("CREATE TABLE t (i BIGINT, d DECIMAL(10,2), s TEXT, b BOOLEAN)");
    session.execute(
        "INSERT INTO t VALUES (1, 0.1, 'b', 1), (2, 0.2, 'a', 0), (NULL, NULL, NULL, NULL)");
    Operand i = new Operand("i", INT64);
    Operand b = new Operand("b", BOOLEAN);
    assertThat(aggregate(call(PortableFunction.COUNT, INT64, ""))).isEqualTo("3");
    assertThat(aggregate(call(PortableFunction.COUNT, INT64, "", i))).isEqualTo("2");
    assertThat(aggregate(call(PortableFunction.SUM, INT64, "", i))).isEqualTo("3");
    assertThat(
            aggregate(call(PortableFunction.SUM, new Decimal(38, 2), "", new Operand("d", MONEY))))
        .isEqualTo("0.3");
    assertThat(aggregate(call(PortableFunction.MIN, TEXT, "", new Operand("s", TEXT))))
        .isEqualTo("a");
    assertThat(aggregate(call(PortableFunction.MAX, INT64, "", i))).isEqualTo("2");
    assertThat(aggregate(call(PortableFunction.AVG, FLOAT64, "", i))).isEqualTo("1.5");
    assertThat(aggregate(call(PortableFunction.STDDEV_SAMP, FLOAT64, "", i)))
        .startsWith("0.70710678118654");
    assertThat(aggregate(call(PortableFunction.BOOL_AND, BOOLEAN, "", b))).isEqualTo("0");
    assertThat(aggregate(call(PortableFunction.BOOL_OR, BOOLEAN, "", b))).isEqualTo("1");
    Call joined =
        new Call(
            PortableFunction.STRING_AGG,
            List.of("s", "'-'"),
            List.of(TEXT, TEXT),
            TEXT,
            "",
            false,
            "ORDER BY s",
            "");
    assertThat(aggregate(joined)).isEqualTo("a-b");
    Call filtered =
        new Call(
            PortableFunction.STDDEV_SAMP,
            List.of("i"),
            List.of(INT64),
            FLOAT64,
            "",
            true,
            "",
            " FILTER (WHERE i > 1)");
    assertThat(aggregate(filtered)).isNull();
    session.execute("UPDATE t SET i = 9223372036854775807");
    assertThatThrownBy(() -> aggregate(call(PortableFunction.SUM, INT64, "", i)))
        .hasMessageContaining("integer overflow");
  }

  private @Nullable String aggregate(Call call) {
    return session
        .rows("SELECT " + DIALECT.call(call).orElseThrow() + " FROM t")
        .getFirst()
        .getFirst();
  }

  @Test
  void looksThroughWindows() {
    Set<PortableFunction> tried = EnumSet.noneOf(PortableFunction.class);
    List<List<Object>> expected =
        List.of(
            List.of(PortableFunction.ROW_NUMBER, List.of(), "1,2,3"),
            List.of(PortableFunction.RANK, List.of(), "1,1,3"),
            List.of(PortableFunction.DENSE_RANK, List.of(), "1,1,2"),
            List.of(PortableFunction.NTILE, List.of("2"), "1,1,2"),
            List.of(PortableFunction.LAG, List.of("n", "1", "0"), "0,1,1"),
            List.of(PortableFunction.LEAD, List.of("n", "2", "-1"), "5,-1,-1"),
            List.of(PortableFunction.FIRST_VALUE, List.of("n"), "1,1,1"),
            List.of(PortableFunction.LAST_VALUE, List.of("n"), "1,1,5"));
    for (List<Object> each : expected) {
      PortableFunction function = (PortableFunction) each.get(0);
      tried.add(function);
      Call call =
          new Call(
              function,
              ((List<?>) each.get(1)).stream().map(String::valueOf).toList(),
              List.of(),
              INT64,
              "",
              false,
              "",
              " OVER (ORDER BY n)");
      assertThat(window(call)).as(function.name()).isEqualTo(each.get(2));
    }
    assertThat(tried).hasSize(8);
    Call deviation =
        new Call(
            PortableFunction.STDDEV_SAMP,
            List.of("n"),
            List.of(INT64),
            FLOAT64,
            "",
            false,
            "",
            " OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)");
    assertThat(window(deviation)).startsWith("null,0.0,2.828427124746");
  }

  private String window(Call call) {
    return String.join(
        ",",
        session
            .rows(
                "WITH t(n) AS (VALUES (1), (1), (5)) SELECT "
                    + DIALECT.call(call).orElseThrow()
                    + " FROM t ORDER BY n")
            .stream()
            .map(row -> String.valueOf(row.getFirst()))
            .toList());
  }

  @Test
  void saysWhatItHasNothingFor() {
    assertThat(
            DIALECT.call(
                call(
                    PortableFunction.CAST,
                    TEXT,
                    "",
                    new Operand("x", LogicalType.Primitive.BINARY))))
        .isEqualTo(Optional.empty());
    assertThat(DIALECT.cannotKeep(new LogicalType.ListOf(TEXT))).isPresent();
    assertThatThrownBy(() -> DIALECT.literal("a\0b")).isInstanceOf(LeatException.class);
    assertThat(DIALECT.literal(INT64, "-1")).isEqualTo("(-1)");
  }
}
