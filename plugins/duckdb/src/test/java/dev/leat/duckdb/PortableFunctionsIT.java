package dev.leat.duckdb;

import static dev.leat.duckdb.Workbench.column;
import static dev.leat.duckdb.Workbench.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.SqlReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What portable functions give on DuckDB, in a session whose zone is not UTC. */
@NullUnmarked
class PortableFunctionsIT {
  private static final Workbench WORKBENCH = Workbench.shared();

  @BeforeAll
  static void values() {
    WORKBENCH.table(
        "numbers",
        List.of(
            column("s", Primitive.INT16),
            column("i", Primitive.INT32),
            column("l", Primitive.INT64),
            column("d", new Decimal(10, 2)),
            column("r", Primitive.FLOAT32),
            column("f", Primitive.FLOAT64),
            column("t", Primitive.TEXT)),
        List.of(
            row(1, 10, 100, "1.50", 0.5, 0.25, "b"),
            row(2, 20, 200, "2.25", 1.5, 0.5, "a"),
            row(null, null, null, null, null, null, null),
            row(3, 30, 300, "-4.00", 2.5, 1.0, "b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      nullValues = "NULL",
      value = {
        "7 / 2 ¦ 3 ¦ INTEGER",
        "-7 / 2 ¦ -3 ¦ INTEGER",
        "7 / -2 ¦ -3 ¦ INTEGER",
        "7 / 0 ¦ NULL ¦ INTEGER",
        "1.5 / 2 ¦ 0.75 ¦ DOUBLE",
        "1.5 / 0 ¦ NULL ¦ DOUBLE",
        "1e0 / 0 ¦ NULL ¦ DOUBLE",
        "MOD(7, 3) ¦ 1 ¦ INTEGER",
        "-7 % 3 ¦ -1 ¦ INTEGER",
        "7 % -3 ¦ 1 ¦ INTEGER",
        "7 % 0 ¦ NULL ¦ INTEGER",
        "ABS(-1.50) ¦ 1.50 ¦ DECIMAL(3,2)",
        "CEIL(1.20) ¦ 2.00 ¦ DECIMAL(3,2)",
        "CEIL(-1.5e0) ¦ -1.0 ¦ DOUBLE",
        "FLOOR(-1.20) ¦ -2.00 ¦ DECIMAL(3,2)",
        "ROUND(2.50) ¦ 3.00 ¦ DECIMAL(3,2)",
        "ROUND(-2.50) ¦ -3.00 ¦ DECIMAL(3,2)",
        "ROUND(2.345, 2) ¦ 2.350 ¦ DECIMAL(4,3)",
        "ROUND(2.5e0) ¦ 3.0 ¦ DOUBLE",
        "ROUND(-0.125e0, 2) ¦ -0.13 ¦ DOUBLE",
        "ROUND(7) ¦ 7 ¦ INTEGER",
        "SIGN(-2.5) ¦ -1 ¦ INTEGER",
        "SIGN(0) ¦ 0 ¦ INTEGER",
        "POWER(2, 10) ¦ 1024.0 ¦ DOUBLE",
        "SQRT(16) ¦ 4.0 ¦ DOUBLE",
        "SQRT(-1) ¦ NULL ¦ DOUBLE",
        "EXP(0) ¦ 1.0 ¦ DOUBLE",
        "LN(1) ¦ 0.0 ¦ DOUBLE",
        "LN(0) ¦ NULL ¦ DOUBLE",
        "GREATEST(1, NULL, 3) ¦ 3 ¦ INTEGER",
        "LEAST('b', 'a', NULL) ¦ a ¦ VARCHAR",
        "GREATEST('Z', 'a') ¦ a ¦ VARCHAR",
        "'a' || 'b' ¦ ab ¦ VARCHAR",
        "'a' || NULL ¦ NULL ¦ VARCHAR",
        "UPPER('añé') ¦ AÑÉ ¦ VARCHAR",
        "LOWER('ÄB') ¦ äb ¦ VARCHAR",
        "'<' || TRIM('  a ') || '>' ¦ <a> ¦ VARCHAR",
        "'<' || LTRIM('  a ') || '>' ¦ <a > ¦ VARCHAR",
        "'<' || RTRIM('  a ') || '>' ¦ <  a> ¦ VARCHAR",
        "LENGTH('añ😀') ¦ 3 ¦ BIGINT",
        "CHAR_LENGTH('') ¦ 0 ¦ BIGINT",
        "SUBSTRING('a😀bc' FROM 2 FOR 2) ¦ 😀b ¦ VARCHAR",
        "SUBSTRING('abc', 2) ¦ bc ¦ VARCHAR",
        "SUBSTRING('abc', 9) ¦ `` ¦ VARCHAR",
        "POSITION('c' IN 'abc') ¦ 3 ¦ BIGINT",
        "POSITION('x' IN 'abc') ¦ 0 ¦ BIGINT",
        "REPLACE('abcb', 'b', 'xx') ¦ axxcxx ¦ VARCHAR",
        "LEFT('a😀bc', 2) ¦ a😀 ¦ VARCHAR",
        "LEFT('abc', 0) ¦ `` ¦ VARCHAR",
        "RIGHT('abc', 2) ¦ bc ¦ VARCHAR",
        "LPAD('7', 3, '0') ¦ 007 ¦ VARCHAR",
        "RPAD('abc', 2, 'x') ¦ ab ¦ VARCHAR",
        "SPLIT_PART('a,b,c', ',', 2) ¦ b ¦ VARCHAR",
        "SPLIT_PART('a,b,c', ',', 4) ¦ `` ¦ VARCHAR",
        "STARTS_WITH('abc', 'ab') ¦ true ¦ BOOLEAN",
        "'abc' LIKE 'a%' ¦ true ¦ BOOLEAN",
        "'ABC' LIKE 'a%' ¦ false ¦ BOOLEAN",
        "'a\\bc' LIKE 'a\\b%' ¦ true ¦ BOOLEAN",
        "'a%c' LIKE 'a!%_' ESCAPE '!' ¦ true ¦ BOOLEAN",
        "'abc' NOT LIKE '%d%' ¦ true ¦ BOOLEAN",
        "REGEXP_LIKE('abc123', '[0-9]+$') ¦ true ¦ BOOLEAN",
        "MD5('ä') ¦ 8419b71c87a225a2c70b50486fbee545 ¦ VARCHAR",
        "CURRENT_DATE ¦ 2024-05-01 ¦ DATE",
        "CAST(CURRENT_TIMESTAMP AS TIMESTAMP) ¦ 2024-05-01 10:00:00.5 ¦ TIMESTAMP",
        "EXTRACT(YEAR FROM DATE '2024-12-30') ¦ 2024 ¦ BIGINT",
        "EXTRACT(QUARTER FROM DATE '2024-12-30') ¦ 4 ¦ BIGINT",
        "EXTRACT(WEEK FROM DATE '2024-12-30') ¦ 1 ¦ BIGINT",
        "EXTRACT(DOW FROM DATE '2024-05-05') ¦ 0 ¦ BIGINT",
        "EXTRACT(DOY FROM DATE '2024-12-31') ¦ 366 ¦ BIGINT",
        "EXTRACT(HOUR FROM CAST('2024-05-01 23:30:00+00' AS TIMESTAMPTZ)) ¦ 23 ¦ BIGINT",
        "EXTRACT(DAY FROM CAST('2024-05-01 23:30:00+00' AS TIMESTAMPTZ)) ¦ 1 ¦ BIGINT",
        "EXTRACT(SECOND FROM TIMESTAMP '2024-05-01 10:00:59.9') ¦ 59 ¦ BIGINT",
        "EXTRACT(EPOCH FROM TIMESTAMP '1970-01-02 00:00:00.7') ¦ 86400 ¦ BIGINT",
        "DATE_TRUNC('month', DATE '2024-05-31') ¦ 2024-05-01 ¦ DATE",
        "DATE_TRUNC('week', DATE '2024-05-05') ¦ 2024-04-29 ¦ DATE",
        "DATE_TRUNC('quarter', TIMESTAMP '2024-05-05 10:00:00') ¦ 2024-04-01 00:00:00 ¦ TIMESTAMP",
        "CAST(DATE_TRUNC('day', CAST('2024-05-01 23:30:00+00' AS TIMESTAMPTZ)) AS TIMESTAMP)"
            + " ¦ 2024-05-01 00:00:00 ¦ TIMESTAMP",
        "DATE '2024-01-31' + INTERVAL '1' MONTH ¦ 2024-02-29 ¦ DATE",
        "DATE '2024-02-29' - INTERVAL '1' YEAR ¦ 2023-02-28 ¦ DATE",
        "DATE '2024-01-31' + INTERVAL '1' DAY ¦ 2024-02-01 ¦ DATE",
        "DATE '2024-01-31' + 2 * INTERVAL '3' DAY ¦ 2024-02-06 ¦ DATE",
        "TIMESTAMP '2024-01-31 10:00:00' + INTERVAL '90' SECOND ¦ 2024-01-31 10:01:30 ¦ TIMESTAMP",
        "TIMESTAMPDIFF(DAY, DATE '2024-01-01', DATE '2024-03-01') ¦ 60 ¦ BIGINT",
        "TIMESTAMPDIFF(HOUR, TIMESTAMP '2024-01-01 10:59:00', TIMESTAMP '2024-01-01 12:00:00')"
            + " ¦ 1 ¦ BIGINT",
        "TIMESTAMPDIFF(HOUR, TIMESTAMP '2024-01-01 12:00:00', TIMESTAMP '2024-01-01 10:59:00')"
            + " ¦ -1 ¦ BIGINT",
        "CAST(TRUE AS TEXT) ¦ true ¦ VARCHAR",
        "CAST(1.50 AS TEXT) ¦ 1.50 ¦ VARCHAR",
        "CAST(DATE '2024-05-01' AS TEXT) ¦ 2024-05-01 ¦ VARCHAR",
        "CAST(TIMESTAMP '2024-05-01 10:00:00' AS TEXT) ¦ 2024-05-01 10:00:00 ¦ VARCHAR",
        "CAST(TIMESTAMP '2024-05-01 10:00:00.25' AS TEXT) ¦ 2024-05-01 10:00:00.25 ¦ VARCHAR",
        "CAST('42' AS INTEGER) ¦ 42 ¦ INTEGER",
        "CAST('1.5' AS DECIMAL(5, 2)) ¦ 1.50 ¦ DECIMAL(5,2)",
        "CAST('2024-05-01' AS DATE) ¦ 2024-05-01 ¦ DATE",
        "CAST(CAST('2024-05-01 23:30:00+00' AS TIMESTAMPTZ) AS DATE) ¦ 2024-05-01 ¦ DATE",
        "COALESCE(NULL, 2) ¦ 2 ¦ INTEGER",
        "NULLIF('a', 'a') ¦ NULL ¦ VARCHAR",
        "'a' < 'B' ¦ false ¦ BOOLEAN",
        "NULL IS NOT DISTINCT FROM 1 ¦ false ¦ BOOLEAN",
        "CASE WHEN 1 = 2 THEN 'a' ELSE 'long' END || '<' ¦ long< ¦ VARCHAR",
        "9999999999 + 1 ¦ 10000000000 ¦ BIGINT",
        "(SELECT SUM(s) FROM t.numbers) ¦ 6 ¦ BIGINT",
        "(SELECT SUM(d) FROM t.numbers) ¦ -0.25 ¦ DECIMAL(38,2)",
        "(SELECT SUM(r) FROM t.numbers) ¦ 4.5 ¦ DOUBLE",
        "(SELECT SUM(i) FROM t.numbers WHERE FALSE) ¦ NULL ¦ BIGINT",
        "(SELECT AVG(i) FROM t.numbers) ¦ 20.0 ¦ DOUBLE",
        "(SELECT AVG(d) FROM t.numbers WHERE d > 0) ¦ 1.875 ¦ DOUBLE",
        "(SELECT COUNT(*) FROM t.numbers) ¦ 4 ¦ BIGINT",
        "(SELECT COUNT(DISTINCT t) FROM t.numbers) ¦ 2 ¦ BIGINT",
        "(SELECT COUNT(*) FILTER (WHERE i > 10) FROM t.numbers) ¦ 2 ¦ BIGINT",
        "(SELECT MIN(t) FROM t.numbers) ¦ a ¦ VARCHAR",
        "(SELECT STDDEV_SAMP(i) FROM t.numbers) ¦ 10.0 ¦ DOUBLE",
        "(SELECT STDDEV_SAMP(i) FROM t.numbers WHERE i = 10) ¦ NULL ¦ DOUBLE",
        "(SELECT BOOL_AND(i > 10) FROM t.numbers) ¦ false ¦ BOOLEAN",
        "(SELECT SOME(i > 10) FROM t.numbers) ¦ true ¦ BOOLEAN",
        "(SELECT STRING_AGG(t, '-' ORDER BY t DESC) FROM t.numbers) ¦ b-b-a ¦ VARCHAR",
        "(SELECT STRING_AGG(DISTINCT t, '-' ORDER BY t) FROM t.numbers) ¦ a-b ¦ VARCHAR",
        "(SELECT MAX(CAST(r AS DOUBLE) * 2) FROM t.numbers) ¦ 5.0 ¦ DOUBLE",
        "(SELECT MAX(s + 32767) FROM t.numbers) ¦ 32770 ¦ INTEGER"
      })
  void gives(String expression, String expected, String type) {
    CompiledQuery query = WORKBENCH.compile(new Relation.Sql("SELECT " + expression + " AS v"));
    Object value = WORKBENCH.run(query).getFirst().getFirst();
    assertThat(value == null ? null : String.valueOf(value)).isEqualTo(expected);
    assertThat(WORKBENCH.types(query)).containsExactly(type);
    assertThat(new DuckDbDialect().type(query.columns().getFirst().type())).isEqualTo(type);
  }

  @Test
  void ranksAndNeighboursPutNullsLast() {
    assertThat(
            WORKBENCH.run(
                new Relation.Sql(
                    """
                    SELECT i, ROW_NUMBER() OVER (ORDER BY i DESC) AS n, RANK() OVER (ORDER BY t) AS r,
                      DENSE_RANK() OVER (ORDER BY t) AS d, NTILE(2) OVER (ORDER BY i) AS h,
                      LAG(i, 1, 0) OVER (ORDER BY i) AS b, LEAD(i) OVER (ORDER BY i) AS a,
                      FIRST_VALUE(i) OVER (ORDER BY i) AS f,
                      LAST_VALUE(i) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS l
                    FROM t.numbers ORDER BY i DESC
                    """)))
        .containsExactly(
            row(30, 1L, 2L, 2L, 2L, 20, null, 10, null),
            row(20, 2L, 1L, 1L, 1L, 10, 30, 10, null),
            row(10, 3L, 2L, 2L, 1L, 0, 20, 10, null),
            row(null, 4L, 4L, 3L, 2L, 30, null, 10, null));
  }

  @Test
  void everyTypeComesThroughUnchanged() {
    List<Column> columns = new ArrayList<>();
    for (Primitive type : Primitive.values()) {
      columns.add(column("c_" + type.name().toLowerCase(Locale.ROOT), type));
    }
    columns.add(column("c_decimal", new Decimal(38, 10)));
    columns.add(column("c_list", new LogicalType.ListOf(Primitive.TEXT)));
    WORKBENCH.table("everything", columns, List.of());
    CompiledQuery query =
        WORKBENCH.compile(
            new Relation.Sql(
                "SELECT * FROM (SELECT * FROM t.everything UNION ALL SELECT * FROM t.everything) u"));
    assertThat(query.columns()).isEqualTo(columns);
    assertThat(WORKBENCH.types(query))
        .isEqualTo(
            columns.stream()
                .map(column -> new DuckDbDialect().type(column.type()))
                .map(type -> type.replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"))
                .toList());
  }

  @Test
  void hasEveryFunctionOfTheReference() {
    assertThat(SqlReference.markdown(List.of(new DuckDbDialect())).stream().skip(2))
        .hasSizeGreaterThan(45)
        .allMatch(line -> line.endsWith(" | yes |"));
  }
}
