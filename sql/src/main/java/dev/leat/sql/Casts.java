package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Which types become which. */
final class Casts {
  private Casts() {}

  static @Nullable RelDataType type(Operands operands) {
    LogicalType from = operands.type(0);
    LogicalType to = operands.type(1);
    if (to == null || operands.isInterval(0)) {
      return null;
    }
    return from == null || allowed(from, to)
        ? operands.types().of(to, operands.raw(0).isNullable())
        : null;
  }

  static boolean allowed(LogicalType from, LogicalType to) {
    if (from.equals(to)) {
      return true;
    }
    if (from == Primitive.TEXT) {
      return !(to instanceof ListOf) && to != Primitive.BINARY && to != Primitive.INTERVAL;
    }
    if (to == Primitive.TEXT) {
      return switch (from) {
        case Primitive primitive ->
            switch (primitive) {
              case BOOLEAN, INT16, INT32, INT64, JSON, UUID, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ ->
                  true;
              case FLOAT32, FLOAT64, TEXT, BINARY, INTERVAL -> false;
            };
        case Decimal _ -> true;
        case ListOf _ -> false;
      };
    }
    return (Types.isNumber(from) && Types.isNumber(to))
        || (Types.isTemporal(from) && Types.isTemporal(to))
        || (from == Primitive.BOOLEAN && Types.isInteger(to))
        || (Types.isInteger(from) && to == Primitive.BOOLEAN);
  }
}
