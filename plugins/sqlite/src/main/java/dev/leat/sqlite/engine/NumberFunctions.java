package dev.leat.sqlite.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Exact numbers over SQLite's integers and doubles. A decimal is the number that its double prints
 * as, which gives it back exactly while it has at most 15 significant digits; more are refused.
 */
final class NumberFunctions {
  static final int DIGITS = 15;

  /** Far more than a double has. */
  private static final int MOST_DIGITS = 2000;

  private static final Pattern WHOLE = Pattern.compile("\\s*[+-]?\\d+\\s*");

  private NumberFunctions() {}

  /** The number that a text, an integer or a double is. */
  static BigDecimal exact(Object value) {
    return switch (value) {
      case Long number -> BigDecimal.valueOf(number);
      case Double number -> {
        if (!Double.isFinite(number)) {
          throw new ValueException("an infinite number does not fit");
        }
        yield new BigDecimal(number.toString());
      }
      case String text -> parse(text);
      default -> throw new ValueException("bytes are not a number");
    };
  }

  private static BigDecimal parse(String text) {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
        throw new ValueException("a text is a number with too many digits");
      }
      return number;
    } catch (NumberFormatException _) {
      throw new ValueException("a text is not a number");
    }
  }

  /** A double from a text; not NaN, which SQLite does not know. */
  static double real(Object value) {
    if (!(value instanceof String text)) {
      return ((Number) value).doubleValue();
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> finite(parse(text).doubleValue());
    };
  }

  /** A double with the precision of 32 bits. */
  static double single(Object value) {
    double wide = real(value);
    double narrow = (float) wide;
    return Double.isInfinite(wide) ? wide : finite(narrow);
  }

  private static double finite(double number) {
    if (Double.isInfinite(number)) {
      throw new ValueException("a number is too large");
    }
    return number;
  }

  /** Rounded to the scale, halves away from zero. */
  static Object decimal(Object value, long precision, long scale) {
    return stored(exact(value).setScale((int) scale, RoundingMode.HALF_UP), precision);
  }

  static Object stored(BigDecimal value, long precision) {
    if (value.precision() > precision) {
      throw new ValueException(
          "a number does not fit into DECIMAL(" + precision + "," + value.scale() + ")");
    }
    if (value.stripTrailingZeros().precision() > DIGITS) {
      throw new ValueException(
          "a decimal has more than " + DIGITS + " digits, which SQLite cannot keep exactly");
    }
    return value.scale() == 0 && value.precision() <= DIGITS
        ? (Object) value.longValueExact()
        : (Object) value.doubleValue();
  }

  static String decimalText(Object value, long scale) {
    return exact(value).setScale((int) scale, RoundingMode.HALF_UP).toPlainString();
  }

  /** Integers and decimals keep what they are. */
  static Object round(Object value, long digits) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return value;
    }
    int scale = Math.clamp(digits, -400, 400);
    BigDecimal exact = exact(value);
    BigDecimal rounded =
        exact.scale() <= scale ? exact : exact.setScale(scale, RoundingMode.HALF_UP);
    return value instanceof Long ? (Object) whole(rounded, 64) : (Object) rounded.doubleValue();
  }

  /**
   * Remainder with the sign of the dividend.
   *
   * @return null if the divisor is 0
   */
  static @Nullable Object remainder(Object dividend, Object divisor) {
    BigDecimal by = exact(divisor);
    return by.signum() == 0 ? null : exact(dividend).remainder(by).doubleValue();
  }

  /** What arithmetic of integers gives: SQLite goes on with a double where it overflows. */
  static Object whole(Object value, long bits) {
    if (value instanceof Long number) {
      return inRange(number, bits);
    }
    throw new ValueException("a whole number does not fit into " + bits + " bits");
  }

  /**
   * A number as an integer; of texts only those that are written as one.
   *
   * @param halfEven how halves are rounded: doubles to even, decimals away from zero
   */
  static Object integer(Object value, long bits, boolean halfEven) {
    if (value instanceof Long number) {
      return inRange(number, bits);
    }
    if (value instanceof String text && !WHOLE.matcher(text).matches()) {
      throw new ValueException("a text is not a whole number");
    }
    RoundingMode rounding = halfEven ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP;
    return whole(exact(value).setScale(0, rounding), bits);
  }

  private static long whole(BigDecimal value, long bits) {
    try {
      return inRange(value.longValueExact(), bits);
    } catch (ArithmeticException _) {
      throw new ValueException("a whole number does not fit into " + bits + " bits");
    }
  }

  private static long inRange(long number, long bits) {
    if (number >> (bits - 1) != number >> 63) {
      throw new ValueException("a whole number does not fit into " + bits + " bits");
    }
    return number;
  }

  /** By value and by UTF-8 bytes, as SQLite's own comparison. */
  static int compare(Object a, Object b) {
    if (a instanceof Long one && b instanceof Long other) {
      return Long.compare(one, other);
    }
    if (a instanceof Number one && b instanceof Number other) {
      double left = one.doubleValue();
      double right = other.doubleValue();
      return left == right && Double.isFinite(left)
          ? exact(a).compareTo(exact(b))
          : Double.compare(left, right);
    }
    return Arrays.compareUnsigned(bytes(a), bytes(b));
  }

  private static byte[] bytes(Object value) {
    return value instanceof byte[] bytes
        ? bytes
        : value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
