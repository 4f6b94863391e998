package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.jspecify.annotations.Nullable;

/** The type of a call by those of its operands; null if they do not fit. */
@FunctionalInterface
interface Rule {
  @Nullable RelDataType type(Operands operands);

  /** What an operand may be. */
  enum Kind {
    NUMBER,
    INTEGER,
    TEXT,
    BOOLEAN,
    TEMPORAL,
    ORDERED,
    ANY;

    boolean accepts(@Nullable LogicalType type) {
      if (type == null) {
        return true;
      }
      return switch (this) {
        case NUMBER -> Types.isNumber(type);
        case INTEGER -> Types.isInteger(type);
        case TEXT -> type == Primitive.TEXT;
        case BOOLEAN -> type == Primitive.BOOLEAN;
        case TEMPORAL -> Types.isTemporal(type);
        case ORDERED -> Types.isOrdered(type);
        case ANY -> true;
      };
    }
  }

  /** What may be written as a text beside it: {@code ordered_on >= '2024-05-01'}. */
  Set<LogicalType> FROM_TEXT =
      Set.of(
          Primitive.DATE,
          Primitive.TIMESTAMP,
          Primitive.TIMESTAMP_TZ,
          Primitive.TIME,
          Primitive.UUID);

  private static boolean fits(Operands operands, List<Kind> kinds) {
    for (int i = 0; i < operands.count(); i++) {
      if (!kinds.get(Math.min(i, kinds.size() - 1)).accepts(operands.type(i))
          || operands.isInterval(i)) {
        return false;
      }
    }
    return true;
  }

  /** Always the same type, NULL if an operand is. */
  static Rule of(LogicalType result, Kind... kinds) {
    List<Kind> allowed = List.of(kinds);
    return operands ->
        fits(operands, allowed) ? operands.types().of(result, operands.anyNullable()) : null;
  }

  /** Always the same type, and NULL is possible whatever the operands. */
  static Rule nullable(LogicalType result, Kind... kinds) {
    List<Kind> allowed = List.of(kinds);
    return operands -> fits(operands, allowed) ? operands.types().of(result, true) : null;
  }

  /** The type of the first operand. */
  static Rule first(Kind... kinds) {
    List<Kind> allowed = List.of(kinds);
    return operands -> {
      LogicalType type = operands.type(0);
      return fits(operands, allowed) && type != null
          ? operands.types().of(type, operands.anyNullable())
          : null;
    };
  }

  /** The type that holds all operands; NULL only if all are. */
  static Rule widest(Kind kind) {
    return operands -> {
      if (!fits(operands, List.of(kind))) {
        return null;
      }
      LogicalType common = common(operands);
      return common == null ? null : operands.types().of(common, operands.allNullable());
    };
  }

  static @Nullable LogicalType common(Operands operands) {
    LogicalType result = null;
    for (int i = 0; i < operands.count(); i++) {
      LogicalType type = operands.type(i);
      if (type == null) {
        continue;
      }
      if (result == null) {
        result = type;
        continue;
      }
      LogicalType both = Types.common(result, type);
      if (both == null && operands.isText(i) && FROM_TEXT.contains(result)) {
        both = result;
      }
      if (both == null
          && result == Primitive.TEXT
          && FROM_TEXT.contains(type)
          && texts(operands, i)) {
        both = type;
      }
      if (both == null) {
        return null;
      }
      result = both;
    }
    return result == null ? Primitive.TEXT : result;
  }

  private static boolean texts(Operands operands, int end) {
    for (int i = 0; i < end; i++) {
      if (operands.type(i) != null && !(operands.node(i) instanceof SqlCharStringLiteral)) {
        return false;
      }
    }
    return true;
  }

  /** {@code =}, {@code <} and so on. */
  static Rule comparison(boolean ordered, boolean nullSafe) {
    return operands -> {
      if (operands.raw(0).isStruct() && operands.raw(1).isStruct()) {
        return operands.types().of(Primitive.BOOLEAN, !nullSafe);
      }
      LogicalType common = common(operands);
      if (common == null
          || operands.isInterval(0)
          || operands.isInterval(1)
          || (ordered && !Types.isOrdered(common))) {
        return null;
      }
      return operands.types().of(Primitive.BOOLEAN, !nullSafe && operands.anyNullable());
    };
  }

  /** {@code +} and {@code -}, of numbers, and of times and intervals. */
  static @Nullable RelDataType sum(Operands operands) {
    LogicalType left = operands.type(0);
    LogicalType right = operands.type(1);
    boolean minus = operands.call().getOperator().getName().equals("-");
    if (operands.isInterval(1) && left != null && Types.isTemporal(left)) {
      return operands.types().of(left, operands.anyNullable());
    }
    if (operands.isInterval(0) && !minus && right != null && Types.isTemporal(right)) {
      return operands.types().of(right, operands.anyNullable());
    }
    LogicalType result = arithmetic(left, right);
    if (result instanceof Decimal) {
      Decimal a = Types.decimal(left == null ? result : left);
      Decimal b = Types.decimal(right == null ? result : right);
      int scale = Math.max(a.scale(), b.scale());
      int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale()) + 1;
      result = capped(whole + scale, scale);
    }
    return result == null ? null : operands.types().of(result, operands.anyNullable());
  }

  static @Nullable RelDataType product(Operands operands) {
    LogicalType left = operands.type(0);
    LogicalType right = operands.type(1);
    if (operands.isInterval(1) && left != null && Types.isInteger(left)) {
      return operands.raw(1);
    }
    if (operands.isInterval(0) && right != null && Types.isInteger(right)) {
      return operands.raw(0);
    }
    LogicalType result = arithmetic(left, right);
    if (result instanceof Decimal) {
      Decimal a = Types.decimal(left == null ? result : left);
      Decimal b = Types.decimal(right == null ? result : right);
      result = capped(a.precision() + b.precision(), a.scale() + b.scale());
    }
    return result == null ? null : operands.types().of(result, operands.anyNullable());
  }

  private static @Nullable LogicalType arithmetic(
      @Nullable LogicalType left, @Nullable LogicalType right) {
    if (left == null || right == null) {
      LogicalType known = left == null ? right : left;
      return known == null ? Primitive.INT32 : Types.isNumber(known) ? known : null;
    }
    return Types.isNumber(left) && Types.isNumber(right) ? Types.common(left, right) : null;
  }

  private static Decimal capped(int precision, int scale) {
    int digits = Math.min(Decimal.MAX_PRECISION, precision);
    return new Decimal(digits, Math.min(scale, digits));
  }

  static @Nullable RelDataType division(Operands operands) {
    if (operands.isInterval(0) || operands.isInterval(1)) {
      return null;
    }
    LogicalType result = arithmetic(operands.type(0), operands.type(1));
    return result == null
        ? null
        : operands.types().of(Types.isInteger(result) ? result : Primitive.FLOAT64, true);
  }

  static @Nullable RelDataType remainder(Operands operands) {
    LogicalType result = arithmetic(operands.type(0), operands.type(1));
    return result == null ? null : operands.types().of(result, true);
  }

  static @Nullable RelDataType total(Operands operands) {
    LogicalType type = operands.type(0);
    if (type == null || !Types.isNumber(type)) {
      return null;
    }
    LogicalType result =
        Types.isInteger(type)
            ? Primitive.INT64
            : type instanceof Decimal(int _, int scale)
                ? new Decimal(Decimal.MAX_PRECISION, scale)
                : Primitive.FLOAT64;
    return operands.types().of(result, operands.anyNullable() || operands.mayBeEmpty());
  }

  /** MIN and MAX. */
  static @Nullable RelDataType extreme(Operands operands) {
    LogicalType type = operands.type(0);
    return type == null || !Types.isOrdered(type)
        ? null
        : operands.types().of(type, operands.anyNullable() || operands.mayBeEmpty());
  }

  /** LAG, LEAD, FIRST_VALUE, LAST_VALUE. */
  static @Nullable RelDataType neighbour(Operands operands) {
    LogicalType type = operands.type(0);
    if (type == null) {
      return null;
    }
    if (operands.count() > 1 && !Kind.INTEGER.accepts(operands.type(1))) {
      return null;
    }
    LogicalType otherwise = operands.count() > 2 ? operands.type(2) : null;
    LogicalType result = otherwise == null ? type : Types.common(type, otherwise);
    boolean never =
        operands.count() > 2 && !operands.raw(0).isNullable() && !operands.raw(2).isNullable();
    return result == null ? null : operands.types().of(result, !never);
  }
}
