package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.sql.PortableFunction;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/** An aggregate or window function whose types we know by our own rules. */
final class PortableAggregate extends SqlAggFunction implements Portable {
  private final PortableFunction function;
  private final Signature signature;
  private final boolean onlyOver;

  PortableAggregate(
      String name,
      SqlKind kind,
      PortableFunction function,
      Signature signature,
      boolean requiresOrder,
      boolean onlyOver) {
    super(
        name,
        null,
        kind,
        ReturnTypes.ARG0,
        null,
        OperandTypes.VARIADIC,
        onlyOver ? SqlFunctionCategory.NUMERIC : SqlFunctionCategory.SYSTEM,
        requiresOrder,
        onlyOver,
        function == PortableFunction.STRING_AGG ? Optionality.OPTIONAL : Optionality.FORBIDDEN);
    this.function = function;
    this.signature = signature;
    this.onlyOver = onlyOver;
  }

  @Override
  public PortableFunction function() {
    return function;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public boolean allowsFraming() {
    return !onlyOver
        || function == PortableFunction.FIRST_VALUE
        || function == PortableFunction.LAST_VALUE;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return inferReturnType(new SqlCallBinding(validator, scope, call));
  }

  /** Also called by FILTER and OVER, which know better whether there may be no rows. */
  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    SqlCallBinding call = (SqlCallBinding) binding;
    if (call.getCall().isCountStar()) {
      return ((Types) call.getTypeFactory()).of(LogicalType.Primitive.INT64, false);
    }
    return signature.derive(
        getName(),
        new Operands(
            call.getValidator(),
            Objects.requireNonNull(call.getScope()),
            call.getCall(),
            call.hasEmptyGroup()));
  }
}
