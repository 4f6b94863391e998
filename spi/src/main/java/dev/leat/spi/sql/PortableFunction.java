package dev.leat.spi.sql;

/**
 * The functions of portable SQL, and those of its operators that engines write differently. Each
 * means the same on every engine that has it; what it means is said here. Results are NULL if an
 * argument is, unless it says otherwise.
 */
public enum PortableFunction {
  /**
   * {@code a / b}: integers truncate towards zero, everything else gives a DOUBLE; NULL if b is 0.
   */
  DIVIDE,
  /** {@code MOD(a, b)}, also {@code a % b}, with the sign of a; NULL if b is 0. */
  MOD,
  ABS,
  /** The least integer not below; of the argument's type. */
  CEIL,
  /** The greatest integer not above; of the argument's type. */
  FLOOR,
  /** {@code ROUND(x)}, {@code ROUND(x, n)}: halves away from zero; decimals keep their type. */
  ROUND,
  /** -1, 0 or 1. */
  SIGN,
  /** DOUBLE. */
  POWER,
  /** DOUBLE; NULL for negative numbers. */
  SQRT,
  /** DOUBLE. */
  EXP,
  /** Natural logarithm, DOUBLE; NULL for numbers that are not positive. */
  LN,
  /** The greatest argument that is not NULL. */
  GREATEST,
  /** The least argument that is not NULL. */
  LEAST,
  /** {@code a || b}. */
  CONCAT,
  /** By Unicode's simple mapping. */
  UPPER,
  /** By Unicode's simple mapping. */
  LOWER,
  /** {@code TRIM(s)}: blanks (U+0020) at both ends. */
  TRIM,
  LTRIM,
  RTRIM,
  /** {@code CHAR_LENGTH(s)}, {@code LENGTH(s)}: code points. */
  LENGTH,
  /** {@code SUBSTRING(s FROM start FOR length)}, from 1, by code points; start is at least 1. */
  SUBSTRING,
  /** {@code POSITION(part IN s)}: from 1; 0 if it is not there. */
  POSITION,
  /** {@code REPLACE(s, part, by)}. */
  REPLACE,
  /** {@code LEFT(s, n)}: the first n code points, n not negative. */
  LEFT,
  /** {@code RIGHT(s, n)}: the last n code points, n not negative. */
  RIGHT,
  /** {@code LPAD(s, n, fill)}. */
  LPAD,
  /** {@code RPAD(s, n, fill)}. */
  RPAD,
  /** {@code SPLIT_PART(s, separator, n)}: the n-th part from 1; empty if there are fewer. */
  SPLIT_PART,
  /** {@code STARTS_WITH(s, part)}. */
  STARTS_WITH,
  /** {@code s LIKE pattern}: case counts; {@code %} and {@code _}; ESCAPE is optional. */
  LIKE,
  /**
   * {@code REGEXP_LIKE(s, pattern)}: whether a part matches; what RE2, Java and PostgreSQL share.
   */
  REGEXP_LIKE,
  /** {@code MD5(s)}: of the UTF-8 bytes, lower-case hexadecimal. */
  MD5,
  /** The start of the run's date in UTC; the same in the whole run. */
  CURRENT_DATE,
  /** The start of the run, TIMESTAMP WITH TIME ZONE; the same in the whole run. */
  CURRENT_TIMESTAMP,
  /**
   * {@code EXTRACT(unit FROM x)}: YEAR, QUARTER, MONTH, WEEK (ISO), DAY, DOW (0 is Sunday), DOY,
   * HOUR, MINUTE, SECOND (whole), EPOCH (whole seconds); BIGINT; in UTC.
   */
  EXTRACT,
  /**
   * {@code DATE_TRUNC('unit', x)}: year, quarter, month, week (Monday), day, hour, minute, second;
   * of the argument's type; in UTC.
   */
  DATE_TRUNC,
  /**
   * {@code x + INTERVAL '3' DAY}, {@code x - …}: YEAR, MONTH, DAY, HOUR, MINUTE, SECOND. The last
   * day of a month where the day does not exist. Dates take YEAR, MONTH and DAY.
   */
  DATE_ADD,
  /**
   * {@code TIMESTAMPDIFF(unit, a, b)}: whole units from a to b, truncated towards zero: SECOND,
   * MINUTE, HOUR, DAY; BIGINT.
   */
  DATE_DIFF,
  /**
   * {@code CAST(x AS type)}: an error of the query where the value does not fit; from texts that
   * the type is written as, and to text from integers, decimals, booleans ({@code true}), dates and
   * timestamps ({@code 2024-05-01 10:00:00}, with fractions only where there are any). DOUBLE and
   * REAL to text is not portable.
   */
  CAST,
  /** BIGINT. */
  COUNT,
  /** Of integers BIGINT, of decimals DECIMAL(38, same scale), else DOUBLE; NULL of no rows. */
  SUM,
  MIN,
  MAX,
  /** DOUBLE. */
  AVG,
  /** DOUBLE; NULL of fewer than two rows. */
  STDDEV_SAMP,
  /** {@code BOOL_AND(x)}, {@code EVERY(x)}. */
  BOOL_AND,
  /** {@code BOOL_OR(x)}, {@code SOME(x)}. */
  BOOL_OR,
  /** {@code STRING_AGG(s, separator ORDER BY …)}; without an order the result is not defined. */
  STRING_AGG,
  ROW_NUMBER,
  RANK,
  DENSE_RANK,
  NTILE,
  /** {@code LAG(x, n, otherwise)}. */
  LAG,
  LEAD,
  FIRST_VALUE,
  LAST_VALUE
}
