package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** A type whose values are compared and passed on, but not computed with. */
final class OpaqueType extends AbstractSqlType {
  private static final long serialVersionUID = 1L;

  private final transient LogicalType logical;

  OpaqueType(LogicalType logical, boolean nullable) {
    super(SqlTypeName.OTHER, nullable, null);
    this.logical = logical;
    computeDigest();
  }

  LogicalType logical() {
    return logical;
  }

  @Override
  public RelDataTypeFamily getFamily() {
    return new Family(logical);
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append("LEAT_").append(logical);
  }

  private record Family(LogicalType logical) implements RelDataTypeFamily {}
}
