package dev.leat.sql;

import dev.leat.spi.error.Spelling;
import dev.leat.spi.schema.LogicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Single calls, types and literals of a tree just parsed, as portable SQL has them. */
final class Portability {
  private Portability() {}

  /** Whether the call is NOT BETWEEN or NOT LIKE. */
  static boolean isNegated(SqlCall call) {
    return switch (call.getOperator()) {
      case SqlBetweenOperator between -> between.isNegated();
      case SqlLikeOperator like -> like.isNegated();
      default -> false;
    };
  }

  /** The same with an operator of ours; NOT of BETWEEN and LIKE is left out. */
  static SqlCall call(SqlCall call) {
    SqlOperator operator = call.getOperator();
    SqlParserPos at = call.getParserPosition();
    if (call instanceof SqlCase
        || call.getKind() == SqlKind.WINDOW
        || call.getKind() == SqlKind.PRECEDING
        || call.getKind() == SqlKind.FOLLOWING
        || operator instanceof Portable
        || Operators.isStructure(operator)) {
      return call;
    }
    if (operator instanceof SqlBetweenOperator between) {
      if (between.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
        throw Problem.unsupported(
            at, "BETWEEN SYMMETRIC is not portable", "Put the lower value first.");
      }
      return ours(present(Operators.symbol(SqlKind.BETWEEN)), call, call.getOperandList());
    }
    if (operator instanceof SqlLikeOperator) {
      if (call.getKind() != SqlKind.LIKE || operator.getName().endsWith("ILIKE")) {
        throw Problem.unsupported(
            at,
            operator.getName() + " is not portable",
            "Use LIKE with LOWER(…), or REGEXP_LIKE(…, …).");
      }
      return ours(Operators.LIKE, call, call.getOperandList());
    }
    if (operator.getName().equals("||")) {
      return ours(Operators.CONCAT, call, call.getOperandList());
    }
    boolean symbol = !(operator instanceof SqlFunction);
    SqlOperator ours = symbol ? Operators.symbol(call.getKind()) : null;
    if (ours != null && call.operandCount() <= 3) {
      if (call.getKind() == SqlKind.MINUS && call.operandCount() == 3) {
        throw Problem.unsupported(
            at, "Times are not subtracted", "Use TIMESTAMPDIFF(unit, from, to).");
      }
      return ours(ours, call, call.getOperandList());
    }
    if (symbol) {
      throw Problem.unsupported(
          at, operator.getName() + " is not portable", "See docs/sql.md for what is.");
    }
    return function(call, (SqlFunction) operator);
  }

  private static SqlCall function(SqlCall call, SqlFunction operator) {
    SqlParserPos at = call.getParserPosition();
    String name = operator.getName().toUpperCase(Locale.ROOT);
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    switch (name) {
      case "TRIM" -> operands = trimmed(call);
      case "DATE_TRUNC" -> operands.replaceAll(Portability::column);
      case "FLOOR", "CEIL" -> {
        if (operands.size() > 1) {
          throw Problem.unsupported(
              at, name + " is for numbers", "Use DATE_TRUNC('unit', …) for times.");
        }
      }
      case "TIMESTAMP_DIFF" -> name = "TIMESTAMPDIFF";
      default -> {}
    }
    SqlOperator ours = Operators.function(name);
    if (ours == null) {
      throw new Problem(
          "SQL_FUNCTION_UNKNOWN",
          at,
          "Portable SQL has no function " + name,
          Spelling.closest(name, Operators.names())
              .map(similar -> "Did you mean " + similar + "? All are listed in docs/sql.md.")
              .orElse("The functions that it has are listed in docs/sql.md."));
    }
    if (name.equals("STRING_AGG")
        && !operands.isEmpty()
        && operands.getLast() instanceof SqlNodeList order) {
      operands.removeLast();
      check(ours, operands.size(), at);
      return new SqlBasicCall(
          SqlStdOperatorTable.WITHIN_GROUP, List.of(ours(ours, call, operands), order), at);
    }
    check(ours, operands.size(), at);
    return ours(ours, call, operands);
  }

  private static void check(SqlOperator operator, int count, SqlParserPos at) {
    Signature signature = ((Portable) operator).signature();
    if (count < signature.least() || count > signature.most()) {
      throw Problem.type(
          at,
          operator.getName() + " takes " + signature.takes(),
          "Give it as many values as it takes; see docs/sql.md.");
    }
  }

  private static SqlCall ours(SqlOperator operator, SqlCall call, List<SqlNode> operands) {
    return new SqlBasicCall(
        operator, operands, call.getParserPosition(), call.getFunctionQuantifier());
  }

  /** The operands of TRIM are the side, what is trimmed, and the text. */
  private static List<SqlNode> trimmed(SqlCall call) {
    List<SqlNode> operands = call.getOperandList();
    if (operands.size() != 3) {
      return operands;
    }
    boolean both = operands.get(0).toString().equals("BOTH");
    boolean blanks =
        operands.get(1) instanceof SqlCharStringLiteral text
            && " ".equals(text.getValueAs(String.class));
    if (!both || !blanks) {
      throw Problem.unsupported(
          call.getParserPosition(),
          "Only TRIM(text) is portable, which takes blanks from both ends",
          "Use LTRIM(text) or RTRIM(text) for one end, REPLACE for other characters.");
    }
    return List.of(operands.get(2));
  }

  /** A name in the place of a unit is one of a column. */
  private static SqlNode column(SqlNode node) {
    if (!(node instanceof SqlIntervalQualifier unit)) {
      return node;
    }
    String name = unit.timeFrameName == null ? unit.getUnit().name() : unit.timeFrameName;
    return new SqlIdentifier(
        unit.timeFrameName == null ? name.toLowerCase(Locale.ROOT) : name,
        unit.getParserPosition());
  }

  /** Types become logical ones, and names that mean the time calls. */
  static SqlNode leaf(SqlNode node) {
    return switch (node) {
      case SqlIdentifier name when name.isSimple() && !name.isComponentQuoted(0) -> {
        SqlOperator now =
            name.getSimple().toUpperCase(Locale.ROOT).startsWith("CURRENT_")
                ? Operators.function(name.getSimple())
                : null;
        yield now == null ? name : new SqlBasicCall(now, List.of(), name.getParserPosition());
      }
      case SqlDataTypeSpec type ->
          new SqlDataTypeSpec(
              new LogicalTypeName(logical(type), type.getParserPosition()),
              type.getParserPosition());
      case SqlDynamicParam parameter ->
          throw Problem.unsupported(
              parameter.getParserPosition(),
              "A query has no parameters",
              "Write the value in place of the question mark.");
      case SqlUnknownLiteral literal -> Literals.resolve(literal);
      default -> node;
    };
  }

  private static LogicalType logical(SqlDataTypeSpec type) {
    LogicalType logical =
        switch (type.getTypeNameSpec()) {
          case SqlBasicTypeNameSpec basic -> {
            String name = basic.getTypeName().getSimple();
            boolean sized = name.startsWith("DEC") || name.startsWith("NUM");
            yield basic.getPrecision() >= 0 && !sized && !name.startsWith("TIMESTAMP")
                ? null
                : Types.named(name, basic.getPrecision(), basic.getScale());
          }
          case SqlUserDefinedTypeNameSpec named ->
              Types.named(String.join(".", named.getTypeName().names), -1, -1);
          case LogicalTypeName known -> known.type();
          default -> null;
        };
    if (logical == null) {
      throw Problem.type(
          type.getParserPosition(),
          type.getTypeName() + " is not a type of portable SQL as it is written here",
          "Use BOOLEAN, SMALLINT, INTEGER, BIGINT, DECIMAL(p, s), REAL, DOUBLE, TEXT, DATE,"
              + " TIMESTAMP or TIMESTAMP WITH TIME ZONE; TEXT has no length.");
    }
    return logical;
  }

  private static SqlOperator present(@org.jspecify.annotations.Nullable SqlOperator operator) {
    return java.util.Objects.requireNonNull(operator);
  }
}
