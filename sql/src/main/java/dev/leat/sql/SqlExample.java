package dev.leat.sql;

import java.util.Arrays;
import java.util.List;

/**
 * One function for the reference.
 *
 * @param form how it is called
 * @param meaning what it gives
 * @param samples expressions over the sample's columns that together use all of it
 */
record SqlExample(String form, String meaning, List<String> samples) {
  SqlExample(String form, String meaning, String... samples) {
    this(form, meaning, List.of(samples));
  }

  static final List<SqlExample> ALL =
      List.of(
          new SqlExample(
              "a / b",
              "Whole numbers truncate towards zero, everything else gives a DOUBLE. NULL if b is 0.",
              "i / 2",
              "n / 2",
              "x / 2"),
          new SqlExample(
              "MOD(a, b), a % b", "With the sign of a. NULL if b is 0.", "MOD(i, 2)", "n % 2"),
          new SqlExample("ABS(x)", "Of the argument's type.", "ABS(i)", "ABS(n)", "ABS(x)"),
          new SqlExample(
              "CEIL(x)",
              "The least whole number not below; of the argument's type.",
              "CEIL(n)",
              "CEIL(x)"),
          new SqlExample(
              "FLOOR(x)",
              "The greatest whole number not above; of the argument's type.",
              "FLOOR(n)",
              "FLOOR(x)"),
          new SqlExample(
              "ROUND(x), ROUND(x, n)",
              "Halves away from zero; decimals keep their type.",
              "ROUND(n)",
              "ROUND(n, 1)",
              "ROUND(x)",
              "ROUND(x, 1)"),
          new SqlExample("SIGN(x)", "-1, 0 or 1.", "SIGN(n)"),
          new SqlExample("POWER(x, y)", "DOUBLE.", "POWER(x, 2)"),
          new SqlExample("SQRT(x)", "DOUBLE; NULL for negative numbers.", "SQRT(x)"),
          new SqlExample("EXP(x)", "DOUBLE.", "EXP(x)"),
          new SqlExample(
              "LN(x)",
              "Natural logarithm, DOUBLE; NULL for numbers that are not positive.",
              "LN(x)"),
          new SqlExample(
              "GREATEST(a, b, …)",
              "The greatest argument that is not NULL.",
              "GREATEST(i, 1)",
              "GREATEST(s, 'a')"),
          new SqlExample(
              "LEAST(a, b, …)",
              "The least argument that is not NULL.",
              "LEAST(i, 1)",
              "LEAST(s, 'a')"),
          new SqlExample("a || b", "Both texts; NULL if one is.", "s || 'a'"),
          new SqlExample("UPPER(s)", "By Unicode's simple mapping.", "UPPER(s)"),
          new SqlExample("LOWER(s)", "By Unicode's simple mapping.", "LOWER(s)"),
          new SqlExample(
              "TRIM(s), LTRIM(s), RTRIM(s)",
              "Without blanks at both ends, or at one.",
              "TRIM(s)",
              "LTRIM(s)",
              "RTRIM(s)"),
          new SqlExample("LENGTH(s), CHAR_LENGTH(s)", "In code points.", "LENGTH(s)"),
          new SqlExample(
              "SUBSTRING(s FROM start FOR length)",
              "From 1, in code points.",
              "SUBSTRING(s FROM 1 FOR 2)",
              "SUBSTRING(s FROM 2)"),
          new SqlExample(
              "POSITION(part IN s)", "From 1; 0 if it is not there.", "POSITION('a' IN s)"),
          new SqlExample("REPLACE(s, part, by)", "Every occurrence.", "REPLACE(s, 'a', 'b')"),
          new SqlExample(
              "LEFT(s, n), RIGHT(s, n)",
              "The first or last n code points.",
              "LEFT(s, 2)",
              "RIGHT(s, 2)"),
          new SqlExample(
              "LPAD(s, n, fill), RPAD(s, n, fill)",
              "Filled, or cut, to n code points.",
              "LPAD(s, 5, '0')",
              "RPAD(s, 5, '0')"),
          new SqlExample(
              "SPLIT_PART(s, separator, n)",
              "The n-th part from 1; empty if there are fewer.",
              "SPLIT_PART(s, ',', 1)"),
          new SqlExample("STARTS_WITH(s, part)", "BOOLEAN.", "STARTS_WITH(s, 'a')"),
          new SqlExample(
              "s LIKE pattern",
              "Case counts; `%` and `_`; `ESCAPE 'c'` is optional.",
              "s LIKE 'a%'",
              "s LIKE 'a!%' ESCAPE '!'"),
          new SqlExample(
              "REGEXP_LIKE(s, pattern)",
              "Whether a part matches; what RE2, Java and PostgreSQL share.",
              "REGEXP_LIKE(s, '[0-9]+')"),
          new SqlExample("MD5(s)", "Of the UTF-8 bytes, in small hexadecimal digits.", "MD5(s)"),
          new SqlExample("CURRENT_DATE", "The date of the run's start in UTC.", "CURRENT_DATE"),
          new SqlExample("CURRENT_TIMESTAMP", "The run's start.", "CURRENT_TIMESTAMP"),
          new SqlExample(
              "EXTRACT(unit FROM x)",
              "YEAR, QUARTER, MONTH, WEEK (ISO), DAY, DOW (0 is Sunday), DOY, HOUR, MINUTE, SECOND"
                  + " (whole), EPOCH (whole seconds); BIGINT; in UTC.",
              units(
                  "EXTRACT(%s FROM t)",
                  "YEAR QUARTER MONTH WEEK DAY DOW DOY HOUR MINUTE SECOND EPOCH")),
          new SqlExample(
              "DATE_TRUNC('unit', x)",
              "year, quarter, month, week (Monday), day, hour, minute, second; of the argument's"
                  + " type; in UTC.",
              units("DATE_TRUNC('%s', t)", "year quarter month week day hour minute second")),
          new SqlExample(
              "x + INTERVAL '3' DAY, x - …",
              "YEAR, MONTH, DAY, HOUR, MINUTE, SECOND; the last day of a month where the day does"
                  + " not exist; dates take YEAR, MONTH and DAY.",
              units("t + INTERVAL '3' %s", "YEAR MONTH DAY HOUR MINUTE SECOND")),
          new SqlExample(
              "TIMESTAMPDIFF(unit, a, b)",
              "Whole units from a to b, truncated towards zero: SECOND, MINUTE, HOUR, DAY.",
              units("TIMESTAMPDIFF(%s, t, t)", "SECOND MINUTE HOUR DAY")),
          new SqlExample(
              "CAST(x AS type)",
              "An error of the query where the value does not fit. DOUBLE and REAL do not become"
                  + " TEXT.",
              "CAST(s AS INTEGER)",
              "CAST(s AS DECIMAL(10, 2))",
              "CAST(s AS DATE)",
              "CAST(s AS TIMESTAMP)",
              "CAST(i AS TEXT)",
              "CAST(n AS TEXT)",
              "CAST(b AS TEXT)",
              "CAST(d AS TEXT)",
              "CAST(t AS TEXT)",
              "CAST(t AS DATE)",
              "CAST(z AS TIMESTAMP)"),
          new SqlExample("COALESCE(a, b, …)", "The first that is not NULL.", "COALESCE(i, 0)"),
          new SqlExample("NULLIF(a, b)", "a, or NULL if it equals b.", "NULLIF(i, 0)"),
          new SqlExample(
              "COUNT(*), COUNT(x), COUNT(DISTINCT x)",
              "BIGINT.",
              "COUNT(*)",
              "COUNT(i)",
              "COUNT(DISTINCT i)"),
          new SqlExample(
              "SUM(x)",
              "Of whole numbers BIGINT, of decimals DECIMAL(38, same scale), else DOUBLE; NULL of no"
                  + " rows.",
              "SUM(i)",
              "SUM(n)",
              "SUM(x)"),
          new SqlExample("MIN(x), MAX(x)", "Texts by their UTF-8 bytes.", "MIN(i)", "MAX(s)"),
          new SqlExample("AVG(x)", "DOUBLE.", "AVG(i)", "AVG(n)"),
          new SqlExample(
              "STDDEV_SAMP(x)", "DOUBLE; NULL of fewer than two rows.", "STDDEV_SAMP(x)"),
          new SqlExample("BOOL_AND(x), EVERY(x)", "Whether all are true.", "BOOL_AND(b)"),
          new SqlExample("BOOL_OR(x), SOME(x)", "Whether one is true.", "BOOL_OR(b)"),
          new SqlExample(
              "STRING_AGG(s, separator ORDER BY …)",
              "Without an order the result is not defined.",
              "STRING_AGG(s, ',' ORDER BY s)"),
          new SqlExample(
              "ROW_NUMBER() OVER (…)", "From 1.", "ROW_NUMBER() OVER (PARTITION BY b ORDER BY i)"),
          new SqlExample(
              "RANK(), DENSE_RANK()",
              "With and without gaps.",
              "RANK() OVER (ORDER BY i)",
              "DENSE_RANK() OVER (ORDER BY i)"),
          new SqlExample("NTILE(n)", "Which of n equal parts.", "NTILE(4) OVER (ORDER BY i)"),
          new SqlExample(
              "LAG(x, n, otherwise), LEAD(…)",
              "The row n before or behind.",
              "LAG(i) OVER (ORDER BY i)",
              "LEAD(i, 2, 0) OVER (ORDER BY i)"),
          new SqlExample(
              "FIRST_VALUE(x), LAST_VALUE(x)",
              "Of the frame.",
              "FIRST_VALUE(i) OVER (ORDER BY i)",
              "LAST_VALUE(i) OVER (ORDER BY i)"));

  private static String[] units(String sample, String units) {
    return Arrays.stream(units.split(" ")).map(sample::formatted).toArray(String[]::new);
  }
}
