package dev.leat.app.conformance;

import static dev.leat.app.conformance.FunctionCase.gives;
import static dev.leat.spi.sql.PortableFunction.CURRENT_DATE;
import static dev.leat.spi.sql.PortableFunction.CURRENT_TIMESTAMP;
import static dev.leat.spi.sql.PortableFunction.DATE_ADD;
import static dev.leat.spi.sql.PortableFunction.DATE_DIFF;
import static dev.leat.spi.sql.PortableFunction.DATE_TRUNC;
import static dev.leat.spi.sql.PortableFunction.EXTRACT;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * Dates and times: leap days, the ends of months and years, before 1970, fractions, and instants
 * that are on another day elsewhere.
 */
final class TimeCases {
  /** On 2 May in Tokyo. */
  private static final String LATE = "CAST('2024-05-01 23:30:00+00' AS TIMESTAMPTZ)";

  /** The last microsecond before the clocks of Berlin are put forward. */
  private static final String SPRING = "CAST('2024-03-31 01:59:59.999999+01' AS TIMESTAMPTZ)";

  private TimeCases() {}

  static List<FunctionCase> all() {
    return List.of(
        gives(CURRENT_DATE, "CURRENT_DATE", LocalDate.of(2024, 5, 1)),
        gives(CURRENT_TIMESTAMP, "CURRENT_TIMESTAMP", Instant.parse("2024-05-01T10:00:00.5Z")),
        gives(
            CURRENT_TIMESTAMP, "CAST(CURRENT_TIMESTAMP AS TIMESTAMP)", at("2024-05-01T10:00:00.5")),
        gives(EXTRACT, "EXTRACT(YEAR FROM DATE '2024-12-30')", 2024L),
        gives(EXTRACT, "EXTRACT(YEAR FROM DATE '0001-01-01')", 1L),
        gives(EXTRACT, "EXTRACT(QUARTER FROM DATE '2024-12-30')", 4L),
        gives(EXTRACT, "EXTRACT(MONTH FROM DATE '2024-02-29')", 2L),
        gives(EXTRACT, "EXTRACT(WEEK FROM DATE '2024-12-30')", 1L),
        gives(EXTRACT, "EXTRACT(WEEK FROM DATE '2021-01-03')", 53L),
        gives(EXTRACT, "EXTRACT(DAY FROM DATE '2024-02-29')", 29L),
        gives(EXTRACT, "EXTRACT(DAY FROM " + LATE + ")", 1L),
        gives(EXTRACT, "EXTRACT(DOW FROM DATE '2024-05-05')", 0L),
        gives(EXTRACT, "EXTRACT(DOW FROM DATE '2024-05-04')", 6L),
        gives(EXTRACT, "EXTRACT(DOY FROM DATE '2024-12-31')", 366L),
        gives(EXTRACT, "EXTRACT(HOUR FROM " + LATE + ")", 23L),
        gives(EXTRACT, "EXTRACT(HOUR FROM " + SPRING + ")", 0L),
        gives(EXTRACT, "EXTRACT(MINUTE FROM " + SPRING + ")", 59L),
        gives(EXTRACT, "EXTRACT(SECOND FROM TIMESTAMP '2024-05-01 10:00:59.9')", 59L),
        gives(EXTRACT, "EXTRACT(SECOND FROM TIMESTAMP '1969-12-31 23:59:59.9')", 59L),
        gives(EXTRACT, "EXTRACT(EPOCH FROM TIMESTAMP '1970-01-02 00:00:00.7')", 86400L),
        gives(EXTRACT, "EXTRACT(EPOCH FROM TIMESTAMP '1969-12-31 23:59:59.5')", -1L),
        gives(EXTRACT, "EXTRACT(EPOCH FROM " + LATE + ")", 1714606200L),
        gives(EXTRACT, "EXTRACT(YEAR FROM CAST(NULL AS DATE))", null),
        gives(DATE_TRUNC, "DATE_TRUNC('year', DATE '2024-12-31')", day("2024-01-01")),
        gives(DATE_TRUNC, "DATE_TRUNC('month', DATE '2024-05-31')", day("2024-05-01")),
        gives(DATE_TRUNC, "DATE_TRUNC('week', DATE '2024-05-05')", day("2024-04-29")),
        gives(DATE_TRUNC, "DATE_TRUNC('week', DATE '2024-01-01')", day("2024-01-01")),
        gives(
            DATE_TRUNC,
            "DATE_TRUNC('quarter', TIMESTAMP '2024-05-05 10:00:00')",
            at("2024-04-01T00:00")),
        gives(
            DATE_TRUNC,
            "DATE_TRUNC('second', TIMESTAMP '1969-12-31 23:59:59.999999')",
            at("1969-12-31T23:59:59")),
        gives(
            DATE_TRUNC,
            "DATE_TRUNC('minute', TIMESTAMP '2024-05-05 10:07:59')",
            at("2024-05-05T10:07")),
        gives(DATE_TRUNC, "DATE_TRUNC('day', " + LATE + ")", Instant.parse("2024-05-01T00:00:00Z")),
        gives(
            DATE_TRUNC,
            "DATE_TRUNC('hour', " + SPRING + ")",
            Instant.parse("2024-03-31T00:00:00Z")),
        gives(DATE_TRUNC, "DATE_TRUNC('day', CAST(NULL AS TIMESTAMP))", null),
        gives(DATE_ADD, "DATE '2024-01-31' + INTERVAL '1' MONTH", day("2024-02-29")),
        gives(DATE_ADD, "DATE '2023-01-31' + INTERVAL '1' MONTH", day("2023-02-28")),
        gives(DATE_ADD, "DATE '2024-02-29' - INTERVAL '1' YEAR", day("2023-02-28")),
        gives(DATE_ADD, "DATE '2024-02-29' + INTERVAL '4' YEAR", day("2028-02-29")),
        gives(DATE_ADD, "DATE '2024-01-31' + INTERVAL '1' DAY", day("2024-02-01")),
        gives(DATE_ADD, "DATE '2024-01-31' + 2 * INTERVAL '3' DAY", day("2024-02-06")),
        gives(
            DATE_ADD,
            "TIMESTAMP '2024-01-31 10:00:00' + INTERVAL '90' SECOND",
            at("2024-01-31T10:01:30")),
        gives(
            DATE_ADD,
            "TIMESTAMP '2023-12-31 23:59:59.999999' + INTERVAL '1' SECOND",
            at("2024-01-01T00:00:00.999999")),
        gives(DATE_ADD, LATE + " + INTERVAL '1' DAY", Instant.parse("2024-05-02T23:30:00Z")),
        gives(
            DATE_ADD,
            SPRING + " + INTERVAL '1' HOUR",
            Instant.parse("2024-03-31T01:59:59.999999Z")),
        gives(DATE_ADD, LATE + " - INTERVAL '45' MINUTE", Instant.parse("2024-05-01T22:45:00Z")),
        gives(DATE_ADD, "CAST(NULL AS DATE) + INTERVAL '1' DAY", null),
        gives(DATE_DIFF, "TIMESTAMPDIFF(DAY, DATE '2024-01-01', DATE '2024-03-01')", 60L),
        gives(DATE_DIFF, "TIMESTAMPDIFF(DAY, DATE '2024-03-01', DATE '2024-02-28')", -2L),
        gives(
            DATE_DIFF,
            "TIMESTAMPDIFF(HOUR, TIMESTAMP '2024-01-01 10:59:00', TIMESTAMP '2024-01-01 12:00:00')",
            1L),
        gives(
            DATE_DIFF,
            "TIMESTAMPDIFF(HOUR, TIMESTAMP '2024-01-01 12:00:00', TIMESTAMP '2024-01-01 10:59:00')",
            -1L),
        gives(DATE_DIFF, "TIMESTAMPDIFF(MINUTE, " + SPRING + ", " + LATE + ")", 45990L),
        gives(
            DATE_DIFF,
            "TIMESTAMPDIFF(SECOND, TIMESTAMP '1969-12-31 23:59:59.5', TIMESTAMP '1970-01-01 00:00:01')",
            1L),
        gives(DATE_DIFF, "TIMESTAMPDIFF(DAY, DATE '2024-03-01', CAST(NULL AS DATE))", null));
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  private static LocalDateTime at(String text) {
    return LocalDateTime.parse(text);
  }
}
