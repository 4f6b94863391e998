package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.PortableFunction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Writes expressions of one query in a dialect. */
final class ExpressionWriter {
  private final Dialect dialect;
  private final SqlValidator validator;
  private final Instant now;
  private final QueryWriter queries;
  private final CallWriter calls;
  private boolean changesWithTime;

  ExpressionWriter(Dialect dialect, SqlValidator validator, Instant now, QueryWriter queries) {
    this.dialect = dialect;
    this.validator = validator;
    this.now = now;
    this.queries = queries;
    this.calls = new CallWriter(dialect, validator, this);
  }

  boolean changesWithTime() {
    return changesWithTime;
  }

  LogicalType type(SqlNode node, SqlValidatorScope scope) {
    RelDataType known = validator.getValidatedNodeTypeIfKnown(node);
    return Types.known(known == null ? validator.deriveType(scope, node) : known);
  }

  /** As part of another expression. */
  String operand(SqlNode node, SqlValidatorScope scope) {
    return Written.operand(write(node, scope));
  }

  String write(SqlNode node, SqlValidatorScope scope) {
    return switch (node) {
      case SqlLiteral literal -> literal(literal, scope);
      case SqlIdentifier name -> name(name);
      case SqlCase choice -> choice(choice, scope);
      case SqlNodeList list ->
          list.stream().map(each -> write(each, scope)).collect(Collectors.joining(", ", "(", ")"));
      case SqlCall call when SqlKind.QUERY.contains(call.getKind()) ->
          "(" + queries.nested(call) + ")";
      case SqlCall call -> call(call, scope);
      default -> throw new IllegalStateException("cannot write " + node.getKind());
    };
  }

  private String name(SqlIdentifier name) {
    List<String> names = name.names;
    int last = names.size() - 1;
    String column = dialect.quote(names.get(last));
    return last == 0 ? column : dialect.quote(names.get(last - 1)) + "." + column;
  }

  private String literal(SqlLiteral literal, SqlValidatorScope scope) {
    if (literal.getValue() == null) {
      return "NULL";
    }
    return switch (literal) {
      case SqlCharStringLiteral text ->
          dialect.literal(Objects.requireNonNull(text.getValueAs(String.class)));
      case SqlNumericLiteral number -> dialect.literal(type(number, scope), number.toValue());
      default ->
          literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.BOOLEAN
              ? dialect.literal(Primitive.BOOLEAN, String.valueOf(literal.booleanValue()))
              : String.valueOf(literal.toValue());
    };
  }

  private String choice(SqlCase choice, SqlValidatorScope scope) {
    LogicalType result = type(choice, scope);
    StringBuilder text = new StringBuilder("CASE");
    if (choice.getValueOperand() != null) {
      text.append(' ').append(operand(choice.getValueOperand(), scope));
    }
    for (int i = 0; i < choice.getWhenOperands().size(); i++) {
      text.append(" WHEN ")
          .append(write(choice.getWhenOperands().get(i), scope))
          .append(" THEN ")
          .append(converted(choice.getThenOperands().get(i), scope, result));
    }
    SqlNode otherwise = Objects.requireNonNull(choice.getElseOperand());
    return text.append(" ELSE ")
        .append(converted(otherwise, scope, result))
        .append(" END")
        .toString();
  }

  /**
   * Written so that it is of a type, where engines would otherwise convert it each in its own way:
   * a text beside a date, a date beside a timestamp, a timestamp beside one with a zone.
   */
  String converted(SqlNode node, SqlValidatorScope scope, LogicalType target) {
    LogicalType type = type(node, scope);
    if (type.equals(target)) {
      return write(node, scope);
    }
    if (node instanceof SqlCharStringLiteral text && Rule.FROM_TEXT.contains(target)) {
      return value(text, target);
    }
    boolean temporal = Types.isTemporal(type) && Types.isTemporal(target);
    return temporal ? cast(write(node, scope), type, target, node) : write(node, scope);
  }

  /** As {@link #converted}, and numbers that would be too narrow for a result are widened. */
  String widened(SqlNode node, SqlValidatorScope scope, LogicalType target) {
    LogicalType type = type(node, scope);
    boolean narrow =
        (type == Primitive.INT16 && Types.isNumber(target))
            || (type == Primitive.FLOAT32 && target == Primitive.FLOAT64);
    return narrow && !type.equals(target) && !(node instanceof SqlLiteral)
        ? cast(write(node, scope), type, target, node)
        : converted(node, scope, target);
  }

  String cast(String written, LogicalType from, LogicalType to, SqlNode at) {
    return calls.write(
        PortableFunction.CAST, at, List.of(Written.operand(written)), List.of(from), to, "");
  }

  private String value(SqlCharStringLiteral text, LogicalType type) {
    String value = Objects.requireNonNull(text.getValueAs(String.class));
    return Types.isTemporal(type)
        ? dialect.literal(type, Literals.normal(type, value, text.getParserPosition()))
        : cast(dialect.literal(value), Primitive.TEXT, type, text);
  }

  private String call(SqlCall call, SqlValidatorScope scope) {
    return switch (call.getKind()) {
      case AND, OR -> logical(call, scope);
      case NOT -> "NOT " + operand(call.operand(0), scope);
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          operand(call.operand(0), scope) + " " + call.getOperator().getName();
      case IN, NOT_IN -> in(call, scope);
      case EXISTS -> "EXISTS (" + queries.nested(call.operand(0)) + ")";
      case SCALAR_QUERY -> "(" + queries.nested(call.operand(0)) + ")";
      case ROW ->
          call.getOperandList().stream()
              .map(each -> write(each, scope))
              .collect(Collectors.joining(", ", "(", ")"));
      case AS -> write(call.operand(0), scope);
      case MINUS_PREFIX ->
          dialect.arithmetic("- " + operand(call.operand(0), scope), type(call, scope));
      case PLUS_PREFIX -> write(call.operand(0), scope);
      case PLUS, MINUS, TIMES -> calls.arithmetic(call, scope);
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM ->
          comparison(call, scope);
      case BETWEEN -> {
        List<String> values = compared(call.getOperandList(), scope, true);
        yield values.get(0) + " BETWEEN " + values.get(1) + " AND " + values.get(2);
      }
      case COALESCE, NULLIF -> {
        LogicalType common = common(call.getOperandList(), scope);
        yield call.getOperandList().stream()
            .map(each -> converted(each, scope, common))
            .collect(Collectors.joining(", ", call.getOperator().getName() + "(", ")"));
      }
      case OVER, FILTER, WITHIN_GROUP -> calls.aggregate(call, scope);
      default -> portable(call, scope);
    };
  }

  private String portable(SqlCall call, SqlValidatorScope scope) {
    if (!(call.getOperator() instanceof Portable portable)) {
      throw Problem.unsupported(
          call.getParserPosition(),
          call.getOperator().getName() + " is not portable",
          "See docs/sql.md for what is.");
    }
    PortableFunction function = Objects.requireNonNull(portable.function());
    if (function == PortableFunction.CURRENT_DATE) {
      changesWithTime = true;
      return dialect.literal(Primitive.DATE, now.atOffset(ZoneOffset.UTC).toLocalDate().toString());
    }
    if (function == PortableFunction.CURRENT_TIMESTAMP) {
      changesWithTime = true;
      return dialect.literal(Primitive.TIMESTAMP_TZ, Literals.timestamp(now));
    }
    if (function == PortableFunction.CAST
        && call.operand(0) instanceof SqlCharStringLiteral text
        && Types.isTemporal(type(call, scope))) {
      return value(text, type(call, scope));
    }
    return portable instanceof PortableAggregate
        ? calls.aggregate(call, scope)
        : calls.function(function, call, scope);
  }

  private String logical(SqlCall call, SqlValidatorScope scope) {
    List<String> sides = new ArrayList<>();
    for (SqlNode side : call.getOperandList()) {
      String written = write(side, scope);
      boolean binds =
          side.getKind() == call.getKind()
              || Written.isAtomic(written)
              || (side.getKind() != SqlKind.AND && side.getKind() != SqlKind.OR);
      sides.add(binds ? written : "(" + written + ")");
    }
    return String.join(call.getKind() == SqlKind.AND ? " AND " : " OR ", sides);
  }

  private String comparison(SqlCall call, SqlValidatorScope scope) {
    boolean ordered =
        switch (call.getKind()) {
          case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
          default -> false;
        };
    List<String> sides = compared(call.getOperandList(), scope, ordered);
    return sides.get(0) + " " + call.getOperator().getName() + " " + sides.get(1);
  }

  /** Operands of one type, ready to be compared. */
  private List<String> compared(List<SqlNode> operands, SqlValidatorScope scope, boolean ordered) {
    if (operands.stream().anyMatch(each -> each.getKind() == SqlKind.ROW)) {
      return operands.stream().map(each -> operand(each, scope)).toList();
    }
    LogicalType common = common(operands, scope);
    List<String> result = new ArrayList<>();
    for (SqlNode operand : operands) {
      String written = Written.operand(converted(operand, scope, common));
      result.add(ordered && common == Primitive.TEXT ? dialect.ordered(written) : written);
    }
    return result;
  }

  /** The type that operands have together. */
  LogicalType common(List<SqlNode> operands, SqlValidatorScope scope) {
    LogicalType result = null;
    for (SqlNode operand : operands) {
      RelDataType raw = validator.getValidatedNodeTypeIfKnown(operand);
      LogicalType type = Types.logical(raw == null ? validator.deriveType(scope, operand) : raw);
      if (type == null) {
        continue;
      }
      result = result == null ? type : join(result, type);
    }
    return result == null ? Primitive.TEXT : result;
  }

  private static LogicalType join(LogicalType a, LogicalType b) {
    LogicalType common = Types.common(a, b);
    return common != null ? common : Rule.FROM_TEXT.contains(a) ? a : b;
  }

  private String in(SqlCall call, SqlValidatorScope scope) {
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    String operator = " " + call.getOperator().getName() + " ";
    if (!(right instanceof SqlNodeList list)) {
      return operand(left, scope) + operator + "(" + queries.nested(right) + ")";
    }
    List<SqlNode> all = new ArrayList<>(list);
    all.add(left);
    LogicalType common = left.getKind() == SqlKind.ROW ? Primitive.TEXT : common(all, scope);
    String value =
        left.getKind() == SqlKind.ROW
            ? write(left, scope)
            : Written.operand(converted(left, scope, common));
    return list.stream()
        .map(each -> converted(each, scope, common))
        .collect(Collectors.joining(", ", value + operator + "(", ")"));
  }

  /** The items of an ORDER BY: NULLs last where the query does not say otherwise. */
  String order(List<SqlNode> items, SqlValidatorScope scope) {
    return items.stream().map(item -> order(item, scope)).collect(Collectors.joining(", "));
  }

  private String order(SqlNode item, SqlValidatorScope scope) {
    SqlNode node = item;
    boolean descending = false;
    boolean first = false;
    while (true) {
      if (node.getKind() == SqlKind.DESCENDING) {
        descending = true;
      } else if (node.getKind() == SqlKind.NULLS_FIRST) {
        first = true;
      } else if (node.getKind() != SqlKind.NULLS_LAST) {
        break;
      }
      node = ((SqlCall) node).operand(0);
    }
    return key(node, scope)
        + (descending ? " DESC" : "")
        + (first ? " NULLS FIRST" : " NULLS LAST");
  }

  private String key(SqlNode node, SqlValidatorScope scope) {
    LogicalType type = type(node, scope);
    if (!Types.isOrdered(type)) {
      throw Problem.type(
          node.getParserPosition(),
          "Values of type " + Types.name(type) + " have no order",
          "Leave it out of ORDER BY.");
    }
    String written = write(node, scope);
    return type == Primitive.TEXT ? dialect.ordered(Written.operand(written)) : written;
  }
}
