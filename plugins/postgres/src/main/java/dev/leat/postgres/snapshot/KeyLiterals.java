package dev.leat.postgres.snapshot;

import dev.leat.postgres.connect.Sql;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Values of a key column as SQL literals without a type.
 *
 * @param column the column
 * @param vector its values
 */
record KeyLiterals(Column column, FieldVector vector) {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  String at(int row) {
    return Sql.literal(text(row));
  }

  private String text(int row) {
    return switch (column.type()) {
      case Primitive type ->
          switch (type) {
            case BOOLEAN -> ((BitVector) vector).get(row) == 0 ? "f" : "t";
            case INT16 -> Short.toString(((SmallIntVector) vector).get(row));
            case INT32 -> Integer.toString(((IntVector) vector).get(row));
            case INT64 -> Long.toString(((BigIntVector) vector).get(row));
            case FLOAT32 -> Float.toString(((Float4Vector) vector).get(row));
            case FLOAT64 -> Double.toString(((Float8Vector) vector).get(row));
            case TEXT, JSON ->
                new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
            case BINARY -> "\\x" + HexFormat.of().formatHex(((VarBinaryVector) vector).get(row));
            case UUID -> uuid(((FixedSizeBinaryVector) vector).get(row));
            case DATE -> date(((DateDayVector) vector).get(row));
            case TIME -> time(((TimeMicroVector) vector).get(row));
            case TIMESTAMP -> timestamp(((TimeStampVector) vector).get(row), "");
            case TIMESTAMP_TZ -> timestamp(((TimeStampVector) vector).get(row), "+00");
            case INTERVAL -> interval((IntervalMonthDayNanoVector) vector, row);
          };
      case Decimal _ -> ((DecimalVector) vector).getObject(row).toPlainString();
      case ListOf _ ->
          throw new LeatException(
              ErrorCode.INTERNAL,
              "Rows cannot be looked up by column %s, an array.".formatted(column.name()),
              "Choose a key without arrays, or copy the table anew with `leat resync TABLE`.");
    };
  }

  private static String uuid(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  private static String date(int days) {
    return switch (days) {
      case Integer.MAX_VALUE -> "infinity";
      case -Integer.MAX_VALUE -> "-infinity";
      default -> day(LocalDate.ofEpochDay(days)) + era(LocalDate.ofEpochDay(days));
    };
  }

  private static String time(long micros) {
    return micros == MICROS_PER_DAY ? "24:00:00" : LocalTime.ofNanoOfDay(micros * 1_000).toString();
  }

  private static String timestamp(long micros, String zone) {
    if (micros == Long.MAX_VALUE) {
      return "infinity";
    }
    if (micros == -Long.MAX_VALUE) {
      return "-infinity";
    }
    LocalDateTime value =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, MICROS_PER_SECOND),
            (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1_000,
            ZoneOffset.UTC);
    LocalDate date = value.toLocalDate();
    return day(date) + " " + value.toLocalTime() + zone + era(date);
  }

  /** PostgreSQL counts years as people do: before the year 1 comes the year 1 BC. */
  private static String day(LocalDate date) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    return "%04d-%02d-%02d".formatted(year, date.getMonthValue(), date.getDayOfMonth());
  }

  private static String era(LocalDate date) {
    return date.getYear() > 0 ? "" : " BC";
  }

  private static String interval(IntervalMonthDayNanoVector vector, int row) {
    var value = vector.get(row);
    long micros = IntervalMonthDayNanoVector.getNanoseconds(value, 0) / 1_000;
    long size = Math.abs(micros);
    // Not as a number of microseconds: servers before 15 take only 32 bits of any unit.
    return "%d months %d days %s%d:%02d:%02d.%06d"
        .formatted(
            IntervalMonthDayNanoVector.getMonths(value, 0),
            IntervalMonthDayNanoVector.getDays(value, 0),
            micros < 0 ? "-" : "",
            size / (3_600 * MICROS_PER_SECOND),
            size / (60 * MICROS_PER_SECOND) % 60,
            size / MICROS_PER_SECOND % 60,
            size % MICROS_PER_SECOND);
  }
}
