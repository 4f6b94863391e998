package dev.leat.duckdb;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.Call;
import java.util.List;

/** The functions of portable SQL in DuckDB's. */
final class DuckDbCalls {
  private static final long MICROSECONDS = 1_000_000;

  private DuckDbCalls() {}

  static String write(Call call) {
    return switch (call.function()) {
      case DIVIDE ->
          isInteger(call.type())
              ? call.operand(0) + " // NULLIF(" + call.operand(1) + ", 0)"
              : asDouble(call, 0) + " / NULLIF(" + asDouble(call, 1) + ", 0)";
      case MOD -> as(call.type(), call.operand(0) + " % NULLIF(" + call.operand(1) + ", 0)");
      case ABS, CEIL, FLOOR, ROUND, SIGN -> as(call.type(), plain(call));
      case POWER, EXP -> call.function().name() + "(" + String.join(", ", doubles(call)) + ")";
      case SQRT -> "SQRT(" + where(asDouble(call, 0), ">= 0") + ")";
      case LN -> "LN(" + where(asDouble(call, 0), "> 0") + ")";
      case GREATEST, LEAST, LOWER, LENGTH, SUBSTRING, REPLACE, SPLIT_PART, STARTS_WITH, MD5 ->
          plain(call);
      case UPPER -> upper(call.operand(0));
      case LEFT, RIGHT -> plain(call);
      case LPAD, RPAD ->
          function(
              call.function().name(),
              List.of(
                  call.operand(0), "CAST(" + call.operand(1) + " AS INTEGER)", call.operand(2)));
      case CONCAT -> call.operand(0) + " || " + call.operand(1);
      case TRIM, LTRIM, RTRIM -> function(call.function().name(), List.of(call.operand(0), "' '"));
      case POSITION -> function("STRPOS", List.of(call.operand(1), call.operand(0)));
      case LIKE ->
          call.operand(0)
              + " LIKE "
              + call.operand(1)
              + (call.operands().size() > 2 ? " ESCAPE " + call.operand(2) : "");
      case REGEXP_LIKE -> function("REGEXP_MATCHES", call.operands());
      case CURRENT_DATE, CURRENT_TIMESTAMP -> call.function().name();
      case EXTRACT -> extract(call);
      case DATE_TRUNC -> truncated(call);
      case DATE_ADD -> added(call);
      case DATE_DIFF -> difference(call);
      case CAST -> cast(call.operand(0), call.types().getFirst(), call.type());
      case COUNT ->
          call.operands().isEmpty() ? "COUNT(*)" + call.suffix() : aggregate(call, "COUNT");
      case SUM, AVG -> as(call.type(), aggregate(call, call.function().name()));
      case STDDEV_SAMP -> aggregate(call, "STDDEV_SAMP");
      case MIN, MAX, BOOL_AND, BOOL_OR, STRING_AGG -> aggregate(call, call.function().name());
      case ROW_NUMBER, RANK, DENSE_RANK, NTILE, LAG, LEAD, FIRST_VALUE, LAST_VALUE ->
          plain(call) + call.suffix();
    };
  }

  /**
   * DuckDB has a capital for \u00df, which the simple mapping has not. A code point that is none of
   * a text's takes its place meanwhile.
   */
  private static String upper(String text) {
    return "REPLACE(UPPER(REPLACE(" + text + ", '\u00df', CHR(64976))), CHR(64976), '\u00df')";
  }

  private static String plain(Call call) {
    return function(call.function().name(), call.operands());
  }

  private static String function(String name, List<String> operands) {
    return name + "(" + String.join(", ", operands) + ")";
  }

  private static String aggregate(Call call, String name) {
    return name
        + "("
        + (call.distinct() ? "DISTINCT " : "")
        + String.join(", ", call.operands())
        + (call.order().isEmpty() ? "" : " " + call.order())
        + ")"
        + call.suffix();
  }

  private static String as(LogicalType type, String expression) {
    return "CAST(" + expression + " AS " + DuckDbSql.type(type) + ")";
  }

  private static String asDouble(Call call, int operand) {
    return call.types().get(operand) == Primitive.FLOAT64
        ? call.operand(operand)
        : as(Primitive.FLOAT64, call.operand(operand));
  }

  private static List<String> doubles(Call call) {
    return java.util.stream.IntStream.range(0, call.operands().size())
        .mapToObj(i -> asDouble(call, i))
        .toList();
  }

  private static String where(String expression, String condition) {
    return "CASE WHEN " + expression + " " + condition + " THEN " + expression + " END";
  }

  private static boolean isInteger(LogicalType type) {
    return type == Primitive.INT16 || type == Primitive.INT32 || type == Primitive.INT64;
  }

  /** Without a zone, as it is in UTC, whatever the session's zone. */
  private static String local(String operand, LogicalType type) {
    return type == Primitive.TIMESTAMP_TZ ? "(" + operand + " AT TIME ZONE 'UTC')" : operand;
  }

  private static String extract(Call call) {
    String time = local(call.operand(0), call.types().getFirst());
    String unit = call.unit();
    return unit.equals("EPOCH")
        ? as(Primitive.INT64, "FLOOR(EPOCH(" + time + "))")
        : as(Primitive.INT64, "EXTRACT(" + unit + " FROM " + time + ")");
  }

  private static String truncated(Call call) {
    String time = local(call.operand(0), call.types().getFirst());
    return back(
        function(
            "DATE_TRUNC",
            List.of("'" + call.unit().toLowerCase(java.util.Locale.ROOT) + "'", time)),
        call.type());
  }

  private static String added(Call call) {
    String time = local(call.operand(0), call.types().getFirst());
    return back(time + " + INTERVAL (" + call.operand(1) + ") " + call.unit(), call.type());
  }

  /** A timestamp without a zone as what the call gives. */
  private static String back(String expression, LogicalType type) {
    return type == Primitive.TIMESTAMP_TZ
        ? "((" + expression + ") AT TIME ZONE 'UTC')"
        : as(type, expression);
  }

  private static String difference(Call call) {
    long divisor =
        switch (call.unit()) {
          case "SECOND" -> MICROSECONDS;
          case "MINUTE" -> MICROSECONDS * 60;
          case "HOUR" -> MICROSECONDS * 3600;
          default -> MICROSECONDS * 86_400;
        };
    return "(" + microseconds(call, 1) + " - " + microseconds(call, 0) + ") // " + divisor;
  }

  private static String microseconds(Call call, int operand) {
    LogicalType type = call.types().get(operand);
    String time = call.operand(operand);
    return "EPOCH_US(" + (type == Primitive.DATE ? as(Primitive.TIMESTAMP, time) : time) + ")";
  }

  static String cast(String operand, LogicalType from, LogicalType to) {
    String time = local(operand, from);
    if (from == to || !(to == Primitive.TIMESTAMP_TZ && isLocal(from))) {
      return from == Primitive.TIMESTAMP_TZ && to == Primitive.TIMESTAMP_TZ
          ? as(to, operand)
          : as(to, time);
    }
    return "("
        + (from == Primitive.DATE ? as(Primitive.TIMESTAMP, operand) : operand)
        + " AT TIME ZONE 'UTC')";
  }

  private static boolean isLocal(LogicalType type) {
    return type == Primitive.DATE || type == Primitive.TIMESTAMP;
  }

  /** Whether the first parenthesis closes at the end. */
  static boolean closesAtEnd(String expression) {
    int depth = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\'' || c == '"') {
        i = expression.indexOf(c, i + 1);
        if (i < 0) {
          return false;
        }
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i == expression.length() - 1;
      }
    }
    return false;
  }
}
