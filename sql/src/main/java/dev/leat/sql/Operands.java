package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** The operands of one call, with their types. */
final class Operands {
  private final Types types;
  private final SqlCall call;
  private final List<RelDataType> operands = new ArrayList<>();

  /** Whether an aggregate may be over no rows at all. */
  private final boolean mayBeEmpty;

  Operands(SqlValidator validator, SqlValidatorScope scope, SqlCall call, boolean mayBeEmpty) {
    this.types = (Types) validator.getTypeFactory();
    this.call = call;
    this.mayBeEmpty = mayBeEmpty;
    for (SqlNode operand : call.getOperandList()) {
      operands.add(validator.deriveType(scope, operand));
    }
  }

  Types types() {
    return types;
  }

  SqlCall call() {
    return call;
  }

  int count() {
    return operands.size();
  }

  SqlNode node(int index) {
    return call.operand(index);
  }

  RelDataType raw(int index) {
    return operands.get(index);
  }

  boolean mayBeEmpty() {
    return mayBeEmpty;
  }

  /** Null for NULL. */
  @Nullable LogicalType type(int index) {
    return Types.logical(operands.get(index));
  }

  boolean isNull(int index) {
    return SqlUtil.isNullLiteral(node(index), true);
  }

  boolean isInterval(int index) {
    return SqlTypeUtil.isInterval(operands.get(index));
  }

  boolean isText(int index) {
    return node(index) instanceof SqlCharStringLiteral;
  }

  boolean anyNullable() {
    return operands.stream().anyMatch(RelDataType::isNullable);
  }

  boolean allNullable() {
    return operands.stream().allMatch(RelDataType::isNullable);
  }

  /** What they are, for messages. */
  String describe() {
    return operands.stream().map(Operands::describe).collect(Collectors.joining(", "));
  }

  static String describe(RelDataType type) {
    LogicalType logical = Types.logical(type);
    return logical != null
        ? Types.name(logical)
        : SqlTypeUtil.isInterval(type) ? "INTERVAL" : type.getSqlTypeName().getName();
  }
}
