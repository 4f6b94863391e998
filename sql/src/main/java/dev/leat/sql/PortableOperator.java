package dev.leat.sql;

import dev.leat.spi.sql.PortableFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** A function or operator whose types we know by our own rules. */
final class PortableOperator extends SqlFunction implements Portable {
  private final @Nullable PortableFunction function;
  private final Signature signature;

  PortableOperator(
      String name, SqlKind kind, @Nullable PortableFunction function, Signature signature) {
    super(name, kind, ReturnTypes.ARG0, null, OperandTypes.VARIADIC, SqlFunctionCategory.SYSTEM);
    this.function = function;
    this.signature = signature;
  }

  @Override
  public @Nullable PortableFunction function() {
    return function;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public SqlSyntax getSyntax() {
    return SqlSyntax.FUNCTION;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return signature.derive(
        getName(), new Operands(validator, scope.getOperandScope(call), call, false));
  }
}
