package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Dates and timestamps written in queries. */
final class Literals {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private Literals() {}

  /** {@code DATE '…'} and {@code TIMESTAMP '…'} as a conversion of the text. */
  static SqlNode resolve(SqlUnknownLiteral literal) {
    String tag = literal.tag.toUpperCase(Locale.ROOT);
    LogicalType type =
        switch (tag) {
          case "DATE" -> Primitive.DATE;
          case "TIMESTAMP", "DATETIME" -> Primitive.TIMESTAMP;
          case "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP WITH TIME ZONE" ->
              Primitive.TIMESTAMP_TZ;
          case "TIME" -> Primitive.TIME;
          default ->
              throw Problem.unsupported(
                  literal.getParserPosition(),
                  tag + " '…' is not portable",
                  "Use DATE '…', TIMESTAMP '…' or TIMESTAMP WITH TIME ZONE '…'.");
        };
    SqlParserPos at = literal.getParserPosition();
    return new SqlBasicCall(
        Objects.requireNonNull(Operators.function("CAST")),
        List.of(
            SqlLiteral.createCharString(literal.getValue(), at),
            new SqlDataTypeSpec(new LogicalTypeName(type, at), at)),
        at);
  }

  static String timestamp(Instant instant) {
    return TIME.format(
        LocalDateTime.ofInstant(instant, ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
  }

  /** The value as dialects want it. */
  static String normal(LogicalType type, String text, SqlParserPos at) {
    String value = text.strip();
    try {
      if (type == Primitive.DATE) {
        return LocalDate.parse(value).toString();
      }
      boolean day = value.length() == "2024-05-01".length();
      String iso = day ? value + "T00:00:00" : value.replace(' ', 'T');
      if (type == Primitive.TIMESTAMP) {
        return TIME.format(LocalDateTime.parse(iso));
      }
      return timestamp(zoned(value, iso));
    } catch (DateTimeException e) {
      throw Problem.type(
          at,
          "This is not written as a " + Types.name(type) + " is",
          "Write a date as '2024-05-01', a timestamp as '2024-05-01 10:00:00', and with a zone as"
              + " '2024-05-01 10:00:00+02:00'.");
    }
  }

  private static Instant zoned(String value, String iso) {
    int sign = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
    boolean offset = sign > iso.indexOf('T');
    if (offset || value.endsWith("Z")) {
      boolean hours = offset && iso.length() - sign == 3;
      return OffsetDateTime.parse(hours ? iso + ":00" : iso).toInstant();
    }
    String local = value.endsWith(" UTC") ? iso.substring(0, iso.length() - 4) : iso;
    return LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
  }
}
