package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.PortableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** Writes calls as the dialect says. */
final class CallWriter {
  private static final Set<String> PARTS =
      Set.of(
          "YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DOW", "DOY", "HOUR", "MINUTE", "SECOND",
          "EPOCH");
  private static final Set<String> TRUNCATED =
      Set.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND");
  private static final Set<String> ADDED =
      Set.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND");
  private static final Set<String> COUNTED = Set.of("SECOND", "MINUTE", "HOUR", "DAY");
  private static final Set<String> OF_DATES = Set.of("YEAR", "MONTH", "DAY");

  private final Dialect dialect;
  private final SqlValidator validator;
  private final ExpressionWriter expressions;

  CallWriter(Dialect dialect, SqlValidator validator, ExpressionWriter expressions) {
    this.dialect = dialect;
    this.validator = validator;
    this.expressions = expressions;
  }

  String write(
      PortableFunction function,
      SqlNode at,
      List<String> operands,
      List<LogicalType> types,
      LogicalType type,
      String unit) {
    return write(new Call(function, operands, types, type, unit, false, "", ""), at);
  }

  private String write(Call call, SqlNode at) {
    return dialect
        .call(call)
        .orElseThrow(
            () ->
                new Problem(
                    "SQL_FUNCTION_UNSUPPORTED",
                    at.getParserPosition(),
                    dialect.name()
                        + " has nothing that means the same as "
                        + call.function()
                        + (call.unit().isEmpty() ? "" : " of " + call.unit())
                        + " of "
                        + call.types().stream().map(Types::name).collect(Collectors.joining(", ")),
                    "Let another engine run this step, or say it with the functions that docs/sql.md"
                        + " lists for "
                        + dialect.name()
                        + "."));
  }

  /** {@code +}, {@code -} and {@code *}. */
  String arithmetic(SqlCall call, SqlValidatorScope scope) {
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    if (isInterval(right, scope)) {
      return added(call, left, right, call.getKind() == SqlKind.MINUS, scope);
    }
    if (isInterval(left, scope)) {
      return added(call, right, left, false, scope);
    }
    LogicalType result = expressions.type(call, scope);
    return dialect.arithmetic(
        Written.operand(expressions.widened(left, scope, result))
            + " "
            + call.getOperator().getName()
            + " "
            + Written.operand(expressions.widened(right, scope, result)),
        result);
  }

  private boolean isInterval(SqlNode node, SqlValidatorScope scope) {
    return SqlTypeUtil.isInterval(validator.deriveType(scope, node));
  }

  private String added(
      SqlCall call, SqlNode to, SqlNode interval, boolean minus, SqlValidatorScope scope) {
    LogicalType type = expressions.type(call, scope);
    SqlNode amount = interval;
    SqlNode times = null;
    if (interval.getKind() == SqlKind.TIMES) {
      SqlCall product = (SqlCall) interval;
      boolean first = isInterval(product.operand(0), scope);
      amount = product.operand(first ? 0 : 1);
      times = product.operand(first ? 1 : 0);
    }
    if (!(amount instanceof SqlIntervalLiteral literal)) {
      throw Problem.unsupported(
          amount.getParserPosition(),
          "An interval is written as INTERVAL '3' DAY, or as a number times that",
          "Write it so.");
    }
    SqlIntervalLiteral.IntervalValue value =
        Objects.requireNonNull(literal.getValueAs(SqlIntervalLiteral.IntervalValue.class));
    SqlIntervalQualifier qualifier = value.getIntervalQualifier();
    String unit = qualifier.getStartUnit().name();
    long count = count(value, literal, unit);
    if (qualifier.timeUnitRange.endUnit != null || !ADDED.contains(unit)) {
      throw Problem.unsupported(
          literal.getParserPosition(),
          "Intervals are in YEAR, MONTH, DAY, HOUR, MINUTE or SECOND",
          "Use seven days for a week and three months for a quarter.");
    }
    if (type == Primitive.DATE && !OF_DATES.contains(unit)) {
      throw Problem.type(
          literal.getParserPosition(), "A DATE has no " + unit, "Use CAST(… AS TIMESTAMP) first.");
    }
    String number = String.valueOf(minus ? -count : count);
    String written =
        times == null
            ? number
            : Written.operand(expressions.write(times, scope)) + " * (" + number + ")";
    return write(
        PortableFunction.DATE_ADD,
        call,
        List.of(
            expressions.operand(to, scope),
            times == null && !number.startsWith("-") ? written : "(" + written + ")"),
        List.of(type, times == null ? Primitive.INT64 : expressions.type(times, scope)),
        type,
        unit);
  }

  private static long count(
      SqlIntervalLiteral.IntervalValue value, SqlIntervalLiteral literal, String unit) {
    try {
      return value.getSign() * Long.parseLong(value.getIntervalLiteral().strip());
    } catch (NumberFormatException e) {
      throw Problem.unsupported(
          literal.getParserPosition(),
          "An interval is a whole number of " + unit + "s",
          "Use a smaller unit.");
    }
  }

  /** A call of a function that is no aggregate. */
  String function(PortableFunction function, SqlCall call, SqlValidatorScope scope) {
    LogicalType type = expressions.type(call, scope);
    return switch (function) {
      case EXTRACT ->
          timed(function, call, unit(call.operand(0), PARTS), List.of(call.operand(1)), scope);
      case DATE_DIFF -> {
        List<SqlNode> times = List.of(call.operand(1), call.operand(2));
        yield timed(function, call, unit(call.operand(0), COUNTED), times, scope);
      }
      case DATE_TRUNC ->
          timed(function, call, unit(call.operand(0), TRUNCATED), List.of(call.operand(1)), scope);
      case GREATEST, LEAST -> {
        List<String> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
          String written = Written.operand(expressions.converted(operand, scope, type));
          operands.add(type == Primitive.TEXT ? dialect.ordered(written) : written);
        }
        yield write(function, call, operands, types(call.getOperandList(), scope), type, "");
      }
      case CAST ->
          write(
              function,
              call,
              List.of(expressions.operand(call.operand(0), scope)),
              List.of(expressions.type(call.operand(0), scope)),
              type,
              "");
      case DIVIDE, MOD -> {
        List<String> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
          operands.add(Written.operand(expressions.widened(operand, scope, type)));
        }
        yield write(function, call, operands, types(call.getOperandList(), scope), type, "");
      }
      default ->
          write(
              function,
              call,
              call.getOperandList().stream().map(each -> expressions.operand(each, scope)).toList(),
              types(call.getOperandList(), scope),
              type,
              "");
    };
  }

  private String timed(
      PortableFunction function,
      SqlCall call,
      String unit,
      List<SqlNode> times,
      SqlValidatorScope scope) {
    LogicalType common = expressions.common(times, scope);
    return write(
        function,
        call,
        times.stream()
            .map(time -> Written.operand(expressions.converted(time, scope, common)))
            .toList(),
        times.stream().map(_ -> common).toList(),
        expressions.type(call, scope),
        unit);
  }

  private static String unit(SqlNode node, Set<String> allowed) {
    String unit =
        node instanceof SqlIntervalQualifier qualifier
            ? qualifier.timeFrameName == null
                ? name(qualifier.getUnit())
                : qualifier.timeFrameName.toUpperCase(Locale.ROOT)
            : String.valueOf(((SqlCharStringLiteral) node).getValueAs(String.class))
                .toUpperCase(Locale.ROOT);
    if (!allowed.contains(unit)) {
      throw Problem.unsupported(
          node.getParserPosition(),
          unit + " is no unit that is portable here",
          "Use one of " + String.join(", ", allowed.stream().sorted().toList()) + ".");
    }
    return unit;
  }

  private static String name(TimeUnit unit) {
    return unit.name();
  }

  private List<LogicalType> types(List<SqlNode> operands, SqlValidatorScope scope) {
    return operands.stream().map(each -> expressions.type(each, scope)).toList();
  }

  /** An aggregate, with FILTER, an order and a window around it as the query has them. */
  String aggregate(SqlCall outer, SqlValidatorScope scope) {
    SqlNode node = outer;
    SqlNode window = null;
    SqlNode filter = null;
    SqlNodeList order = SqlNodeList.EMPTY;
    while (true) {
      SqlCall call = (SqlCall) node;
      if (call.getKind() == SqlKind.OVER) {
        window = call.operand(1);
      } else if (call.getKind() == SqlKind.FILTER) {
        filter = call.operand(1);
      } else if (call.getKind() == SqlKind.WITHIN_GROUP) {
        order = call.operand(1);
      } else {
        break;
      }
      node = call.operand(0);
    }
    SqlCall call = (SqlCall) node;
    if (!(call.getOperator() instanceof PortableAggregate aggregate)) {
      throw Problem.unsupported(
          call.getParserPosition(),
          call.getOperator().getName() + " is not portable",
          "See docs/sql.md for what is.");
    }
    PortableFunction function = aggregate.function();
    List<String> operands = new ArrayList<>();
    List<LogicalType> types = new ArrayList<>();
    String condition = filter == null ? null : expressions.write(filter, scope);
    boolean inside = condition != null && !dialect.filters();
    if (call.isCountStar()) {
      if (inside) {
        operands.add("CASE WHEN " + condition + " THEN 1 END");
        types.add(Primitive.INT32);
      }
    } else {
      boolean extreme = function == PortableFunction.MIN || function == PortableFunction.MAX;
      for (SqlNode operand : call.getOperandList()) {
        LogicalType type = expressions.type(operand, scope);
        String written = expressions.operand(operand, scope);
        if (inside && operands.isEmpty()) {
          written = "CASE WHEN " + condition + " THEN " + written + " END";
        }
        operands.add(
            extreme && type == Primitive.TEXT
                ? dialect.ordered(Written.operand(written))
                : written);
        types.add(type);
      }
    }
    String suffix =
        (condition == null || inside ? "" : " FILTER (WHERE " + condition + ")")
            + (window == null ? "" : " OVER " + window(window, scope));
    boolean distinct =
        call.getFunctionQuantifier() != null
            && call.getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT;
    return write(
        new Call(
            function,
            operands,
            types,
            expressions.type(outer, scope),
            "",
            distinct,
            order.isEmpty() ? "" : "ORDER BY " + expressions.order(order, scope),
            suffix),
        call);
  }

  private String window(SqlNode node, SqlValidatorScope scope) {
    SqlWindow window = validator.resolveWindow(node, scope);
    List<String> parts = new ArrayList<>();
    if (!window.getPartitionList().isEmpty()) {
      parts.add(
          window.getPartitionList().stream()
              .map(each -> expressions.write(each, scope))
              .collect(Collectors.joining(", ", "PARTITION BY ", "")));
    }
    if (!window.getOrderList().isEmpty()) {
      parts.add("ORDER BY " + expressions.order(window.getOrderList(), scope));
    }
    SqlNode lower = window.getLowerBound();
    if (lower != null) {
      SqlNode upper = window.getUpperBound();
      String kind = window.isRows() ? "ROWS " : "RANGE ";
      parts.add(
          upper == null
              ? kind + bound(lower, scope)
              : kind + "BETWEEN " + bound(lower, scope) + " AND " + bound(upper, scope));
    }
    return "(" + String.join(" ", parts) + ")";
  }

  private String bound(@Nullable SqlNode bound, SqlValidatorScope scope) {
    SqlNode node = Objects.requireNonNull(bound);
    if (SqlWindow.isCurrentRow(node)) {
      return "CURRENT ROW";
    }
    if (SqlWindow.isUnboundedPreceding(node)) {
      return "UNBOUNDED PRECEDING";
    }
    if (SqlWindow.isUnboundedFollowing(node)) {
      return "UNBOUNDED FOLLOWING";
    }
    SqlCall call = (SqlCall) node;
    String direction = call.getKind() == SqlKind.PRECEDING ? " PRECEDING" : " FOLLOWING";
    return expressions.operand(call.operand(0), scope) + direction;
  }
}
