package dev.leat.flow.migration;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import java.util.EnumSet;
import java.util.Set;

/** What becomes of values when the type of their column changes. */
public enum TypeChange {
  SAME,
  /** Every value has one of the new type that means the same. */
  WIDENING,
  /** Values may be rounded or cut, or have none of the new type. */
  NARROWING,
  /** No value has one of the new type. */
  UNRELATED;

  private static final Set<Primitive> INTEGERS =
      EnumSet.of(Primitive.INT16, Primitive.INT32, Primitive.INT64);
  private static final Set<Primitive> FLOATS = EnumSet.of(Primitive.FLOAT32, Primitive.FLOAT64);
  private static final Set<Primitive> DAYS =
      EnumSet.of(Primitive.DATE, Primitive.TIMESTAMP, Primitive.TIMESTAMP_TZ);

  /**
   * Integers widen to longer ones, to decimals and floats that hold all of their digits; decimals
   * to those with no fewer digits on either side of the point; FLOAT32 to FLOAT64; DATE to
   * TIMESTAMP; JSON to TEXT; lists as their elements. Other changes among numbers, among days and
   * times, and from and to TEXT narrow.
   */
  public static TypeChange of(LogicalType before, LogicalType after) {
    if (before.equals(after)) {
      return SAME;
    }
    if (before instanceof ListOf(LogicalType from) && after instanceof ListOf(LogicalType to)) {
      return of(from, to);
    }
    if (before instanceof ListOf || after instanceof ListOf) {
      return UNRELATED;
    }
    if (isNumber(before) && isNumber(after)) {
      return numbers(before, after);
    }
    if ((before == Primitive.JSON && after == Primitive.TEXT)
        || (before == Primitive.DATE && after == Primitive.TIMESTAMP)) {
      return WIDENING;
    }
    boolean days = isOneOf(DAYS, before) && isOneOf(DAYS, after);
    boolean text = before == Primitive.TEXT || after == Primitive.TEXT;
    boolean bytes = before == Primitive.BINARY || after == Primitive.BINARY;
    return days || (text && !bytes) ? NARROWING : UNRELATED;
  }

  /** Whether a reader of {@code after} can read values of {@code before} as they are. */
  boolean keepsValues() {
    return this == SAME || this == WIDENING;
  }

  private static TypeChange numbers(LogicalType before, LogicalType after) {
    boolean keeps =
        switch (after) {
          case Decimal(int precision, int scale) ->
              !isOneOf(FLOATS, before)
                  && scale >= scale(before)
                  && precision - scale >= digits(before);
          case Primitive primitive when FLOATS.contains(primitive) ->
              before == Primitive.INT16
                  || before == Primitive.FLOAT32
                  || (before == Primitive.INT32 && primitive == Primitive.FLOAT64);
          default ->
              isOneOf(INTEGERS, before)
                  ? digits(before) < digits(after)
                  : before instanceof Decimal(int precision, int scale)
                      && scale == 0
                      && precision < digits(after);
        };
    return keeps ? WIDENING : NARROWING;
  }

  /** The most digits before the point. */
  private static int digits(LogicalType type) {
    return switch (type) {
      case Decimal(int precision, int scale) -> precision - scale;
      case Primitive primitive ->
          switch (primitive) {
            case INT16 -> 5;
            case INT32 -> 10;
            default -> 19;
          };
      case ListOf _ -> 0;
    };
  }

  private static int scale(LogicalType type) {
    return type instanceof Decimal(int _, int scale) ? scale : 0;
  }

  private static boolean isNumber(LogicalType type) {
    return type instanceof Decimal || isOneOf(INTEGERS, type) || isOneOf(FLOATS, type);
  }

  private static boolean isOneOf(Set<Primitive> types, LogicalType type) {
    return type instanceof Primitive primitive && types.contains(primitive);
  }
}
