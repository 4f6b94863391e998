package dev.leat.generate;

import dev.leat.generate.Token.Unit;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values that nobody's data has, by which a plan is made as if they were the time of the run, the
 * watermarks and the newest partitions. Where one of them is to be written as a literal, a token is
 * written instead.
 */
final class Sentinels {
  /** A Thursday, neither a month's first day nor a Monday. */
  static final Instant NOW = Instant.parse("3333-03-19T05:06:07.089Z");

  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
  private static final LocalDate FIRST_WATERMARK = LocalDate.of(4000, 1, 1);
  private static final String WATERMARK_TIME = " 04:04:04.444";
  private static final long WATERMARK_NUMBER = 4_444_044_404_440_000L;
  private static final String WATERMARK_TEXT = "leat:watermark:";

  /** Newest partitions are years apart, so that a day tells whose it is and how far back. */
  private static final int FIRST_NEWEST = 5000;

  private static final int YEARS_APART = 20;

  private static final ErrorCode WATERMARK =
      new ErrorCode("GENERATE_WATERMARK", ErrorCategory.CONFIG);

  private final List<Token.Watermark> watermarks = new ArrayList<>();
  private final List<TableId> partitioned = new ArrayList<>();
  private final Map<LocalDate, Unit> days = new HashMap<>();

  Sentinels() {
    days.put(TODAY.withDayOfMonth(1), Unit.MONTH);
    days.put(TODAY.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), Unit.WEEK);
    days.put(TODAY, Unit.DAY);
  }

  /** A value to remember as how far a node has read. */
  String watermark(TableId node, int position, LogicalType type) {
    Token.Watermark token = new Token.Watermark(node, position, type);
    int index = watermarks.indexOf(token);
    if (index < 0) {
      index = watermarks.size();
      watermarks.add(token);
    }
    LocalDate day = FIRST_WATERMARK.plusDays(index);
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case DATE -> day.toString();
            case TIMESTAMP, TIMESTAMP_TZ -> day + WATERMARK_TIME;
            case INT16, INT32, INT64, FLOAT32, FLOAT64 -> Long.toString(WATERMARK_NUMBER + index);
            case TEXT -> WATERMARK_TEXT + index;
            case BOOLEAN, TIME, JSON, BINARY, UUID, INTERVAL -> throw refused(node, type);
          };
      case LogicalType.Decimal _ -> Long.toString(WATERMARK_NUMBER + index);
      case LogicalType.ListOf _ -> throw refused(node, type);
    };
  }

  private static LeatException refused(TableId node, LogicalType type) {
    return new LeatException(
        WATERMARK,
        node + " reads new rows by a column of type " + type + ", which no code is generated for",
        "let a number, a text, a date or a timestamp tell which rows are new");
  }

  /**
   * A day to take for the newest partition that a node has made.
   *
   * @param node the dataset that it makes
   */
  LocalDate newest(TableId node) {
    int index = partitioned.indexOf(node);
    if (index < 0) {
      index = partitioned.size();
      partitioned.add(node);
    }
    return newest(index);
  }

  private static LocalDate newest(int index) {
    return LocalDate.of(FIRST_NEWEST + index * YEARS_APART, 5, 20);
  }

  private Optional<Token> newest(LocalDate day, LogicalType type) {
    int index = Math.ceilDiv(day.getYear() - FIRST_NEWEST, YEARS_APART);
    for (int i = index; i >= 0 && i <= index + 1 && i < partitioned.size(); i++) {
      long days = ChronoUnit.DAYS.between(day, newest(i));
      if (days >= 0) {
        return Optional.of(new Token.Newest(partitioned.get(i), days, type));
      }
    }
    return Optional.empty();
  }

  /** What a literal means; empty for what it says. */
  Optional<Token> token(LogicalType type, String value) {
    if (type == Primitive.DATE) {
      return day(LocalDate.parse(value), type);
    }
    if (type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_TZ) {
      return timestamp(type, value);
    }
    if (type == Primitive.TEXT) {
      return text(value);
    }
    return isNumber(type) ? number(value) : Optional.empty();
  }

  Optional<Token> text(String value) {
    return value.startsWith(WATERMARK_TEXT)
        ? watermark(Long.parseLong(value.substring(WATERMARK_TEXT.length())))
        : Optional.empty();
  }

  private static boolean isNumber(LogicalType type) {
    return type instanceof LogicalType.Decimal
        || type == Primitive.INT16
        || type == Primitive.INT32
        || type == Primitive.INT64
        || type == Primitive.FLOAT32
        || type == Primitive.FLOAT64;
  }

  private Optional<Token> number(String value) {
    try {
      return watermark(new BigDecimal(value).longValueExact() - WATERMARK_NUMBER);
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<Token> day(LocalDate day, LogicalType type) {
    Unit unit = days.get(day);
    if (unit != null) {
      return Optional.of(new Token.Now(unit, type));
    }
    Optional<Token> watermark = watermark(ChronoUnit.DAYS.between(FIRST_WATERMARK, day));
    return watermark.isPresent() ? watermark : newest(day, type);
  }

  private Optional<Token> timestamp(LogicalType type, String value) {
    if (value.endsWith(WATERMARK_TIME)) {
      LocalDate day = LocalDate.parse(value.substring(0, value.length() - WATERMARK_TIME.length()));
      return watermark(ChronoUnit.DAYS.between(FIRST_WATERMARK, day));
    }
    try {
      Instant instant = Instant.parse(value.replace(' ', 'T') + "Z");
      if (instant.equals(NOW)) {
        return Optional.of(new Token.Now(Unit.MILLISECOND, type));
      }
      if (instant.equals(NOW.truncatedTo(ChronoUnit.HOURS))) {
        return Optional.of(new Token.Now(Unit.HOUR, type));
      }
      LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
      return instant.equals(day.atStartOfDay().toInstant(ZoneOffset.UTC))
          ? day(day, type)
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Optional<Token> watermark(long index) {
    return index >= 0 && index < watermarks.size()
        ? Optional.of(watermarks.get((int) index))
        : Optional.empty();
  }
}
