package dev.leat.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** How wide portable SQL's types are. */
final class TypeSystem extends RelDataTypeSystemImpl {
  private static final int MICROSECONDS = 6;
  private static final int DIGITS = 38;

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL
        ? DIGITS
        : Math.max(super.getMaxPrecision(type), defaults(type));
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? DIGITS : super.getMaxScale(type);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    int own = defaults(type);
    return own > 0 ? own : super.getDefaultPrecision(type);
  }

  private static int defaults(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> DIGITS;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> MICROSECONDS;
      // Digits of the leading field of an interval: a 64-bit number of seconds is fine.
      case INTERVAL_YEAR,
          INTERVAL_MONTH,
          INTERVAL_DAY,
          INTERVAL_HOUR,
          INTERVAL_MINUTE,
          INTERVAL_SECOND ->
          10;
      default -> 0;
    };
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  @Override
  public RelDataType deriveRankType(RelDataTypeFactory types) {
    return types.createSqlType(SqlTypeName.BIGINT);
  }
}
