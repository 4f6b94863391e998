package dev.leat.sqlite.engine;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Calls of functions as SQLite writes them. */
final class Calls {
  private Calls() {}

  static Optional<String> write(Call call) {
    return switch (call.function()) {
      case DIVIDE -> Optional.of(divide(call));
      case MOD -> Optional.of(remainder(call));
      case ABS -> own("abs", call);
      case CEIL -> own("ceil", call);
      case FLOOR -> own("floor", call);
      case ROUND -> Optional.of(round(call));
      case SIGN -> own("sign", call);
      case POWER -> own("pow", call);
      case SQRT -> own("sqrt", call);
      case EXP -> own("exp", call);
      case LN -> own("ln", call);
      case GREATEST -> own("leat_greatest", call);
      case LEAST -> own("leat_least", call);
      case CONCAT -> Optional.of("(" + String.join(" || ", call.operands()) + ")");
      case UPPER -> own("leat_upper", call);
      case LOWER -> own("leat_lower", call);
      case TRIM -> own("trim", call);
      case LTRIM -> own("ltrim", call);
      case RTRIM -> own("rtrim", call);
      case LENGTH -> own("length", call);
      case SUBSTRING -> Optional.of(substring(call));
      case POSITION -> write("instr", call.operand(1), call.operand(0));
      case REPLACE -> own("replace", call);
      case LEFT -> write("substr", call.operand(0), "1", call.operand(1));
      case RIGHT -> write("substr", call.operand(0), "-(" + call.operand(1) + ")", call.operand(1));
      case LPAD -> own("leat_lpad", call);
      case RPAD -> own("leat_rpad", call);
      case SPLIT_PART -> own("leat_split_part", call);
      case STARTS_WITH -> own("leat_starts_with", call);
      case LIKE -> Optional.of(like(call));
      case REGEXP_LIKE -> own("leat_regexp_like", call);
      case MD5 -> own("leat_md5", call);
      case CURRENT_DATE, CURRENT_TIMESTAMP -> call.operands().stream().findFirst();
      case EXTRACT -> write("leat_extract", unit(call), call.operand(0));
      case DATE_TRUNC -> write("leat_date_trunc", unit(call), call.operand(0));
      case DATE_ADD -> write("leat_date_add", unit(call), call.operand(0), call.operand(1));
      case DATE_DIFF -> write("leat_date_diff", unit(call), call.operand(0), call.operand(1));
      case CAST -> Casts.cast(call.operand(0), call.types().getFirst(), call.type());
      case COUNT -> Optional.of(count(call));
      case SUM -> Optional.of(sum(call));
      case MIN, BOOL_AND -> aggregate("min", call);
      case MAX, BOOL_OR -> aggregate("max", call);
      case AVG -> aggregate("avg", call);
      case STDDEV_SAMP -> aggregate("leat_stddev_samp", call);
      case STRING_AGG -> join(call);
      case ROW_NUMBER, RANK, DENSE_RANK, NTILE, LAG, LEAD, FIRST_VALUE, LAST_VALUE ->
          aggregate(call.function().name().toLowerCase(Locale.ROOT), call);
    };
  }

  private static Optional<String> own(String function, Call call) {
    return Optional.of(function + "(" + String.join(", ", call.operands()) + ")");
  }

  private static Optional<String> write(String function, String... operands) {
    return Optional.of(function + "(" + String.join(", ", operands) + ")");
  }

  private static Optional<String> aggregate(String function, Call call) {
    String distinct = call.distinct() ? "DISTINCT " : "";
    return Optional.of(
        function + "(" + distinct + String.join(", ", call.operands()) + ")" + call.suffix());
  }

  private static String divide(Call call) {
    return call.types().stream().allMatch(Casts::isInteger)
        ? Casts.exact("(" + call.operand(0) + " / " + call.operand(1) + ")", call.type())
        : "(CAST(" + call.operand(0) + " AS REAL) / " + call.operand(1) + ")";
  }

  /** SQLite's own {@code %} makes integers of its operands. */
  private static String remainder(Call call) {
    String operands = call.operand(0) + ", " + call.operand(1);
    if (call.types().stream().allMatch(Casts::isInteger)) {
      return "(" + call.operand(0) + " % " + call.operand(1) + ")";
    }
    return call.types().stream().anyMatch(Calls::isApproximate)
        ? "mod(" + operands + ")"
        : Casts.exact("leat_mod(" + operands + ")", call.type());
  }

  private static boolean isApproximate(LogicalType type) {
    return type == Primitive.FLOAT32 || type == Primitive.FLOAT64;
  }

  private static String round(Call call) {
    String digits = call.operands().size() > 1 ? call.operand(1) : "0";
    return Casts.exact("leat_round(" + call.operand(0) + ", " + digits + ")", call.type());
  }

  /** A negative length would count backwards. */
  private static String substring(Call call) {
    List<String> operands = new ArrayList<>(call.operands());
    if (operands.size() > 2) {
      operands.set(2, "max(" + operands.get(2) + ", 0)");
    }
    return "substr(" + String.join(", ", operands) + ")";
  }

  private static String like(Call call) {
    String escape = call.operands().size() > 2 ? " ESCAPE " + call.operand(2) : "";
    return "(" + call.operand(0) + " LIKE " + call.operand(1) + escape + ")";
  }

  private static String unit(Call call) {
    return "'" + call.unit() + "'";
  }

  private static String count(Call call) {
    if (call.operands().isEmpty()) {
      return "count(*)" + call.suffix();
    }
    String distinct = call.distinct() ? "DISTINCT " : "";
    return "count(" + distinct + call.operand(0) + ")" + call.suffix();
  }

  private static String sum(Call call) {
    String sum =
        "sum(" + (call.distinct() ? "DISTINCT " : "") + call.operand(0) + ")" + call.suffix();
    return call.type() instanceof Decimal decimal ? Casts.decimal(sum, decimal) : sum;
  }

  /** SQLite takes equal values once only where there is no separator. */
  private static Optional<String> join(Call call) {
    if (call.distinct()) {
      return Optional.empty();
    }
    String order = call.order().strip();
    return Optional.of(
        "string_agg("
            + call.operand(0)
            + ", "
            + call.operand(1)
            + (order.isEmpty() ? "" : " " + order)
            + ")"
            + call.suffix());
  }
}
