package dev.leat.flow.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
final class Shown {
  private static final MathContext SHARE = new MathContext(3);
  private static final MathContext NUMBER = new MathContext(6);

  private Shown() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String rows(long count) {
    return count(count) + (count == 1 ? " row" : " rows");
  }

  /** A share of 1 in percent. */
  static String share(double share) {
    return number(new BigDecimal(share).movePointRight(2), SHARE) + " %";
  }

  static String number(double number) {
    return Double.isFinite(number)
        ? number(new BigDecimal(number), NUMBER)
        : Double.isNaN(number) ? "not a number" : "infinite";
  }

  static String number(BigDecimal number) {
    return number(number, new MathContext(15));
  }

  private static String number(BigDecimal number, MathContext digits) {
    BigDecimal rounded = number.round(digits).stripTrailingZeros();
    return rounded.scale() < -12 || rounded.scale() > 12
        ? rounded.toString()
        : rounded.toPlainString();
  }

  /** In its two largest units. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds >= 86_400) {
      return two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }
    if (seconds >= 3_600) {
      return two(seconds / 3_600, "h", seconds % 3_600 / 60, "m");
    }
    return seconds >= 60 ? two(seconds / 60, "m", seconds % 60, "s") : seconds + "s";
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + " " + small + smallUnit;
  }
}
